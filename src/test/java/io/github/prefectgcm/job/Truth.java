package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.Distribution;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.monitoring.StoredSeries;
import io.github.prefectgcm.workspace.Company;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Compares what a store holds with what really happened. */
final class Truth {
  private static final Duration GAP = Duration.ofMillis(1);

  private final List<Company.Fact> facts;
  private final Duration period;

  Truth(List<Company.Fact> facts, Duration period) {
    this.facts = facts;
    this.period = period;
  }

  /**
   * What a cumulative series gained over a stretch of time, {@code from} exclusive.
   *
   * @param restart whether the stretch has a new start, though the series had points before
   */
  private record Gain(Instant from, Instant to, double amount, double promql, boolean restart) {}

  /**
   * Every series of a counter gained in every window what the facts say.
   *
   * @param amount what a fact adds, and how a point shows it
   * @param from start of the first window that was handled whole
   * @param to the watermark
   * @param staleReads whether a series may have been given a new start for a stale read, which
   *     PromQL's reset detection cannot see
   */
  void holds(
      Map<StoredSeries, List<StoredPoint>> stored,
      Amount amount,
      Instant from,
      Instant to,
      boolean staleReads) {
    Set<Company.Fact> covered = new HashSet<>();
    stored.forEach((series, points) -> {
      List<Company.Fact> own = facts.stream().filter(belongsTo(series)).toList();
      // Overlapping first executions know nothing of each other, like stale reads: the one that
      // looks back further may write a series that the other, which sets the watermark, never saw.
      boolean mayRestart = staleReads || points.getFirst().start().isBefore(from);
      for (Gain gain : gains(points, amount)) {
        String where = series.metricType() + series.labels() + " " + gain;
        assertTrue(isInOneWindow(gain), () -> "spans windows: " + where);
        List<Company.Fact> in =
            own.stream()
                .filter(fact ->
                    amount.time(fact).isAfter(gain.from()) && !amount.time(fact).isAfter(gain.to()))
                .toList();
        double expected = in.stream().mapToDouble(amount::of).sum();
        assertEquals(expected, gain.amount(), 1e-6, where);
        if (!(mayRestart && gain.restart())) {
          assertEquals(expected, gain.promql(), 1e-6, () -> "as PromQL sees it: " + where);
        }
        covered.addAll(in);
      }
    });
    List<Company.Fact> missing =
        facts.stream()
            .filter(fact -> amount.of(fact) != 0)
            .filter(fact -> amount.time(fact).isAfter(from) && !amount.time(fact).isAfter(to))
            .filter(fact -> !covered.contains(fact))
            .toList();
    assertEquals(List.of(), missing, "never counted");
  }

  /**
   * The same where the labels of a run may change after it ended: in every window, all series
   * between which a run can move gained together what the facts say.
   */
  void holdsTogether(
      Map<StoredSeries, List<StoredPoint>> stored, Amount amount, Instant from, Instant to) {
    var gained = new TreeMap<String, Double>();
    stored.forEach((series, points) -> {
      for (Gain gain : gains(points, amount)) {
        assertTrue(isInOneWindow(gain), () -> "spans windows: " + series + " " + gain);
        String flow = series.labels().getOrDefault("flow_name", "");
        if (gain.to().isAfter(from) && !gain.to().isAfter(to)) {
          gained.merge(flow + " in the window up to " + gain.to(), gain.amount(), Double::sum);
        }
      }
    });
    boolean byFlow =
        stored.keySet().stream()
            .anyMatch(key -> !key.labels().getOrDefault("flow_name", "").isEmpty());
    var happened = new TreeMap<String, Double>();
    for (Company.Fact fact : facts) {
      if (amount.time(fact).isAfter(from) && !amount.time(fact).isAfter(to)) {
        Instant end = from;
        while (end.isBefore(amount.time(fact))) {
          end = end.plus(period);
        }
        happened.merge(
            (byFlow ? fact.flow() : "") + " in the window up to " + end,
            amount.of(fact),
            Double::sum);
      }
    }
    gained.values().removeIf(value -> Math.abs(value) < 1e-6);
    happened.values().removeIf(value -> value == 0);
    assertEquals(happened.keySet(), gained.keySet());
    happened.forEach(
        (where, value) -> assertEquals(value, gained.getOrDefault(where, 0.0), 1e-6, where));
  }

  /** How facts and points add up. */
  record Amount(
      ToDoubleFunction<Company.Fact> fact,
      ToDoubleFunction<StoredPoint> point,
      Function<Company.Fact, Instant> time) {
    /** By the time at which runs end. */
    Amount(ToDoubleFunction<Company.Fact> fact, ToDoubleFunction<StoredPoint> point) {
      this(fact, point, Company.Fact::end);
    }

    Instant time(Company.Fact fact) {
      return time.apply(fact);
    }

    double of(Company.Fact one) {
      return fact.applyAsDouble(one);
    }

    double of(StoredPoint one) {
      return point.applyAsDouble(one);
    }
  }

