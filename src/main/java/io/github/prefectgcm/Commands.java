package io.github.prefectgcm;

import io.github.prefectgcm.catalog.Price;
import io.github.prefectgcm.check.Check;
import io.github.prefectgcm.check.DescriptorUpdate;
import io.github.prefectgcm.check.Findings;
import io.github.prefectgcm.cli.Command;
import io.github.prefectgcm.cli.CsvPreview;
import io.github.prefectgcm.cli.DryRun;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Help;
import io.github.prefectgcm.cli.Invocation;
import io.github.prefectgcm.cli.JsonPreview;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.cli.Option;
import io.github.prefectgcm.cli.Outlet;
import io.github.prefectgcm.cli.Output;
import io.github.prefectgcm.cli.Preview;
import io.github.prefectgcm.cli.ShutdownHook;
import io.github.prefectgcm.cli.TablePreview;
import io.github.prefectgcm.cloudmonitoring.CloudMonitoringStore;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.config.DescriptorSettings;
import io.github.prefectgcm.config.Plaintext;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.config.SettingsReader;
import io.github.prefectgcm.config.SoundSettings;
import io.github.prefectgcm.job.Deadline;
import io.github.prefectgcm.job.Execution;
import io.github.prefectgcm.job.ExecutionContext;
import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import io.github.prefectgcm.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Carries out commands in a process of this environment. */
record Commands(
    Map<String, String> environment,
    Time time,
    Outlet outlet,
    Supplier<OptionalInt> columns,
    Log log,
    ShutdownHook stopper) {

  /** Returns the exit code. */
  int run(Invocation invocation) throws Settings.Invalid, Invocation.Unknown {
    Command command = invocation.command();
    if (command.readsSettings()) {
      SettingsReader.warnings(environment).forEach(log::warning);
    }
    return switch (command) {
      case EXECUTE -> execute(Settings.from(environment), invocation.output());
      case CHECK -> check();
      case DESCRIPTORS -> descriptors(DescriptorSettings.from(environment), invocation.apply());
      case HELP -> {
        var help = new Help(outlet.printer(), width());
        invocation.about().ifPresentOrElse(help::print, help::print);
        yield ExitCode.DONE;
      }
      case VERSION -> {
        outlet.printer().println("prefect-gcm " + Main.version());
        yield ExitCode.DONE;
      }
    };
  }

  private int execute(Settings settings, Optional<Output> output) throws Invocation.Unknown {
    if (output.isPresent() && !settings.dryRun()) {
      throw new Invocation.Unknown(
          Option.OUTPUT.word() + " is for a dry run: set DRY_RUN=true, or leave it out");
    }
    Plaintext.warning(settings.prefect()).ifPresent(log::warning);
    ExecutionContext surroundings = surroundings(settings.deadline());
    Deadline deadline = surroundings.deadline();
    Callable<PointStore> opening =
        settings.dryRun()
            ? () -> new DryRun(preview(output.orElse(Output.TABLE), settings), outlet)
            : () ->
                CloudMonitoringStore.open(
                    settings.target(), time, deadline::leftForReport, deadline::left);
    try (var source =
        PrefectSource.open(settings.prefect(), settings.ownerTag(), time, deadline::left)) {
      return new Execution(settings, source, opening, surroundings, Main.version()).run();
    }
  }

  private Preview preview(Output output, Settings settings) {
    Target target = settings.target();
    return switch (output) {
      case TABLE ->
          new TablePreview(
              outlet.printer(),
              width(),
              series -> Price.of(settings.catalog(), series, settings.period()));
      case JSON -> new JsonPreview(outlet.printer(), target);
      case CSV -> new CsvPreview(outlet.printer(), target);
    };
  }

  /** A file or a pipe takes lines of any length. */
  private int width() {
    return columns.get().orElse(Integer.MAX_VALUE);
  }

  private int check() {
    var findings = new Findings(log);
    var settings = SoundSettings.of(environment);
    settings.prefect().flatMap(Plaintext::warning).ifPresent(log::warning);
    new Check(settings, surroundings(settings.deadline()), findings).run();
    return findings.sum();
  }

  private int descriptors(DescriptorSettings settings, boolean apply) {
    Deadline deadline = surroundings(settings.deadline()).deadline();
    if (apply && settings.dryRun()) {
      log.warning("DRY_RUN is set, so no descriptor is created or changed");
    }
    try (var store = CloudMonitoringStore.open(settings.target(), time, deadline::left)) {
      return new DescriptorUpdate(store, settings.timing(), log).run(apply && !settings.dryRun());
    } catch (StoreException e) {
      int code = ExitCode.of(e.isLasting());
      log.fatal(e.getMessage(), code);
      return code;
    }
  }

  private ExecutionContext surroundings(Duration most) {
    return ExecutionContext.start(most, time, log, stopper);
  }
}
