package io.github.prefectgcm.config;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.descriptor.Timing;
import io.github.prefectgcm.history.OwnerTag;
import io.github.prefectgcm.prefect.http.Connection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads all settings from an environment, or tells everything that is wrong with them. */
public final class SettingsReader {
  private static final Duration DAY = Duration.ofDays(1);

  private final Map<String, String> environment;
  private final SettingValues values;
  private final Proxies proxies;

  SettingsReader(Map<String, String> environment) {
    this.environment = environment;
    this.values = new SettingValues(environment);
    this.proxies = new Proxies(environment);
  }

  Settings read() throws Settings.Invalid {
    var prefect = new ConnectionReader(values, proxies);
    Optional<URI> url = prefect.apiUrl();
    Duration period = period();
    Duration settle = settle();
    Duration backfill = values.duration(Setting.BACKFILL, "15m", Duration.ofMinutes(15), DAY);
    Duration deadline = deadline();
    int windowHours = values.whole(Setting.WINDOW_HOURS, 24, 0, 168);
    int maxSeries = values.whole(Setting.MAX_SERIES, 2000, 0, 100_000);
    boolean includeSubflows = values.flag(Setting.INCLUDE_SUBFLOWS);
    boolean dryRun = dryRun();
    var selection = new SelectionReader(values);
    var catalog = new Catalog(selection.metrics(), selection.labels());
    var ownerTag = new OwnerTag(values.text(Setting.OWNER_TAG).orElse(""));
    Optional<Double> maxPrice = values.amount(Setting.MAX_PRICE);
    RunLogSettings runLog = new RunLogReader(values).read(url);
    logFormat();
    oneTask();
    Connection connection = prefect.read(url, includeSubflows);
    Target target = new TargetReader(values, proxies).read(url);
    complain();
    return new Settings(
        connection,
        target,
        period,
        settle,
        backfill,
        deadline,
        Duration.ofHours(windowHours),
        maxSeries,
        dryRun,
        ownerTag,
        catalog,
        runLog,
        maxPrice);
  }

  /** Reads only what metric descriptors depend on. */
  DescriptorSettings readForDescriptors() throws Settings.Invalid {
    Timing timing = Timing.of(period(), settle());
    Duration deadline = deadline();
    boolean dryRun = dryRun();
    logFormat();
    Target target = new TargetReader(values, proxies).read(Optional.empty());
    complain();
    return new DescriptorSettings(target, timing, deadline, dryRun);
  }

  /** Reads a part, absent if something is wrong with it. */
  <T> Optional<T> readIfSound(Function<SettingsReader, T> part) {
    T read = part.apply(this);
    return values.problems().isEmpty() ? Optional.of(read) : Optional.empty();
  }

  Connection prefect() {
    var prefect = new ConnectionReader(values, proxies);
    return prefect.read(prefect.apiUrl(), values.flag(Setting.INCLUDE_SUBFLOWS));
  }

  /** Its namespace is not the job's if Prefect's address is wrong. */
  Target target() {
    Optional<URI> url = new ConnectionReader(new SettingValues(environment), proxies).apiUrl();
    return new TargetReader(values, proxies).read(url);
  }

  private void complain() throws Settings.Invalid {
    if (!values.problems().isEmpty()) {
      throw new Settings.Invalid(values.problems());
    }
  }

  private Duration period() {
    Duration period =
        values.duration(Setting.PERIOD, "5m", Duration.ofSeconds(10), Duration.ofHours(1));
    if (DAY.toMillis() % period.toMillis() != 0) {
      values.problem(
          Setting.PERIOD, values.text(Setting.PERIOD).orElse(""), "a divisor of 24 h, such as 5m");
    }
    return period;
  }

  private Duration settle() {
    return values.duration(Setting.SETTLE, "60s", Duration.ZERO, Duration.ofMinutes(10));
  }

  Duration deadline() {
    return values.duration(Setting.DEADLINE, "4m", Duration.ofSeconds(1), DAY);
  }

  boolean dryRun() {
    return values.flag(Setting.DRY_RUN);
  }

  private void logFormat() {
    values
        .text(Setting.LOG_FORMAT)
        .filter(format -> !format.equals("json") && !format.equals("text"))
        .ifPresent(format -> values.problem(Setting.LOG_FORMAT, format, "json or text"));
  }

  private void oneTask() {
    String count = environment.getOrDefault("CLOUD_RUN_TASK_COUNT", "1");
    if (!count.equals("1")) {
      values.problem(
          "CLOUD_RUN_TASK_COUNT is "
              + SettingValues.printable(count)
              + "; run the job with one task (--tasks=1), several would write the same series");
    }
  }

  /** What looks like a misspelt setting of ours. */
  public static List<String> warnings(Map<String, String> environment) {
    return environment.keySet().stream()
        .sorted()
        .flatMap(name ->
            Setting.meant(name).stream()
                .map(meant -> name + " is no setting and is ignored; " + meant + " is one"))
        .toList();
  }
}
