package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.StartedRun;
import io.github.prefectgcm.history.Trigger;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the runs that entered RUNNING for the first time in a window. */
final class StartedRunReader {
  private static final String START = "start_time";
  private static final String EXPECTED = "expected_start_time";
  private static final String CREATOR = "created_by.type";
  private static final Set<String> FIELDS =
      Stream.of(
              RunOrigins.FIELDS,
              Set.of("id", START, EXPECTED, "run_count", "auto_scheduled", "created_by.", CREATOR))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private final Paginator pages;
  private final KeysetScan scan;
  private final RunOrigins origins;

  StartedRunReader(Paginator pages, NameCache flows, NameCache deployments, JsonObject filter) {
    this.pages = pages;
    this.scan = new KeysetScan(pages, START, "START_TIME_DESC", true, filter);
    this.origins = new RunOrigins(flows, deployments);
  }

  void read(Window window, Consumer<StartedRun> each) throws SourceException {
    Instant first = window.start().truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    scan.read(
        first, window.end().truncatedTo(ChronoUnit.MICROS), FIELDS, rows -> handOver(rows, each));
  }

  private void handOver(List<JsonRow> rows, Consumer<StartedRun> each) throws SourceException {
    origins.lookUp(rows);
    var runs = new ArrayList<StartedRun>(rows.size());
    pages.each(
        rows,
        row -> {
          // One that ended without ever running is given the time of its end.
          if (row.number("run_count") > 0) {
            runs.add(run(row));
          }
        });
    runs.forEach(each);
  }

  private StartedRun run(JsonRow row) throws SourceException {
    Instant start = row.instant(START);
    Instant expected = row.optionalInstant(EXPECTED).orElse(start);
    Duration lateness =
        expected.isBefore(start) ? Duration.between(expected, start) : Duration.ZERO;
    return new StartedRun(origins.of(row), start, lateness, trigger(row));
  }

  /** Only the scheduler and automations say who they are. */
  private static Trigger trigger(JsonRow row) throws SourceException {
    if (row.flag("auto_scheduled")) {
      return Trigger.SCHEDULE;
    }
    return switch (row.optionalText(CREATOR).orElse("")) {
      case "" -> Trigger.MANUAL;
      case "AUTOMATION" -> Trigger.AUTOMATION;
      case "SCHEDULE" -> Trigger.SCHEDULE;
      case "USER", "ACTOR", "SERVICE_ACCOUNT" -> Trigger.MANUAL;
      default -> Trigger.OTHER;
    };
  }
}
