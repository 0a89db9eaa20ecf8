package io.github.prefectgcm;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Formats;
import io.github.prefectgcm.cli.Invocation;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.cli.Outlet;
import io.github.prefectgcm.cli.ShutdownHook;
import io.github.prefectgcm.cli.StatusLine;
import io.github.prefectgcm.cli.Streams;
import io.github.prefectgcm.cli.Terminal;
import io.github.prefectgcm.config.Proxies;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.time.Time;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The process: arguments, environment, streams, signals and exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    silenceLibraries();
    leanStart();
    new Proxies(System.getenv()).install();
    ShutdownHook stopper = ShutdownHook.watching();
    Map<String, String> environment = System.getenv();
    var streams =
        new Streams(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            () -> Terminal.columns(environment));
    int code = run(List.of(arguments), environment, Time.real(), streams, stopper);
    System.exit(stopper.done(code));
  }

  /** One execution as in a process of its own; returns its exit code. */
  public static int run(
      Map<String, String> environment, InstantSource clock, OutputStream out, OutputStream err) {
    return run(List.of(), environment, Time.real(clock), Streams.of(out, err), ShutdownHook.none());
  }

  /** What a process with these arguments would do; returns its exit code. */
  public static int run(
      List<String> arguments,
      Map<String, String> environment,
      Time time,
      Streams streams,
      ShutdownHook stopper) {
    var status = new StatusLine(streams.out(), streams.columns());
    var out = new Outlet(streams.out(), status);
    PrintStream err = new Outlet(streams.err(), status).printer();
    // A program that reads points expects nothing else.
    PrintStream said = Invocation.isForProgram(arguments) ? err : out.printer();
    var log = new Log(said, err, Settings.isJson(environment), status);
    int code =
        run(new Commands(environment, time, out, streams.columns(), log, stopper), arguments);
    // What nobody could read was not done.
    out.fault().ifPresent(log::error);
    return out.fault().isPresent() ? Math.max(code, ExitCode.AGAIN) : code;
  }

  private static int run(Commands commands, List<String> arguments) {
    Log log = commands.log();
    try {
      return commands.run(Invocation.of(arguments));
    } catch (Invocation.Unknown e) {
      log.fatal(e.sentence(), ExitCode.BROKEN);
      return ExitCode.BROKEN;
    } catch (Settings.Invalid e) {
      e.problems().forEach(problem -> log.fatal(problem, ExitCode.BROKEN));
      return ExitCode.BROKEN;
    } catch (RuntimeException | Error e) {
      log.fatal(Formats.ofBug(e), ExitCode.AGAIN);
      return ExitCode.AGAIN;
    }
  }

  static String version() {
    var properties = new Properties();
    try (InputStream in = Main.class.getResourceAsStream("/prefect-gcm.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // Only the version's name is lost.
    }
    return properties.getProperty("version", "unknown");
  }

  /** What libraries log may hold headers; whatever matters reaches us as an exception. */
  private static void silenceLibraries() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
  }

  /** What netty would load at its start and a short-lived process has no use for. */
  private static void leanStart() {
    System.setProperty("io.grpc.netty.shaded.io.netty.jfr.enabled", "false");
    // Its own sockets: the channel is on those of the JDK.
    System.setProperty("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
  }
}