  static final Amount FINISHED = new Amount(fact -> 1, StoredPoint::real);
  static final Amount RUN_TIME = new Amount(Company.Fact::seconds, StoredPoint::real);
  static final Amount NEVER_STARTED = new Amount(fact -> fact.started() ? 0 : 1, StoredPoint::real);
  static final Amount STARTED =
      new Amount(fact -> fact.started() ? 1 : 0, StoredPoint::real, Company.Fact::start);
  static final Amount START_LATENCIES =
      new Amount(
          fact -> fact.started() ? 1 : 0,
          point -> point.distribution().getCount(),
          Company.Fact::start);
  static final Amount EXECUTIONS =
      new Amount(fact -> fact.started() ? 1 : 0, point -> point.distribution().getCount());
  static final Amount EXECUTION_SECONDS =
      new Amount(
          Company.Fact::seconds,
          point -> {
            Distribution distribution = point.distribution();
            return distribution.getMean() * distribution.getCount();
          });

  private List<Gain> gains(List<StoredPoint> points, Amount amount) {
    var gains = new ArrayList<Gain>();
    for (int i = 0; i < points.size(); i++) {
      StoredPoint point = points.get(i);
      double value = amount.of(point);
      double before = i == 0 ? 0 : amount.of(points.get(i - 1));
      double promql = value < before - 1e-9 ? value : value - before;
      boolean continues = i > 0 && points.get(i - 1).start().equals(point.start());
      gains.add(
          continues
              ? new Gain(points.get(i - 1).end(), point.end(), value - before, promql, false)
              : new Gain(point.start().minus(GAP), point.end(), value, promql, i > 0));
    }
    return gains;
  }

  private boolean isInOneWindow(Gain gain) {
    return !gain.from().plus(period).isBefore(gain.to());
  }

  private static Predicate<Company.Fact> belongsTo(StoredSeries series) {
    return fact ->
        matches(series, "flow_name", fact.flow())
            && matches(series, "deployment_name", fact.deployment())
            && matches(series, "work_pool_name", fact.pool())
            && matches(series, "state", fact.state())
            // Nobody scheduled them.
            && matches(series, "trigger", "manual");
  }

  private static boolean matches(StoredSeries series, String key, String value) {
    return !series.labels().containsKey(key)
        || isLeftEmpty(series, key)
        || series.label(key).equals(value);
  }

  /** Distributions do not tell flows and deployments apart. */
  private static boolean isLeftEmpty(StoredSeries series, String key) {
    return Set.of("flow_name", "deployment_name").contains(key)
        && (series.metricType().endsWith("_times") || series.metricType().endsWith("_latencies"));
  }

  /** Every point of the folded gauges says what the facts up to its end say. */
  void holdsForGauges(
      Map<StoredSeries, List<StoredPoint>> failures, Map<StoredSeries, List<StoredPoint>> ages) {
    failures.forEach((series, points) ->
        points.forEach(point -> {
          Instant last = lastSuccess(series, point.end());
          long streak =
              facts.stream()
                  .filter(belongsTo(series))
                  .filter(fact -> Set.of("failed", "crashed").contains(fact.state()))
                  .filter(fact -> !fact.end().isBefore(last))
                  .filter(fact -> !fact.end().isAfter(point.end()))
                  .count();
          assertEquals(streak, point.whole(), series.labels() + " at " + point.end());
        }));
    ages.forEach((series, points) ->
        points.forEach(point -> {
          Instant last = lastSuccess(series, point.end());
          double age = Duration.between(last, point.end()).toNanos() / 1e9;
          assertEquals(age, point.real(), 1e-6, series.labels() + " at " + point.end());
        }));
  }

  /** Of a deployment with a streak the last success is told too, if there ever was one. */
  void knowsLastSuccesses(
      Map<StoredSeries, List<StoredPoint>> failures,
      Map<StoredSeries, List<StoredPoint>> ages,
      Instant to) {
    failures.forEach((series, points) -> {
      if (points.getLast().end().equals(to) && !lastSuccess(series, to).equals(Instant.MIN)) {
        assertTrue(
            ages.entrySet().stream()
                .filter(age -> age.getKey().labels().equals(series.labels()))
                .anyMatch(age -> age.getValue().getLast().end().equals(to)),
            () -> "no last success of " + series.labels() + " at " + to);
      }
    });
  }

  private Instant lastSuccess(StoredSeries series, Instant until) {
    return facts.stream()
        .filter(belongsTo(series))
        .filter(fact -> fact.state().equals("completed"))
        .map(Company.Fact::end)
        .filter(end -> !end.isAfter(until))
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }
}
