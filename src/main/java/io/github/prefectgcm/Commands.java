package io.github.prefectgcm;

import io.github.prefectgcm.cloudmonitoring.CloudMonitoringStore;
import io.github.prefectgcm.metric.Store;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.prefect.PrefectSource;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;

/** Carries out commands in a process of this environment. */
record Commands(
    Map<String, String> environment,
    InstantSource clock,
    PrintStream out,
    Log log,
    Stopper stopper) {

  /** Returns the exit code. */
  int run(Command command) throws Settings.Invalid {
    if (command.readsSettings()) {
      SettingsReader.warnings(environment).forEach(log::warning);
    }
    return switch (command) {
      case EXECUTE -> execute(Settings.from(environment));
      case CHECK -> check();
      case DESCRIPTORS -> descriptors(DescriptorSettings.from(environment), false);
      case APPLY -> descriptors(DescriptorSettings.from(environment), true);
      case HELP -> {
        Help.print(out);
        yield Account.DONE;
      }
      case VERSION -> {
        out.println("prefect-gcm " + Main.version());
        yield Account.DONE;
      }
    };
  }

  private int execute(Settings settings) {
    Plaintext.warning(settings.prefect()).ifPresent(log::warning);
    Surroundings surroundings = surroundings(settings.deadline());
    Deadline deadline = surroundings.deadline();
    Callable<Store> opening =
        settings.dryRun()
            ? () -> new DryRun(out)
            : () -> CloudMonitoringStore.open(settings.target(), deadline::left);
    try (var source = PrefectSource.open(settings.prefect(), deadline::left)) {
      return new Execution(settings, source, opening, surroundings, Main.version()).run();
    }
  }

  private int check() {
    var findings = new Findings(log);
    try {
      Settings settings = Settings.from(environment);
      Plaintext.warning(settings.prefect()).ifPresent(log::warning);
      new Check(settings, surroundings(settings.deadline()), findings).run();
    } catch (Settings.Invalid e) {
      Check.impossible(e, findings);
    }
    return findings.sum();
  }

  private int descriptors(DescriptorSettings settings, boolean apply) {
    Deadline deadline = surroundings(settings.deadline()).deadline();
    if (apply && settings.dryRun()) {
      log.warning("DRY_RUN is set, so no descriptor is created or changed");
    }
    try (var store = CloudMonitoringStore.open(settings.target(), deadline::left)) {
      return new DescriptorUpdate(store, settings.timing(), log).run(apply && !settings.dryRun());
    } catch (StoreException e) {
      int code = Account.codeOf(e.isLasting());
      log.fatal(e.getMessage(), code);
      return code;
    }
  }

  private Surroundings surroundings(Duration most) {
    return Surroundings.start(most, clock, log, stopper);
  }
}
