package io.github.prefectgcm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.prefectgcm.Site;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that is wrong with settings is told at once, before any network is touched. */
class BadSettingsTest {

  /** A setting, what it says, and what is said about it. */
  record Row(String name, String text, String said) {
    @Override
    public String toString() {
      return name + "=" + text;
    }
  }

  static Stream<Row> rows() {
    String duration = "; it must be a duration such as 90s, 5m or 24h, from ";
    return Stream.of(
        new Row(
            "PREFECT_API_URL",
            "",
            "PREFECT_API_URL is not set; it must be the address of Prefect's API, such as"
                + " http://localhost:4200/api"),
        new Row(
            "PREFECT_API_URL",
            "prefect:4200",
            "PREFECT_API_URL is \"prefect:4200\"; it must begin with http:// or https://, such as"
                + " http://prefect:4200"),
        new Row(
            "PREFECT_API_URL",
            "http://localhost:99999/api",
            "PREFECT_API_URL is \"http://localhost:99999/api\"; it must have a port from 1 to"
                + " 65535 after the host's colon"),
        new Row(
            "PREFECT_API_URL",
            "https://me:hunter2@prefect/api",
            "PREFECT_API_URL is an address with a user name; it must have no user name or"
                + " password: those go into PREFECT_API_AUTH_STRING, and the address is one such"
                + " as http://localhost:4200/api"),
        new Row(
            "PREFECT_API_KEY",
            "hunter2-key",
            "PREFECT_API_KEY and PREFECT_API_AUTH_STRING are both set; set the key for Prefect"
                + " Cloud, or the auth string for a self-hosted server"),
        new Row(
            "PREFECT_API_AUTH_STRING",
            "hunter2",
            "PREFECT_API_AUTH_STRING has no colon; it must be user:password"),
        new Row(
            "PREFECT_CLIENT_CUSTOM_HEADERS",
            "X-Token: hunter2",
            "PREFECT_CLIENT_CUSTOM_HEADERS is no JSON object of texts, such as {\"X-Token\":"
                + " \"…\"}"),
        new Row(
            "PREFECT_CLIENT_CUSTOM_HEADERS",
            "{\"Content-Length\": \"1\"}",
            "PREFECT_CLIENT_CUSTOM_HEADERS names the header \"Content-Length\", which is the job's"
                + " own; so are Accept, Accept-Encoding, Connection, Date, Expect, Host,"
                + " HTTP2-Settings, Keep-Alive, Range, TE, Trailer, Transfer-Encoding, Upgrade,"
                + " User-Agent, Via, X-Prefect-Api-Version and what begins with Content-, If-,"
                + " Prefect-Csrf-, Proxy-"),
        new Row(
            "PREFECT_API_SSL_CERT_FILE",
            "/no/such.pem",
            "PREFECT_API_SSL_CERT_FILE names \"/no/such.pem\", which is not there"),
        new Row("PERIOD", "7m", "PERIOD is \"7m\"; it must be a divisor of 24 h, such as 5m"),
        new Row("PERIOD", "5", "PERIOD is \"5\"" + duration + "10s to 1h"),
        new Row("PERIOD", "0s", "PERIOD is \"0s\"" + duration + "10s to 1h"),
        new Row("PERIOD", "2h", "PERIOD is \"2h\"" + duration + "10s to 1h"),
        new Row("SETTLE", "11m", "SETTLE is \"11m\"" + duration + "0s to 10m"),
        new Row("BACKFILL", "5m", "BACKFILL is \"5m\"" + duration + "15m to 24h"),
        new Row("DEADLINE", "forever", "DEADLINE is \"forever\"" + duration + "1s to 24h"),
        new Row(
            "WINDOW_HOURS",
            "-1",
            "WINDOW_HOURS is \"-1\"; it must be a whole number from 0 to 168"),
        new Row(
            "MAX_SERIES",
            "many",
            "MAX_SERIES is \"many\"; it must be a whole number from 0 to 100000"),
        new Row("INCLUDE_SUBFLOWS", "si", "INCLUDE_SUBFLOWS is \"si\"; it must be true or false"),
        new Row("DRY_RUN", "2", "DRY_RUN is \"2\"; it must be true or false"),
        new Row("LOG_FORMAT", "xml", "LOG_FORMAT is \"xml\"; it must be json or text"),
        new Row(
            "METRIC_PREFIX",
            "prefect",
            "METRIC_PREFIX is \"prefect\"; it must be a path such as"
                + " custom.googleapis.com/prefect, at most 100 characters long"),
        new Row(
            "RESOURCE_LOCATION",
            "on-prem",
            "RESOURCE_LOCATION is \"on-prem\"; it must be a region or a zone of Google Cloud or"
                + " AWS, such as europe-west1, or global; a place of your own goes into"
                + " RESOURCE_NAMESPACE"),
        new Row("RESOURCE_JOB", "a\nb", "RESOURCE_JOB has a line break in it; remove it"),
        new Row(
            "MONITORING_ENDPOINT",
            "monitoring-x.p.googleapis.com:443",
            "MONITORING_ENDPOINT and MONITORING_EMULATOR_HOST are both set; set the first for"
                + " Google's Cloud Monitoring, or the second for a server in place of it"),
        new Row(
            "MONITORING_EMULATOR_HOST",
            "http://localhost:1",
            "MONITORING_EMULATOR_HOST is \"http://localhost:1\"; it must be host:port, such as"
                + " localhost:8085, without scheme and path"),
        new Row(
            "MONITORING_EMULATOR_HOST",
            "cloud_monitoring:8085",
            "MONITORING_EMULATOR_HOST is \"cloud_monitoring:8085\"; it must be host:port, such as"
                + " localhost:8085, without underscores"),
        new Row(
            "MONITORING_EMULATOR_HOST",
            "[::x]:1",
            "MONITORING_EMULATOR_HOST is \"[::x]:1\"; it must be host:port, such as"
                + " localhost:8085"),
        new Row(
            "HTTP_PROXY",
            "socks5://me:hunter2@proxy",
            "HTTP_PROXY must be an HTTP proxy, such as http://host:3128, not one for socks5"),
        new Row(
            "CLOUD_RUN_TASK_COUNT",
            "2",
            "CLOUD_RUN_TASK_COUNT is \"2\"; run the job with one task (--tasks=1), several would"
                + " write the same series"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isToldWithItsName(Row row) {
    try (var site = new Site()) {
      site.environment.put(row.name(), row.text());

      Site.Ending ending = site.execute();

      assertEquals(2, ending.code());
      assertEquals(List.of("error: " + row.said()), ending.lines());
      assertUntouched(site);
    }
  }

  private static void assertUntouched(Site site) {
    assertEquals(List.of(), site.prefect.requests());
    assertEquals(Map.of(), site.cloud.series());
  }

  @Test
  void allAreToldTogether() {
    try (var site = new Site()) {
      site.environment.remove("PREFECT_API_URL");
      site.environment.putAll(Map.of("PERIOD", "7m", "DEADLINE", "4", "DRY_RUN", "maybe"));
      site.environment.put("LOG_FORMAT", "json");

      Site.Ending ending = site.execute();

      assertEquals(2, ending.code());
      assertEquals(4, ending.out().size());
      assertEquals(List.of(), ending.err());
      for (String name : List.of("PREFECT_API_URL", "PERIOD", "DEADLINE", "DRY_RUN")) {
        assertEquals(1, ending.out().stream().filter(line -> line.contains(name)).count(), name);
      }
      assertUntouched(site);
    }
  }

  /** A log-based alert sees no exit code, only lines. */
  @Test
  void jsonTellsTheExitCodeWithEach() {
    try (var site = new Site()) {
      site.environment.putAll(Map.of("PERIOD", "7m", "DRY_RUN", "maybe", "LOG_FORMAT", "json"));

      List<String> lines = site.execute().out();

      assertEquals(2, lines.size());
      for (String line : lines) {
        JsonObject told = JsonParser.parseString(line).getAsJsonObject();
        assertEquals("ERROR", told.get("severity").getAsString());
        assertEquals(2, told.get("exit_code").getAsInt());
      }
    }
  }

  /** The job does what it is told, but says what others on the way can read. */
  @Test
  void aPasswordInPlaintextIsWarnedOf() {
    try (var site = new Site()) {
      site.environment.put("PREFECT_API_URL", "http://prefect.example.invalid:4200/api");
      site.environment.put("DEADLINE", "1s");

      List<String> said = site.execute().said();

      assertEquals(
          "warning: PREFECT_API_AUTH_STRING is sent in plaintext to prefect.example.invalid, which"
              + " is no private host: set PREFECT_API_URL to an https address",
          said.getFirst());
    }
  }

  @Test
  void misspeltSettingIsWarnedOf() {
    try (var site = new Site()) {
      site.environment.put("PERIODE", "10m");
      site.environment.put("PREFECT_API_ULR", "http://localhost");

      Site.Ending ending = site.execute();

      assertEquals(0, ending.code());
      assertEquals(
          List.of(
              "warning: PERIODE is no setting and is ignored; PERIOD is one",
              "warning: PREFECT_API_ULR is no setting and is ignored; PREFECT_API_URL is one"),
          ending.said());
    }
  }

  @Test
  void emptySettingIsNotSet() {
    try (var site = new Site()) {
      site.environment.putAll(Map.of("PERIOD", "", "PREFECT_API_KEY", " ", "LOG_FORMAT", ""));
      site.executeWell();
    }
  }
}
