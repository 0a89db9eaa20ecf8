package io.github.prefectgcm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void plainTextGoesToOutputAndTroubleToTheOtherStream() {
    Log log = log(false, false);

    log.say(Log.Severity.INFO, "done", Map.of());
    log.warning("odd");
    log.error("wrong");

    assertEquals("done\n", text(out));
    assertEquals("warning: odd\nerror: wrong\n", text(err));
  }

  @Test
  void anAnswerGoesToOutputGoodOrBad() {
    Log log = log(false, false);
    log.answer(Log.Severity.INFO, "a  fine", "a: fine", Map.of("check", "a"));
    log.answer(Log.Severity.ERROR, "b  not", "b: not", Map.of("check", "b"));
    assertEquals("a  fine\nb  not\n", text(out));
    assertEquals("", text(err));
  }

  @Test
  void anAnswerIsAnEntryInJson() {
    Log log = log(true, false);
    log.answer(Log.Severity.ERROR, "b  not", "b: not", Map.of("check", "b"));
    assertEquals("{\"severity\":\"ERROR\",\"message\":\"b: not\",\"check\":\"b\"}\n", text(out));
  }

  @Test
  void jsonGoesToOutputWithItsSeverityAndFields() {
    Log log = log(true, false);
    var fields = new LinkedHashMap<String, Object>();
    fields.put("windows", 3);
    fields.put("seconds", 0.25);
    fields.put("dry_run", false);
    fields.put("watermark", Instant.parse("2026-03-29T12:00:00Z"));

    log.say(Log.Severity.INFO, "done", fields);
    log.warning("a \"quoted\"\nline");
    log.error("wrong");

    assertEquals(
        """
        {"severity":"INFO","message":"done","windows":3,"seconds":0.25,"dry_run":false,\
        "watermark":"2026-03-29T12:00:00Z"}
        {"severity":"WARNING","message":"a \\"quoted\\"\\nline"}
        {"severity":"ERROR","message":"wrong"}
        """,
        text(out));
    assertEquals("", text(err));
  }

  @Test
  void plainTextHasNoFields() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("windows", 3);

    log(false, false).say(Log.Severity.INFO, "done", fields);

    assertEquals("done\n", text(out));
  }

  @Test
  void aLineIsSaidOnce() {
    Log log = log(false, false);

    log.error("wrong");
    log.error("wrong");
    log.error("worse");

    assertEquals("error: wrong\nerror: worse\n", text(err));
  }

  @Test
  void progressIsShownOnATerminalAndWipedByTheNextLine() {
    Log log = log(false, true);

    log.progress("window 1 of 2");
    log.progress("window 2 of 2");
    log.say(Log.Severity.INFO, "done", Map.of());
    log.say(Log.Severity.INFO, "really", Map.of());

    assertEquals("\r\033[Kwindow 1 of 2\r\033[Kwindow 2 of 2\r\033[Kdone\nreally\n", text(out));
  }

  @Test
  void progressGivesWayToWhateverIsPrinted() {
    Log log = log(false, true);

    log.progress("window 1 of 2");
    log.answer(Log.Severity.INFO, "fine", "fine", Map.of());
    log.progress("window 2 of 2");
    log.warning("hm");

    assertEquals("\r\033[Kwindow 1 of 2\r\033[Kfine\n\r\033[Kwindow 2 of 2\r\033[K", text(out));
    assertEquals("warning: hm\n", text(err));
  }

  @Test
  void progressNeverTakesMoreThanALine() {
    log(false, true).progress("x".repeat(100));

    assertEquals("\r\033[K" + "x".repeat(79), text(out));
  }

  @Test
  void nobodyElseSeesProgress() {
    log(false, false).progress("window 1 of 2");
    log(true, true).progress("window 1 of 2");

    assertEquals("", text(out));
  }

  private Log log(boolean json, boolean terminal) {
    var status = new StatusLine(out, () -> terminal ? OptionalInt.of(80) : OptionalInt.empty());
    return new Log(
        new Outlet(out, status).printer(), new Outlet(err, status).printer(), json, status);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
