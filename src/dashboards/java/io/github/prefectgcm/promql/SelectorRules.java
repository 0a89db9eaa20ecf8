package io.github.prefectgcm.promql;

import io.github.prefectgcm.promql.Expression.Matcher;
import io.github.prefectgcm.promql.Expression.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What must hold where a query names a metric.
 *
 * @param function that is applied to it, or the empty string
 */
record SelectorRules(Selector selector, String function) {
  /** Two points of a job that runs every five minutes; a shorter range can hold none. */
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  Set<String> metricLabels() {
    return PromqlMetric.named(selector.name()).map(PromqlMetric::labels).orElse(Set.of());
  }

  List<String> problems() {
    Optional<PromqlMetric> metric = PromqlMetric.named(selector.name());
    if (metric.isEmpty()) {
      return List.of("there is no metric " + selector.name());
    }
    var problems = new ArrayList<String>();
    selector.matchers().forEach(matcher -> match(matcher, metric.get(), problems));
    resource(metric.get(), problems);
    range(metric.get(), problems);
    kind(metric.get(), problems);
    return problems.stream().map(problem -> selector.name() + " " + problem).toList();
  }

  private static void match(Matcher matcher, PromqlMetric metric, List<String> problems) {
    String label = matcher.label();
    if (label.equals("monitored_resource")) {
      return;
    }
    if (!metric.labels().contains(label)) {
      problems.add("has no label " + label);
      return;
    }
    Set<String> values = metric.known().values(label);
    try {
      for (Pattern meant : alternatives(matcher)) {
        if (!values.isEmpty()
            && values.stream().noneMatch(value -> meant.matcher(value).matches())) {
          problems.add("is never written with " + label + " " + matcher.value());
        }
      }
    } catch (PatternSyntaxException e) {
      problems.add("is asked for " + matcher.value() + ", which is no regular expression");
    }
  }

  /** Of {@code failed|crashed} each is to exist, not only one of them. */
  private static List<Pattern> alternatives(Matcher matcher) {
    if (!matcher.operator().endsWith("~")) {
      return List.of(Pattern.compile(Pattern.quote(matcher.value())));
    }
    return matcher.value().matches("[\\w|]+")
        ? Stream.of(matcher.value().split("\\|", -1)).map(Pattern::compile).toList()
        : List.of(Pattern.compile(matcher.value()));
  }

  private void resource(PromqlMetric metric, List<String> problems) {
    String resource = metric.known().resourceType();
    if (!selector.matchers().contains(new Matcher("monitored_resource", "=", resource))) {
      problems.add("needs monitored_resource=\"" + resource + '"');
    }
  }

  private void range(PromqlMetric metric, List<String> problems) {
    selector
        .range()
        .filter(range -> metric.known().isOurs() && range.compareTo(SHORTEST) < 0)
        .ifPresent(range -> problems.add("has a point every five minutes, too few for " + range));
  }

  private void kind(PromqlMetric metric, List<String> problems) {
    boolean presence = Function.OF_PRESENCE.contains(function);
    switch (metric.form()) {
      case WHOLE_DISTRIBUTION -> problems.add("is a distribution: use its _bucket, _count or _sum");
      case COUNTER, BUCKETS -> {
        if (!presence && !Function.OF_COUNTERS.contains(function)) {
          problems.add("only ever grows: use increase or rate, not " + name());
        }
      }
      case GAUGE -> {
        if (Function.NOT_OF_GAUGES.contains(function)) {
          problems.add("is a gauge, it may fall: " + function + " is for counters");
        } else if (metric.known().isOurs() && selector.range().isEmpty()) {
          problems.add(
              "would be looked for in the last five minutes only, and have gaps: use"
                  + " last_over_time or the like");
        }
      }
    }
  }

  private String name() {
    return function.isEmpty() ? "its value" : function;
  }
}
