package io.github.prefectgcm.promql;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function of PromQL.
 *
 * @param arguments a regular expression over the types of the arguments, a letter each
 */
record Function(String arguments, ExpressionType result) {
  /** Those that count what a counter gained, whatever restarts it had. */
  static final Set<String> OF_COUNTERS = Set.of("increase", "rate");

  /** Those that ask whether there are points, not what they say. */
  static final Set<String> OF_PRESENCE =
      Set.of("absent_over_time", "count_over_time", "present_over_time");

  /** Those that take falling values for a restart. */
  static final Set<String> NOT_OF_GAUGES = Set.of("increase", "irate", "rate", "resets");

  private static final Map<String, Function> ALL =
      Stream.of(
              all("r", "absent_over_time avg_over_time changes count_over_time delta deriv idelta"),
              all("r", "increase irate last_over_time max_over_time min_over_time rate resets"),
              all("r", "present_over_time stddev_over_time stdvar_over_time sum_over_time"),
              all("sr", "quantile_over_time"),
              all("rs", "predict_linear"),
              all("v", "abs absent ceil exp floor ln log10 log2 sgn sort sort_desc sqrt timestamp"),
              all("vs", "clamp_max clamp_min"),
              all("vss", "clamp"),
              all("vs?", "round"),
              all("sv", "histogram_quantile"),
              all("vtttt", "label_replace"),
              all("vttt+", "label_join"),
              Map.of(
                  "scalar", new Function("v", ExpressionType.SCALAR),
                  "vector", new Function("s", ExpressionType.INSTANT),
                  "time", new Function("", ExpressionType.SCALAR)))
          .flatMap(functions -> functions.entrySet().stream())
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  static Optional<Function> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  private static Map<String, Function> all(String arguments, String names) {
    return Stream.of(names.split(" "))
        .collect(
            Collectors.toMap(
                name -> name, name -> new Function(arguments, ExpressionType.INSTANT)));
  }
}
