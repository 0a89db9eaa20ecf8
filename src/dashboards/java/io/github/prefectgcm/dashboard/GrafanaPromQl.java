package io.github.prefectgcm.dashboard;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a ratio in PromQL, with Grafana's variables in it. */
final class GrafanaPromQl {
  private GrafanaPromQl() {}

  static String of(Ratio ratio, List<Filter> filters) {
    return part(ratio.numerator(), filters) + " / " + part(ratio.denominator(), filters);
  }

  /** The highest series of each instant, as the data source's form cannot pick any. */
  static String highest(Standard query, int series, List<Filter> filters) {
    if (!query.aligner().equals("ALIGN_MAX") || !query.reducer().equals("REDUCE_MAX")) {
      throw new IllegalArgumentException(query + " is not what is highest");
    }
    return "topk(%d, max by (%s) (max_over_time(%s{%s}[%ds])))"
        .formatted(
            series,
            String.join(", ", query.by()),
            query.metric().promqlName(),
            matchers(query, filters),
            query.period().toSeconds());
  }

  private static String part(Standard query, List<Filter> filters) {
    String by = query.by().isEmpty() ? "" : " by (" + String.join(", ", query.by()) + ") ";
    return "sum%s(increase(%s{%s}[%ds]))"
        .formatted(
            by, query.metric().promqlName(), matchers(query, filters), query.period().toSeconds());
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
