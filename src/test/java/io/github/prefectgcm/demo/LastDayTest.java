package io.github.prefectgcm.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import io.github.prefectgcm.Main;
import io.github.prefectgcm.catalog.RunStream;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Workspace;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pages over somebody's own Prefect, of which one execution is all that there is. */
class LastDayTest {
  private static final Instant NOW = Instant.parse("2026-11-22T13:37:00Z");

  @Test
  void pagesAreWellFormed() throws IOException {
    var world = new SimulatedWorkspace(new SimulatedDay(7, NOW), 7);
    world.moveTo(NOW);
    Map<String, String> pages = pages(world.workspace());
    assertEquals(List.of(), new PagesRead(pages).problems());
    assertTrue(pages.keySet().stream().allMatch(file -> file.startsWith("last-day")));
    for (String page : pages.values()) {
      assertFalse(page.contains("imulated day"), "speaks of the simulated company");
      assertTrue(page.contains("The last day of 127.0.0.1"));
    }
  }

  @Test
  void itIsAWholeDayWhateverIsSet() throws IOException {
    String page = Optional.ofNullable(pages(new Workspace(1)).get("last-day.html")).orElseThrow();
    assertEquals(
        24 * 12 * RunStream.NAMES.size(),
        DemoPageTest.data(page).getAsJsonArray("metrics").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(one -> one.get("metric").getAsString().equals("exporter/window_count"))
            .mapToInt(one -> one.get("points").getAsInt())
            .sum());
  }

  @Test
  void levelsHaveNoCourseButANumber() throws IOException {
    var world = new SimulatedWorkspace(new SimulatedDay(7, NOW), 7);
    world.moveTo(NOW);
    var overview = new PagesRead(pages(world.workspace())).dashboard("last-day-overview.html");
    assertEquals(
        List.of("Longest wait by work pool, Runs by what they do: " + LeftOut.ONCE.reason()),
        overview.leftOut());
    var titles = overview.titles().collect(Collectors.toSet());
    assertTrue(titles.contains("Late"));
    assertTrue(titles.contains("Finished runs by outcome"));
    assertFalse(titles.contains("Runs by what they do"));
    assertFalse(
        overview.data().toString().contains("**Runs by what they do**"), "says what it means");
    assertFalse(overview.data().toString().contains("What goes on"), "a section without panels");
  }

  @Test
  void aPrefectInWhichNothingRanHasPages() throws IOException {
    var read = new PagesRead(pages(new Workspace(1)));
    assertEquals(List.of(), read.problems());
    assertTrue(read.panels() > 10);
  }

  private static Map<String, String> pages(Workspace workspace) throws IOException {
    InstantSource clock = InstantSource.fixed(NOW);
    try (var prefect = EmbeddedPrefect.start(workspace, clock)) {
      Outcome outcome =
          LastDay.run(
              Main::run,
              Map.of(
                  "PREFECT_API_URL",
                  prefect.apiUrl().toString(),
                  "BACKFILL",
                  "2h",
                  "PERIOD",
                  "15m"),
              clock);
      assertEquals(List.of(), outcome.complaints());
      return PageSet.OWN.of(outcome);
    }
  }
}
