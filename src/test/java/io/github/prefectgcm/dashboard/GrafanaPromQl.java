package io.github.prefectgcm.dashboard;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a ratio in PromQL, with Grafana's variables in it. */
final class GrafanaPromQl {
  private GrafanaPromQl() {}

  static String of(Ratio ratio, List<Filter> filters) {
    return part(ratio.numerator(), filters) + " / " + part(ratio.denominator(), filters);
  }

  private static String part(Standard query, List<Filter> filters) {
    String by = query.by().isEmpty() ? "" : " by (" + String.join(", ", query.by()) + ") ";
    String range = query.overall() ? "$__range" : query.period().toSeconds() + "s";
    return "sum%s(increase(%s{%s}[%s]))"
        .formatted(by, query.metric().promqlName(), matchers(query, filters), range);
  }

  private static String matchers(Standard query, List<Filter> filters) {
    String matchers = "monitored_resource=\"%s\"".formatted(query.resourceType());
    matchers +=
        query.where().entrySet().stream()
            .map(label ->
                ",%s%s\"%s\""
                    .formatted(
                        label.getKey(),
                        label.getValue().size() == 1 ? "=" : "=~",
                        String.join("|", label.getValue())))
            .collect(Collectors.joining());
    return matchers
        + filters.stream()
            .filter(filter -> query.has(filter.label()))
            .map(filter -> ",%s=~\"${%s:pipe}\"".formatted(filter.label(), filter.variable()))
            .collect(Collectors.joining());
  }
}
