package io.github.prefectgcm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Price;
import io.github.prefectgcm.cloudmonitoring.CredentialsSource;
import io.github.prefectgcm.cloudmonitoring.Endpoint;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Buckets;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.metric.Value;
import io.github.prefectgcm.metric.ValueType;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DryRunTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");
  private static final Instant FIVE = NOON.plusSeconds(300);
  private static final Instant TEN = NOON.plusSeconds(600);
  private static final Metric RUNS =
      new Metric(
          "runs",
          Kind.CUMULATIVE,
          ValueType.INT64,
          "1",
          "Name",
          "Text.",
          List.of(new Label("flow", "Flow."), new Label("state", "State.")));
  private static final Metric TIMES = metric("times", Kind.CUMULATIVE, ValueType.DISTRIBUTION, "s");
  private static final Metric AGE = metric("age", Kind.GAUGE, ValueType.DOUBLE, "s");
  private static final Metric UP = metric("up", Kind.GAUGE, ValueType.INT64, "1");
  private static final List<Label> FLOW_NAME = List.of(new Label("flow_name", "Flow."));
  private static final Target TARGET =
      new Target(
          Optional.of("acme"),
          Endpoint.PUBLIC,
          "custom.googleapis.com/prefect",
          "global",
          "here",
          "me",
          CredentialsSource.DEFAULT);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Outlet outlet = new Outlet(out, new StatusLine(out, OptionalInt::empty));

  private static Price price(Collection<Series> series) {
    return Price.of(Catalog.ALL, series, Duration.ofMinutes(5));
  }

  private final DryRun dryRun =
      new DryRun(new TablePreview(outlet.printer(), Integer.MAX_VALUE, DryRunTest::price), outlet);

  @Test
  void pointsAndTotalsAreShownAndWhatIsEqualIsSaidOnce() throws StoreException {
    writeAll(dryRun);

    assertEquals(
        """
        runs, 2026-03-29T12:00:00Z to 2026-03-29T12:10:00Z, state="failed"
          FLOW   VALUE
          größe  5
          ml     1
          … and 1 other series: 0
        times, 2026-03-29T12:00:00Z to 2026-03-29T12:10:00Z
          FLOW  VALUE
          ml    2, mean 2.125 s
          … and 1 other series: 0
        age, at 2026-03-29T12:10:00Z, flow="ml": 61 s
        up, at 2026-03-29T12:10:00Z: 0 in all 2 series

        METRIC  SERIES  POINTS  TOTAL            MIB   USD
        runs    3       6       6                0.20  0.05
        times   2       2       2, mean 2.125 s  1.32  0.34
        age     1       1                        0.07  0.02
        up      2       2                        0.13  0.03
        In a month of 30 days, with an execution every 5 min: 8 series, 1.71 MiB of points, and 0.00 million series read back: $0.00 after what is free for a billing account (150 MiB, 1 million series).

        """,
        out.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void whatIsTooWideGoesOnInTheNextLine() throws StoreException {
    var narrow = new DryRun(new TablePreview(outlet.printer(), 30, DryRunTest::price), outlet);
    narrow.write(
        List.of(
            counted(RUNS, "a flow of many words and more", TEN, new Int64Value(5)),
            counted(RUNS, "nightly-load-of-everything-there-is", TEN, new Int64Value(7))));

    narrow.close();

    assertEquals(
        """
        runs,
          2026-03-29T12:00:00Z to
          2026-03-29T12:10:00Z,
          state="failed"
          FLOW                   VALUE
          a flow of many words   5
          and more
          nightly-load-of-every  7
          thing-there-is

        METRIC  SERIES  POINTS  TOTAL  MIB   USD
        runs    2       2       12     0.13  0.03
        In a month of 30 days, with an
        execution every 5 min: 2
        series, 0.13 MiB of points,
        and 0.00 million series read
        back: $0.00 after what is free
        for a billing account (150
        MiB, 1 million series).

        """,
        out.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void seriesOfDifferentIntervalsSayTheirsThemselves() throws StoreException {
    dryRun.write(List.of(counted(RUNS, "ml", FIVE, new Int64Value(1))));
    dryRun.write(List.of(counted(RUNS, "web", TEN, new Int64Value(2))));

    dryRun.close();

    assertEquals(
        """
        runs, state="failed"
          FLOW  VALUE  INTERVAL
          ml    1      2026-03-29T12:00:00Z to 2026-03-29T12:05:00Z
          web   2      2026-03-29T12:00:00Z to 2026-03-29T12:10:00Z
        """,
        out.toString(UTF_8).replace(System.lineSeparator(), "\n").split("\n\n", 2)[0] + "\n");
  }

  private static void writeAll(DryRun dryRun) throws StoreException {
    var buckets = new Buckets(1, 2, 2);
    dryRun.write(
        List.of(
            counted(RUNS, "größe", FIVE, new Int64Value(2)),
            counted(RUNS, "ml", FIVE, new Int64Value(0)),
            counted(RUNS, "web", FIVE, new Int64Value(0))));
    dryRun.write(
        List.of(
            counted(RUNS, "größe", TEN, new Int64Value(5)),
            counted(RUNS, "ml", TEN, new Int64Value(1)),
            counted(RUNS, "web", TEN, new Int64Value(0))));
    dryRun.write(
        List.of(
            timed(
                "ml", DistributionValue.of(buckets, 1.5).plus(DistributionValue.of(buckets, 2.75))),
            timed("web", DistributionValue.empty(buckets)),
            new Sample(new Series(AGE, List.of("ml")), Point.at(TEN, new DoubleValue(61.0004))),
            new Sample(new Series(UP, List.of("a")), Point.at(TEN, new Int64Value(0))),
            new Sample(new Series(UP, List.of("b")), Point.at(TEN, new Int64Value(0)))));
    dryRun.close();
  }

  @Test
  void everyPointIsALineOfJson() throws StoreException {
    var json = new DryRun(new JsonPreview(outlet.printer(), TARGET), outlet);

    writeAll(json);

    List<JsonObject> lines =
        out.toString(UTF_8)
            .lines()
            .map(JsonParser::parseString)
            .map(JsonElement::getAsJsonObject)
            .toList();
    assertEquals(11, lines.size());
    assertEquals(
        JsonParser.parseString(
            """
            {"metric": "custom.googleapis.com/prefect/runs", "kind": "CUMULATIVE",
             "value_type": "INT64", "unit": "1", "labels": {"flow": "größe", "state": "failed"},
             "resource": {"type": "generic_task",
                          "labels": {"project_id": "acme", "location": "global",
                                     "namespace": "here", "job": "me", "task_id": "0"}},
             "start": "2026-03-29T12:00:00Z", "end": "2026-03-29T12:05:00Z", "value": 2}
            """),
        lines.getFirst());
    assertEquals(
        JsonParser.parseString(
            """
            {"count": 2, "mean": 2.125, "sum_of_squared_deviation": 0.78125,
             "bucket_options": {"exponential_buckets":
               {"num_finite_buckets": 2, "growth_factor": 2.0, "scale": 1.0}},
             "bucket_counts": [0, 1, 1, 0]}
            """),
        lines.get(6).get("distribution"));
    assertEquals(lines.get(8).get("start"), lines.get(8).get("end"));
  }

  @Test
  void everyPointIsARecordOfCsv() throws StoreException {
    var csv = new DryRun(new CsvPreview(outlet.printer(), TARGET), outlet);
    Series series = Catalog.rejected(Refusal.Reason.INVALID);
    Metric metric = new Metric("x", Kind.GAUGE, ValueType.DOUBLE, "s", "X", "X.", FLOW_NAME);

    csv.write(
        List.of(
            new Sample(series, new Point(NOON, FIVE, new Int64Value(7))),
            new Sample(
                new Series(metric, List.of("a \"b\", c")), Point.at(TEN, new DoubleValue(2.5)))));
    csv.close();

    List<String> records = List.of(out.toString(UTF_8).split("\r\n", -1));
    assertEquals(4, records.size());
    assertTrue(records.getFirst().startsWith("metric,kind,value_type,unit,flow_name,"));
    assertTrue(
        records
            .getFirst()
            .endsWith(
                ",resource_project_id,resource_location,resource_namespace,resource_job,"
                    + "resource_task_id,start,end,value,distribution"));
    assertTrue(
        records
            .get(1)
            .endsWith(",acme,global,here,me,0,2026-03-29T12:00:00Z,2026-03-29T12:05:00Z,7,"));
    assertTrue(
        records
            .get(2)
            .startsWith("custom.googleapis.com/prefect/x,GAUGE,DOUBLE,s,\"a \"\"b\"\", c\","));
    assertEquals("", records.getLast());
  }

  @Test
  void nobodyToSeeTheRestEndsIt() {
    var full = new Outlet(new FullDisk(), new StatusLine(out, OptionalInt::empty));
    var json = new DryRun(new JsonPreview(full.printer(), TARGET), full);

    var thrown =
        assertThrows(
            StoreException.class,
            () -> json.write(List.of(counted(RUNS, "ml", FIVE, new Int64Value(1)))));

    assertEquals(
        "standard output cannot be written to (No space left on device): not all of it arrived",
        thrown.getMessage());
    assertFalse(thrown.isLasting());
  }

  @Test
  void itHoldsNothingAndRefusesNothing() throws Exception {
    Sample sample = counted(RUNS, "ml", FIVE, new Int64Value(1));

    assertEquals(List.of(), dryRun.write(List.of(sample)));
    assertEquals(Optional.empty(), dryRun.newest(sample.series(), NOON, TEN));
    assertEquals(Map.of(), dryRun.newest(RUNS, NOON, TEN));
  }

  private static Sample counted(Metric metric, String flow, Instant end, Value value) {
    return new Sample(new Series(metric, List.of(flow, "failed")), new Point(NOON, end, value));
  }

  private static Sample timed(String flow, DistributionValue times) {
    return new Sample(new Series(TIMES, List.of(flow)), new Point(NOON, TEN, times));
  }

  private static Metric metric(String name, Kind kind, ValueType type, String unit) {
    return new Metric(name, kind, type, unit, "Name", "Text.", List.of(new Label("flow", "Flow.")));
  }
}
