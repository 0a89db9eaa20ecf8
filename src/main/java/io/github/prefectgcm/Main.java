package io.github.prefectgcm;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Stopper stopper = Stopper.watching();
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int code = run(List.of(arguments), System.getenv(), InstantSource.system(), out, err, stopper);
    out.flush();
    System.exit(stopper.done(code));
  }

  /** One execution as in a process of its own; returns its exit code. */
  public static int run(
      Map<String, String> environment, InstantSource clock, PrintStream out, PrintStream err) {
    return run(List.of(), environment, clock, out, err, Stopper.none());
  }

  /** What a process with these arguments would do; returns its exit code. */
  static int run(
      List<String> arguments,
      Map<String, String> environment,
      InstantSource clock,
      PrintStream out,
      PrintStream err,
      Stopper stopper) {
    boolean json = Settings.isJson(environment);
    var log = new Log(out, err, json, !json && isWatched());
    Optional<Command> command = Command.of(arguments);
    if (command.isEmpty()) {
      log.fatal(Help.unknown(arguments), Account.BROKEN);
      return Account.BROKEN;
    }
    try {
      return new Commands(environment, clock, out, log, stopper).run(command.get());
    } catch (Settings.Invalid e) {
      e.problems().forEach(problem -> log.fatal(problem, Account.BROKEN));
      return Account.BROKEN;
    } catch (RuntimeException | Error e) {
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      log.fatal("a bug of prefect-gcm, please report it: " + trace, Account.AGAIN);
      return Account.AGAIN;
    }
  }

  private static boolean isWatched() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
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

  /** Containers often have no locale, and Java would print names in ASCII then. */
  private static PrintStream utf8(FileDescriptor file) {
    return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
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
