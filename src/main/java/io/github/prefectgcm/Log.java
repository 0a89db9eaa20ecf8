package io.github.prefectgcm;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Says what happens, a line each: plain text, or a JSON object with the <a
 * href="https://cloud.google.com/logging/docs/structured-logging">fields that Cloud Logging
 * knows</a>. The same line is not said twice.
 */
final class Log {
  /** As Cloud Logging spells them. */
  enum Severity {
    INFO,
    WARNING,
    ERROR
  }

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final boolean terminal;
  private final Set<String> said = new HashSet<>();
  private boolean progressing;

  /**
   * @param err where warnings and errors go in plain text
   * @param terminal whether somebody watches, who wants to see progress
   */
  Log(PrintStream out, PrintStream err, boolean json, boolean terminal) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.terminal = terminal && !json;
  }

  void warning(String message) {
    say(Severity.WARNING, message, Map.of());
  }

  void error(String message) {
    say(Severity.ERROR, message, Map.of());
  }

  /** An error that ends the process before a summary could tell its exit code. */
  void fatal(String message, int exitCode) {
    say(Severity.ERROR, message, Map.of("exit_code", exitCode));
  }

  /** Says a line once, with fields that only JSON shows. */
  synchronized void say(Severity severity, String message, Map<String, ?> fields) {
    if (!said.add(message)) {
      return;
    }
    if (progressing) {
      out.print("\r\033[K");
      progressing = false;
    }
    if (json) {
      print(severity, message, fields);
    } else if (severity == Severity.INFO) {
      out.println(message);
    } else {
      err.println(severity.name().toLowerCase(Locale.ROOT) + ": " + message);
    }
  }

  /**
   * Says a line of what a command was asked for: on standard output, good or bad.
   *
   * @param plain the line as plain text, where it may be part of a table
   */
  synchronized void answer(Severity severity, String plain, String message, Map<String, ?> fields) {
    if (json) {
      print(severity, message, fields);
    } else {
      out.println(plain);
    }
  }

  private void print(Severity severity, String message, Map<String, ?> fields) {
    var line = new JsonObject();
    line.addProperty("severity", severity.name());
    line.addProperty("message", message);
    fields.forEach((name, value) -> line.add(name, json(value)));
    out.println(line);
  }

  private static JsonPrimitive json(Object value) {
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    return value instanceof Boolean flag
        ? new JsonPrimitive(flag)
        : new JsonPrimitive(value.toString());
  }

  /** Shows how far a long execution is, where somebody watches. */
  synchronized void progress(String text) {
    if (terminal) {
      out.print("\r\033[K" + text);
      out.flush();
      progressing = true;
    }
  }
}
