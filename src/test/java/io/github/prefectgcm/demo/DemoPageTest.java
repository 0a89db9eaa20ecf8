package io.github.prefectgcm.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.prefectgcm.demo.WrittenSeries.WrittenPoint;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.Kind;
import io.github.prefectgcm.metric.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoPageTest {
  private static final SimulatedDay DAY =
      new SimulatedDay(1, Instant.parse("2026-11-22T00:00:00Z"));

  @Test
  void loadsNothingFromAnywhere() {
    String page = page(PretendedJob.through(DAY));
    assertTrue(page.contains("default-src 'none'"));
    assertFalse(
        Pattern.compile("<link|<img|<iframe|<script[^>]*\\ssrc|@import|url\\(\\s*['\"]?http")
            .matcher(page.replaceAll("(?s)<script>.*?</script>", ""))
            .find());
  }

  @Test
  void holdsEveryChartedSeriesAndTellsOfTheOthers() {
    List<WrittenSeries> series = PretendedJob.through(DAY);
    String page = page(series);
    JsonObject data = data(page);
    long charted =
        series.stream()
            .filter(one -> !one.metric().equals("exporter/up"))
            .filter(one -> !one.metric().equals("server/healthy"))
            .count();
    assertEquals(charted, data.getAsJsonArray("series").size());
    long metrics = series.stream().map(WrittenSeries::metric).distinct().count();
    assertEquals(metrics, data.getAsJsonArray("metrics").size());
  }

  @Test
  void countersComeAsIncrements() {
    var start = DAY.start();
    var series =
        new WrittenSeries(
            "exporter/window_count",
            Kind.CUMULATIVE,
            Map.of(),
            List.of(
                point(start.plusMillis(1), start.plusSeconds(300), 1),
                point(start.plusMillis(1), start.plusSeconds(600), 3),
                point(start.plusMillis(1), start.plusSeconds(900), 3),
                point(start.plusSeconds(901), start.plusSeconds(1200), 2)));
    JsonArray points =
        data(page(List.of(series)))
            .getAsJsonArray("series")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("points");
    assertEquals(
        List.of(1, 2, 2),
        points.asList().stream().map(point -> point.getAsJsonArray().get(2).getAsInt()).toList());
  }

  @Test
  void labelsCannotBreakOut() {
    String nasty = "</script><script>alert(1)</script>";
    var series =
        new WrittenSeries(
            "flow_run/finished_count",
            Kind.CUMULATIVE,
            Map.of("flow_name", nasty, "deployment_name", "a", "state", "failed"),
            List.of(point(DAY.start().plusMillis(1), DAY.start().plusSeconds(300), 1)));
    String page = page(List.of(series));
    assertFalse(page.contains("alert(1)</script>"));
    assertTrue(data(page).toString().contains("alert(1)"));
    assertEquals(3, Pattern.compile("</script>").matcher(page).results().count());
  }

  @Test
  void whatIsStackedHasTheSameTimes() {
    var start = DAY.start();
    JsonArray series =
        data(page(
                List.of(
                    late("a", start.plusSeconds(300), start.plusSeconds(600)),
                    late("b", start.plusSeconds(600)))))
            .getAsJsonArray("series");
    JsonArray later = series.get(1).getAsJsonObject().getAsJsonArray("points");
    assertEquals(2, later.size());
    assertEquals(
        start.plusSeconds(300).toEpochMilli(), later.get(0).getAsJsonArray().get(0).getAsLong());
    assertTrue(later.get(0).getAsJsonArray().get(2).isJsonNull());
    assertEquals(7, later.get(1).getAsJsonArray().get(2).getAsInt());
  }

  private static WrittenSeries late(String pool, Instant... times) {
    return new WrittenSeries(
        "flow_run/late_count",
        Kind.GAUGE,
        Map.of("work_pool_name", pool),
        Stream.of(times)
            .map(time -> new WrittenPoint(Point.at(time, new Int64Value(7)), time))
            .toList());
  }

  @Test
  void standsWithoutAnySeries() {
    assertTrue(page(List.of()).contains("\"series\":[]"));
  }

  private static WrittenPoint point(Instant start, Instant end, long value) {
    return new WrittenPoint(new Point(start, end, new Int64Value(value)), end.plusSeconds(65));
  }

  private static String page(List<WrittenSeries> series) {
    return DemoPage.render(
        new Facts(
            "A simulated day in Prefect",
            "Made up.",
            new Window(DAY.start(), DAY.end()),
            Optional.of(DAY.outage()),
            DAY.events(),
            DAY.executions().size(),
            Duration.ofSeconds(21)),
        series,
        new JsonArray());
  }

  static JsonObject data(String page) {
    String open = "<script id=\"data\" type=\"application/json\">";
    int from = page.indexOf(open) + open.length();
    return JsonParser.parseString(page.substring(from, page.indexOf("</script>", from)))
        .getAsJsonObject();
  }
}
