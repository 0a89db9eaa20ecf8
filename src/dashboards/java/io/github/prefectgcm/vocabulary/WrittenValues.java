package io.github.prefectgcm.vocabulary;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.CurrentRunCounts;
import io.github.prefectgcm.catalog.Exporter;
import io.github.prefectgcm.catalog.Fold;
import io.github.prefectgcm.catalog.LabelSelection;
import io.github.prefectgcm.catalog.MetricSelection;
import io.github.prefectgcm.catalog.RunStream;
import io.github.prefectgcm.catalog.Snapshot;
import io.github.prefectgcm.catalog.WindowTotals;
import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Occurrence;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.ledger.Increment;
import io.github.prefectgcm.ledger.Ledger;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The values that labels are written with, found by asking the catalogue what it writes of a
 * workspace in which all that people can name is named {@code any}. A label that is written so can
 * have any value, the others only those that they were written with.
 */
final class WrittenValues {
  private static final String ANY = "any";

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Slots SLOTS = new Slots(1, Optional.of(1L));
  private static final WorkPool POOL =
      new WorkPool(ANY, ANY, Optional.of(true), false, Optional.of(SLOTS));
  private static final WorkQueue QUEUE =
      new WorkQueue(ANY, ANY, Optional.of(true), false, Optional.of(NOON), Optional.of(SLOTS));
  private static final Deployment DEPLOYMENT = new Deployment(ANY, new Origin(ANY, ANY, ANY, ANY));

  private static final LabelSelection EVERY_LABEL =
      new LabelSelection(Set.copyOf(LabelSelection.KEYS), Set.copyOf(LabelSelection.KEYS));

  private static final Catalog CATALOG =
      new Catalog(new MetricSelection(List.of("all")), EVERY_LABEL);

  private static final Map<Metric, List<Series>> WRITTEN =
      Stream.of(counters(), levels(), CATALOG.ownCounters().stream())
          .flatMap(Function.identity())
          .collect(groupingBy(Series::metric));

  private WrittenValues() {}

  /** All values that a label of a metric can have; none if it can have any. */
  static Set<String> of(Metric metric, Label label) {
    int index = metric.labels().indexOf(label);
    Set<String> values =
        WRITTEN.getOrDefault(metric, List.of()).stream()
            .map(series -> series.labels().get(index))
            .collect(toSet());
    return values.contains(ANY) ? Set.of() : values;
  }

  private static Stream<Series> counters() {
    var inventory = new Inventory(List.of(DEPLOYMENT), Set.of(ANY), List.of(POOL));
    return Stream.concat(
        zeros(CATALOG.finishedRuns(), inventory), zeros(CATALOG.startedRuns(), inventory));
  }

  private static <R extends Occurrence> Stream<Series> zeros(
      RunStream<R> stream, Inventory inventory) {
    var ledger = new Ledger(Map.of());
    return new Fold<>(stream, EVERY_LABEL, ledger, Optional.of(inventory), Integer.MAX_VALUE)
            .changes(new Window(NOON.minusSeconds(300), NOON), new WindowTotals<>(ledger, stream))
            .stream()
            .map(Increment::series);
  }

  private static Stream<Series> levels() {
    var job =
        new Exporter(
            ANY,
            Optional.of(ANY),
            true,
            Exporter.COLLECTORS.stream().collect(toMap(Function.identity(), name -> true)),
            RunStream.NAMES.stream().collect(toMap(Function.identity(), name -> NOON)));
    var seen =
        new Snapshot(
            NOON,
            Optional.of(true),
            Optional.of(true),
            Optional.of(new Inventory(List.of(DEPLOYMENT), Set.of(), List.of(POOL))),
            Optional.of(new CurrentRunCounts(NOON)),
            Optional.of(List.of(QUEUE)),
            Optional.of(
                List.of(new Worker(ANY, ANY, true, Optional.of(NOON), Duration.ofSeconds(30)))),
            Optional.of(
                Stream.of(ConcurrencyLimit.Kind.values())
                    .map(kind -> new ConcurrencyLimit(kind, ANY, SLOTS))
                    .toList()),
            Optional.of(1L),
            Optional.of(List.of(new StateCount(ANY, ANY, false, 1, 0))),
            Traffic.NONE,
            job);
    return CATALOG.levels(seen).stream().map(Sample::series);
  }
}
