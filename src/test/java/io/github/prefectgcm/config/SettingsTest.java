package io.github.prefectgcm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.LabelSelection;
import io.github.prefectgcm.catalog.MetricSelection;
import io.github.prefectgcm.cloudmonitoring.CredentialsSource;
import io.github.prefectgcm.cloudmonitoring.Endpoint;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.history.OwnerTag;
import io.github.prefectgcm.prefect.http.Authority;
import io.github.prefectgcm.prefect.http.CaFile;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.http.ProxyServer;
import io.github.prefectgcm.prefect.http.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String URL = "http://localhost:4200/api";
  private static final String CLOUD = "https://api.prefect.cloud/api/accounts/a-1/workspaces/w-2";

  @Test
  void theAddressOfPrefectIsAllThatMustBeSet() throws Exception {
    assertEquals(
        new Settings(
            new Connection(
                URI.create(URL),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false),
            new Target(
                Optional.empty(),
                Endpoint.PUBLIC,
                "custom.googleapis.com/prefect",
                "global",
                "localhost",
                "prefect-gcm",
                CredentialsSource.DEFAULT),
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            Duration.ofMinutes(4),
            Duration.ofHours(24),
            2000,
            false,
            OwnerTag.NONE,
            new Catalog(MetricSelection.STANDARD, LabelSelection.STANDARD),
            new RunLogSettings(RunLogSettings.Mode.FAILED, Optional.of(URL.replace("/api", ""))),
            Optional.empty()),
        settings());
  }

  @Test
  void everythingCanBeSet(@TempDir Path folder) throws Exception {
    Path pem = Files.writeString(folder.resolve("ca.pem"), Authority.make("ours").pem());
    assertEquals(
        new Settings(
            new Connection(
                URI.create(CLOUD),
                Optional.of(new Secret("pnu_1")),
                Optional.empty(),
                Map.of("X-Token", new Secret("t"), "X-Number", new Secret("5")),
                Optional.of(CaFile.read(pem)),
                Optional.of(
                    new ProxyServer(
                        "HTTPS_PROXY",
                        "proxy",
                        3128,
                        Optional.of(new ProxyServer.Login("u", new Secret("p"))))),
                true),
            new Target(
                Optional.of("my-project"),
                Endpoint.emulator("localhost:8085"),
                "custom.googleapis.com/team/prefect_2",
                "europe-west3",
                "production",
                "exporter",
                CredentialsSource.DEFAULT),
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ofHours(24),
            Duration.ofSeconds(30),
            Duration.ofHours(168),
            0,
            true,
            new OwnerTag("team:"),
            new Catalog(
                new MetricSelection(List.of("default", "!work_pool/*")),
                new LabelSelection(Set.of("flow_name", "owner"), Set.of())),
            new RunLogSettings(
                RunLogSettings.Mode.ALL, Optional.of("https://prefect.example.com/ui")),
            Optional.of(7.5)),
        settings(
            "OWNER_TAG", "team:",
            "RUN_LOG", "all",
            "MAX_PRICE", "7.50",
            "PREFECT_UI_URL", "https://prefect.example.com/ui/",
            "METRICS", "default, !work_pool/*",
            "LABELS", "flow_name,owner",
            "DISTRIBUTION_LABELS", "",
            "PREFECT_API_URL", CLOUD + "/",
            "PREFECT_API_KEY", " pnu_1\n",
            "PREFECT_CLIENT_CUSTOM_HEADERS", "{\"X-Token\": \"t\", \"X-Number\": 5}",
            "PREFECT_API_SSL_CERT_FILE", pem.toString(),
            "HTTPS_PROXY", "u:p@proxy:3128",
            "INCLUDE_SUBFLOWS", "TRUE",
            "GOOGLE_CLOUD_PROJECT", "my-project",
            "MONITORING_EMULATOR_HOST", "localhost:8085",
            "METRIC_PREFIX", "custom.googleapis.com/team/prefect_2/",
            "RESOURCE_LOCATION", "europe-west3",
            "RESOURCE_NAMESPACE", "production",
            "RESOURCE_JOB", "exporter",
            "PERIOD", "60 s",
            "SETTLE", "0s",
            "BACKFILL", "24h",
            "DEADLINE", "30s",
            "WINDOW_HOURS", "168",
            "MAX_SERIES", "0",
            "DRY_RUN", "yes",
            "LOG_FORMAT", "json",
            "CLOUD_RUN_TASK_COUNT", "1"));
  }

  @Test
  void whatIsSetToNothingIsNotSet() throws Exception {
    assertEquals(
        settings(),
        settings(
            "PREFECT_API_KEY", "",
            "PREFECT_CLIENT_CUSTOM_HEADERS", " ",
            "PERIOD", "",
            "MAX_SERIES", " ",
            "DRY_RUN", "",
            "LOG_FORMAT", "",
            "RESOURCE_JOB", "\t"));
  }

  @Test
  void theEndpointMayBeOneOfPrivateServiceConnect() throws Exception {
    assertEquals(
        Endpoint.at("monitoring-x.p.googleapis.com:443"),
        settings("MONITORING_ENDPOINT", "monitoring-x.p.googleapis.com:443").target().endpoint());
  }

  @Test
  void theNamespaceIsTheWorkspaceOfPrefectCloud() throws Exception {
    assertEquals("a-1/w-2", settings("PREFECT_API_URL", CLOUD).target().namespace());
  }

  @Test
  void theNamespaceIsTheHostOfAServer() throws Exception {
    assertEquals(
        "prefect.example.org",
        settings("PREFECT_API_URL", "https://prefect.example.org/x/api").target().namespace());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PREFECT_API_AUTH_STRING | secret | PREFECT_API_AUTH_STRING has no colon; it must be"
            + " user:password",
        "PREFECT_API_SSL_CERT_FILE | /nowhere/ca.pem | PREFECT_API_SSL_CERT_FILE names"
            + " \"/nowhere/ca.pem\", which is not there",
        "PREFECT_API_SSL_CERT_FILE | / | PREFECT_API_SSL_CERT_FILE names \"/\", which is a"
            + " directory: it must be a file",
        "METRIC_PREFIX | prefect | METRIC_PREFIX is \"prefect\"; it must be a path such as"
            + " custom.googleapis.com/prefect, at most 100 characters long",
        "METRIC_PREFIX | run.googleapis.com/prefect | METRIC_PREFIX is"
            + " \"run.googleapis.com/prefect\"; it must be a path such as"
            + " custom.googleapis.com/prefect, at most 100 characters long",
        "METRIC_PREFIX | custom.googleapis.com | METRIC_PREFIX is \"custom.googleapis.com\"; it"
            + " must be a path such as custom.googleapis.com/prefect, at most 100 characters long",
        "PERIOD | 7m | PERIOD is \"7m\"; it must be a divisor of 24 h, such as 5m",
        "PERIOD | 9s | PERIOD is \"9s\"; it must be a duration such as 90s, 5m or 24h, from 10s to"
            + " 1h",
        "PERIOD | 61m | PERIOD is \"61m\"; it must be a duration such as 90s, 5m or 24h, from 10s"
            + " to 1h",
        "PERIOD | 300 | PERIOD is \"300\"; it must be a duration such as 90s, 5m or 24h, from 10s"
            + " to 1h",
        "PERIOD | -5m | PERIOD is \"-5m\"; it must be a duration such as 90s, 5m or 24h, from 10s"
            + " to 1h",
        "SETTLE | 11m | SETTLE is \"11m\"; it must be a duration such as 90s, 5m or 24h, from 0s to"
            + " 10m",
        "BACKFILL | 14m | BACKFILL is \"14m\"; it must be a duration such as 90s, 5m or 24h, from"
            + " 15m to 24h",
        "DEADLINE | 0s | DEADLINE is \"0s\"; it must be a duration such as 90s, 5m or 24h, from 1s"
            + " to 24h",
        "DEADLINE | 9999999999h | DEADLINE is \"9999999999h\"; it must be a duration such as 90s,"
            + " 5m or 24h, from 1s to 24h",
        "WINDOW_HOURS | -1 | WINDOW_HOURS is \"-1\"; it must be a whole number from 0 to 168",
        "WINDOW_HOURS | 169 | WINDOW_HOURS is \"169\"; it must be a whole number from 0 to 168",
        "WINDOW_HOURS | 24h | WINDOW_HOURS is \"24h\"; it must be a whole number from 0 to 168",
        "MAX_SERIES | -1 | MAX_SERIES is \"-1\"; it must be a whole number from 0 to 100000",
        "MAX_SERIES | 100001 | MAX_SERIES is \"100001\"; it must be a whole number from 0 to"
            + " 100000",
        "INCLUDE_SUBFLOWS | on | INCLUDE_SUBFLOWS is \"on\"; it must be true or false",
        "DRY_RUN | Maybe | DRY_RUN is \"Maybe\"; it must be true or false",
        "LOG_FORMAT | xml | LOG_FORMAT is \"xml\"; it must be json or text",
        "MONITORING_ENDPOINT | monitoring.googleapis.com | MONITORING_ENDPOINT is"
            + " \"monitoring.googleapis.com\"; it must be host:port, such as"
            + " monitoring.googleapis.com:443",
        "MONITORING_EMULATOR_HOST | http://localhost:8085 | MONITORING_EMULATOR_HOST is"
            + " \"http://localhost:8085\"; it must be host:port, such as localhost:8085, without"
            + " scheme and path",
        "MONITORING_EMULATOR_HOST | localhost | MONITORING_EMULATOR_HOST is \"localhost\"; it must"
            + " be host:port, such as localhost:8085",
        "MONITORING_EMULATOR_HOST | localhost:65536 | MONITORING_EMULATOR_HOST is"
            + " \"localhost:65536\"; it must be host:port, such as localhost:8085, with a port from"
            + " 1 to 65535",
        "MONITORING_EMULATOR_HOST | localhost:0 | MONITORING_EMULATOR_HOST is \"localhost:0\"; it"
            + " must be host:port, such as localhost:8085, with a port from 1 to 65535",
        "MONITORING_EMULATOR_HOST | u:secret@localhost:1 | MONITORING_EMULATOR_HOST is an address"
            + " with a user name; it must be host:port, such as localhost:8085",
        "CLOUD_RUN_TASK_COUNT | 3 | CLOUD_RUN_TASK_COUNT is \"3\"; run the job with one task"
            + " (--tasks=1), several would write the same series",
      })
  void aValueThatCannotBeUsedIsToldInASentence(String name, String value, String sentence) {
    assertEquals(List.of(sentence), problems(name, value));
  }

  @Test
  void severalProblemsAreToldTogether() {
    assertEquals(
        List.of(
            "PERIOD is \"soon\"; it must be a duration such as 90s, 5m or 24h, from 10s to 1h",
            "DRY_RUN is \"2\"; it must be true or false",
            "PREFECT_API_KEY and PREFECT_API_AUTH_STRING are both set; set the key for Prefect"
                + " Cloud, or the auth string for a self-hosted server"),
        problems(
            "PERIOD", "soon",
            "DRY_RUN", "2",
            "PREFECT_API_KEY", "secret",
            "PREFECT_API_AUTH_STRING", "u:secret"));
  }

  @Test
  void aLongValueIsCut() {
    assertEquals(
        List.of("LOG_FORMAT is \"a b " + "x".repeat(76) + "…\"; it must be json or text"),
        problems("LOG_FORMAT", "a b " + "x".repeat(77)));
  }

  @Test
  void secretsAreNeverPrinted() throws Exception {
    Settings settings =
        settings(
            "PREFECT_API_AUTH_STRING", "admin:hush",
            "PREFECT_CLIENT_CUSTOM_HEADERS", "{\"X-Token\": \"hush\"}",
            "HTTP_PROXY", "http://u:hush@proxy:3128");

    assertEquals("admin:hush", settings.prefect().authString().orElseThrow().reveal());
    assertFalse(settings.toString().contains("hush"), settings.toString());
  }

  @Test
  void aKeyIsNeverPrinted() throws Exception {
    assertFalse(settings("PREFECT_API_KEY", "hush").toString().contains("hush"));
  }

  @Test
  void problemsDoNotRepeatSecrets() {
    List<String> problems =
        problems(
            "PREFECT_API_URL", "http://u:hush@host/api?token=hush",
            "PREFECT_API_KEY", "hush",
            "PREFECT_API_AUTH_STRING", "hush",
            "PREFECT_CLIENT_CUSTOM_HEADERS", "hush");

    assertEquals(4, problems.size());
    assertFalse(problems.toString().contains("hush"), problems.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, false",
    "'', true, true",
    "json, false, true",
    "text, true, false",
    "' json ', false, true",
    "xml, true, false",
  })
  void linesAreJsonOnCloudRunOrWhereSet(String format, boolean cloudRun, boolean json) {
    var environment = new HashMap<>(Map.of("LOG_FORMAT", format));
    if (cloudRun) {
      environment.put("CLOUD_RUN_JOB", "prefect-gcm");
    }
    assertEquals(json, Settings.isJson(environment));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "1", "YES"})
  void aFlagCanBeSetInSeveralWays(String text) throws Exception {
    assertEquals(true, settings("DRY_RUN", text).dryRun());
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "FALSE", "0", "no"})
  void andUnset(String text) throws Exception {
    assertEquals(false, settings("DRY_RUN", text).dryRun());
  }

  @Test
  void misspeltNamesAreToldInOrderAndNeverWithTheirValues() {
    assertEquals(
        List.of(
            "PERIODE is no setting and is ignored; PERIOD is one",
            "PREFECT_API_KEYS is no setting and is ignored; PREFECT_API_KEY is one"),
        SettingsReader.warnings(
            Map.of("PREFECT_API_KEYS", "hush", "PERIODE", "1m", "PERIOD", "1m", "HOME", "/")));
  }

  private static List<String> problems(String... more) {
    return assertThrows(Settings.Invalid.class, () -> settings(more)).problems();
  }

  private static Settings settings(String... more) throws Settings.Invalid {
    return Settings.from(environment(more));
  }

  private static Map<String, String> environment(String... more) {
    var environment = new HashMap<String, String>();
    environment.put("PREFECT_API_URL", URL);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }
}
