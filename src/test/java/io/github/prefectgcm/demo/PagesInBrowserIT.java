package io.github.prefectgcm.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.prefectgcm.Main;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Looks at all pages in a real browser, wide and narrow, light and dark. Needs Chromium; {@code
 * BROWSER_REQUIRED=true} makes its absence a failure. With {@code -Dpictures.rewrite=true} it takes
 * the pictures in docs anew.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PagesInBrowserIT {
  private static final Instant END = Instant.parse("2026-11-22T00:00:00Z");
  private static final List<Integer> WIDTHS = List.of(1440, 480);
  private static final List<String> SCHEMES = List.of("light", "dark");
  private static final String LOOK = PageTemplate.resource("/demo/look-at.js");

  @TempDir private static Path folder;

  @AutoClose private Browser browser;

  @BeforeAll
  void browserIsThere() throws IOException {
    if ("true".equals(System.getenv("BROWSER_REQUIRED"))) {
      assertTrue(
          Browser.executable().isPresent(), "BROWSER_REQUIRED, but no Chromium is on the path");
    }
    assumeTrue(Browser.executable().isPresent(), "no Chromium on the path");
    browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
  }

  @Test
  void theSimulatedDayLooksRight() throws IOException {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Outcome outcome = Simulation.run(Main::run, END, Integer.MAX_VALUE, nowhere);
    List<Path> pages = write("simulated", PageSet.SIMULATED.of(outcome));
    assertEquals(List.of(), problems(pages));
    if (Boolean.getBoolean("pictures.rewrite")) {
      takePictures(folder.resolve("simulated"));
    }
  }

  @Test
  void thePagesOfOnesOwnPrefectLookRight() throws IOException {
    var world = new SimulatedWorkspace(new SimulatedDay(Simulation.SEED, END), Simulation.SEED);
    world.moveTo(END);
    assertEquals(List.of(), problems(write("own", lastDay(world.workspace()))));
  }

  @Test
  void thePagesOfAnEmptyPrefectLookRight() throws IOException {
    assertEquals(List.of(), problems(write("empty", lastDay(new Workspace(1)))));
  }

  @Test
  void theChosenSchemeGoesAlong() throws IOException {
    Path page = write("chosen", lastDay(new Workspace(1))).getFirst();
    browser.show(1440, 900, "light");
    browser.open(page);
    String links = "[...document.querySelectorAll('#pages a')].map(a => a.hash).join()";
    assertEquals(",,,,", browser.evaluate(links));
    assertEquals(
        "dark",
        browser.evaluate(
            "document.getElementById('theme').click(); document.documentElement.dataset.theme"));
    assertEquals("#dark,#dark,#dark,#dark,#dark", browser.evaluate(links));
    assertEquals(List.of(), browser.errors());
  }

  /** A test that cannot fail proves nothing. */
  @Test
  void whatIsWrongIsNoticed() throws IOException {
    Path page = write("wrong", lastDay(new Workspace(1))).getFirst();
    Files.writeString(
        page,
        Files.readString(page)
            .replace("page.start();", "page.start(); throw new Error('on purpose');")
            .replace(
                "<main>",
                "<main><section><h2>Wide</h2><div style=\"width:600px\">x</div></section>"
                    + "<section><h2>Bare</h2><div class=\"chart\"><svg></svg></div></section>"));
    String problems = problems(List.of(page)).toString();
    assertTrue(problems.contains("on purpose"), problems);
    assertTrue(problems.contains("Wide (SECTION) is too wide"), problems);
    assertTrue(problems.contains("Bare (SECTION) draws nothing"), problems);
  }

  private List<String> problems(List<Path> pages) {
    var problems = new ArrayList<String>();
    for (Path page : pages) {
      for (int width : WIDTHS) {
        for (String scheme : SCHEMES) {
          browser.show(width, 900, scheme);
          browser.open(page);
          String what = page.getFileName() + ", " + width + " wide, " + scheme + ": ";
          browser.evaluate(LOOK).lines().forEach(problem -> problems.add(what + problem));
          browser.errors().forEach(error -> problems.add(what + error));
        }
      }
    }
    return problems;
  }

  private void takePictures(Path pages) throws IOException {
    for (String scheme : SCHEMES) {
      for (String page : List.of("overview", "demo")) {
        // What a laptop shows.
        browser.show(1440, 900, scheme);
        browser.open(pages.resolve(page + ".html"));
        Files.write(
            Path.of("docs", page + (scheme.equals("dark") ? "-dark" : "") + ".png"),
            browser.picture());
      }
    }
  }

  private List<Path> write(String name, Map<String, String> pages) throws IOException {
    Path into = Files.createDirectories(folder.resolve(name));
    var files = new ArrayList<Path>();
    for (Map.Entry<String, String> page : pages.entrySet()) {
      files.add(Files.writeString(into.resolve(page.getKey()), page.getValue()));
    }
    return files;
  }

  private static Map<String, String> lastDay(Workspace workspace) throws IOException {
    InstantSource clock = InstantSource.fixed(END);
    try (var prefect = EmbeddedPrefect.start(workspace, clock)) {
      return PageSet.OWN.of(
          LastDay.run(Main::run, Map.of("PREFECT_API_URL", prefect.apiUrl().toString()), clock));
    }
  }
}
