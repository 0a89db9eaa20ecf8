package io.github.prefectgcm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Says what happens, a line each: plain text, or a JSON object with the <a
 * href="https://cloud.google.com/logging/docs/structured-logging">fields that Cloud Logging
 * knows</a>. The same line is not said twice.
 */
public final class Log {
  /** As Cloud Logging spells them. */
  public enum Severity {
    INFO,
    WARNING,
    ERROR
  }

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final StatusLine status;
  private final Set<String> said = new HashSet<>();

  /**
   * @param err where warnings and errors go in plain text
   */
  public Log(PrintStream out, PrintStream err, boolean json, StatusLine status) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.status = status;
  }

  public void warning(String message) {
    say(Severity.WARNING, message, Map.of());
  }

  public void error(String message) {
    say(Severity.ERROR, message, Map.of());
  }

  /** An error that ends the process before a summary could tell its exit code. */
  public void fatal(String message, int exitCode) {
    say(Severity.ERROR, message, Map.of("exit_code", exitCode));
  }

  /** Says a line once, with fields that only JSON shows. */
  public synchronized void say(Severity severity, String message, Map<String, ?> fields) {
    if (!said.add(message)) {
      return;
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
  public synchronized void answer(
      Severity severity, String plain, String message, Map<String, ?> fields) {
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
    // Whoever cannot be told the usual way may still look there.
    (out.checkError() ? err : out).println(line);
  }

  private static JsonElement json(Object value) {
    if (value instanceof List<?> list) {
      var array = new JsonArray();
      list.forEach(each -> array.add(json(each)));
      return array;
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    return value instanceof Boolean flag
        ? new JsonPrimitive(flag)
        : new JsonPrimitive(value.toString());
  }

  /** Shows how far a long execution is, where somebody watches. */
  public void progress(String text) {
    if (!json) {
      status.show(text);
    }
  }
}
