package io.github.prefectgcm.cloudmonitoring;

import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A small world: noon, one target, a metric of each kind. */
final class Fixtures {
  static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  static final Supplier<Duration> MINUTE = () -> Duration.ofMinutes(1);

  static final Target TARGET =
      new Target(
          Optional.of("acme"),
          Endpoint.PUBLIC,
          "custom.googleapis.com/prefect",
          "global",
          "prod",
          "prefect-gcm",
          CredentialsSource.DEFAULT);

  static final Metric RUNS =
      metric("flow_run/finished_count", Kind.CUMULATIVE, ValueType.INT64, "flow_name", "state");
  static final Metric TIME =
      metric("flow_run/run_time", Kind.CUMULATIVE, ValueType.DISTRIBUTION, "flow_name");
  static final Metric LEVEL = metric("server/healthy", Kind.GAUGE, ValueType.INT64);
  static final Metric RATIO = metric("flow_run/ratio", Kind.GAUGE, ValueType.DOUBLE, "flow_name");

  private Fixtures() {}

  static Metric metric(String name, Kind kind, ValueType type, String... labels) {
    return new Metric(
        name,
        kind,
        type,
        "1",
        name,
        "Some.",
        List.of(labels).stream().map(key -> new Label(key, "Some.")).toList());
  }

  /** The counter of one flow. */
  static Series runs(String flow) {
    return new Series(RUNS, List.of(flow, "failed"));
  }

  /** A total counted from an hour before noon to some minutes after. */
  static Sample sample(String flow, int minutes, long total) {
    return new Sample(runs(flow), point(minutes, total));
  }

  static Point point(int minutes, long total) {
    return new Point(
        NOON.minusSeconds(3600), NOON.plus(Duration.ofMinutes(minutes)), new Int64Value(total));
  }

  /** The totals of many flows, {@code flow-0} and so on. */
  static List<Sample> samples(int count, int minutes, long total) {
    return IntStream.range(0, count).mapToObj(i -> sample("flow-" + i, minutes, total)).toList();
  }
}
