package io.github.prefectgcm.demo;

import io.github.prefectgcm.Main;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Shows what the job writes: of a simulated day, or, with {@code PREFECT_API_URL} set, of that
 * Prefect's last day. Nothing leaves this machine but the questions to that Prefect.
 */
public final class Demo {
  private static final Path FOLDER = Path.of("target");

  private Demo() {}

  public static void main(String[] arguments) throws IOException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(System.getenv(), out));
  }

  private static int run(Map<String, String> environment, PrintStream out) throws IOException {
    Outcome outcome;
    PageSet pages;
    if (environment.getOrDefault("PREFECT_API_URL", "").isBlank()) {
      // The day that is over, so that the hours of the story are hours of the clock.
      Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);
      out.println("A simulated day: every execution of the job for real, over sockets.");
      outcome = Simulation.run(Main::run, midnight, Integer.MAX_VALUE, out);
      pages = PageSet.SIMULATED;
    } else {
      out.println("One execution of the job, looking back as far as a day.");
      outcome = LastDay.run(Main::run, environment, InstantSource.system());
      pages = PageSet.OWN;
    }
    outcome.complaints().forEach(out::println);
    if (outcome.series().stream().noneMatch(one -> one.metric().equals("exporter/window_count"))) {
      out.println("Nothing was counted, so there is nothing to draw.");
      return 1;
    }
    out.println(Summary.of(outcome));
    for (Map.Entry<String, String> page : pages.of(outcome).entrySet()) {
      write(page.getKey(), page.getValue(), out);
    }
    return outcome.complaints().isEmpty() ? 0 : 1;
  }

  private static void write(String name, String page, PrintStream out) throws IOException {
    Path file = FOLDER.resolve(name);
    Files.createDirectories(FOLDER);
    Files.writeString(file, page);
    out.println("  Page: " + file.toUri());
  }
}
