package io.github.prefectgcm.demo;

import com.google.monitoring.dashboard.v1.Dashboard;
import io.github.prefectgcm.Main;
import io.github.prefectgcm.dashboard.Dashboards;
import io.github.prefectgcm.query.CloudDashboard;
import io.github.prefectgcm.query.Evaluator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Shows what the job writes: of a simulated day, or, with {@code PREFECT_API_URL} set, of that
 * Prefect's last day. Nothing leaves this machine but the questions to that Prefect.
 */
public final class Demo {
  private static final Path PAGES = Path.of("target");

  private Demo() {}

  public static void main(String[] arguments) throws IOException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(System.getenv(), out));
  }

  private static int run(Map<String, String> environment, PrintStream out) throws IOException {
    Outcome outcome;
    if (environment.getOrDefault("PREFECT_API_URL", "").isBlank()) {
      // The day that is over, so that the hours of the story are hours of the clock.
      Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);
      out.println("A simulated day: every execution of the job for real, over sockets.");
      outcome = Simulation.run(Main::run, midnight, Integer.MAX_VALUE, out);
    } else {
      out.println("One execution of the job, looking back as far as a day.");
      outcome = LastDay.run(Main::run, environment);
    }
    outcome.complaints().forEach(out::println);
    out.println(Summary.of(outcome));
    write("demo", DemoPage.render(outcome.facts(), outcome.series()), out);
    var evaluator =
        new Evaluator(outcome.stored(), outcome.dashboards().start(), outcome.dashboards().end());
    for (Path file : Dashboards.cloudMonitoring().keySet()) {
      Dashboard dashboard = CloudDashboard.read(Files.readString(file));
      write(
          file.getFileName().toString().replace(".json", ""),
          DashboardPage.render(dashboard, outcome.dashboards(), evaluator),
          out);
    }
    return outcome.complaints().isEmpty() ? 0 : 1;
  }

  private static void write(String name, String page, PrintStream out) throws IOException {
    Path file = PAGES.resolve(name + ".html");
    Files.createDirectories(PAGES);
    Files.writeString(file, page);
    out.println("  Page: " + file.toUri());
  }
}
