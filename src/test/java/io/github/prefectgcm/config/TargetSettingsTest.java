package io.github.prefectgcm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.Site;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.cloudmonitoring.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot name a series is told at the start, not by a refusal for each point. */
class TargetSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global",
        "us-central1",
        "europe-west12",
        "northamerica-northeast1",
        "me-central2",
        "africa-south1",
        "europe-west3-a",
        "us-east1-b",
        "us-central1-ai1a",
        "us-east-1",
        "ap-southeast-3",
        "us-gov-west-1",
        "eusc-de-east-1",
        "eu-west-1b",
        "aws:us-east-1",
      })
  void aLocationIsARegionAZoneOrGlobal(String location) throws Exception {
    assertEquals(location, target("RESOURCE_LOCATION", location).location());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on-prem",
        "on-prem-1",
        "data-center1",
        "Europe",
        "eu",
        "Frankfurt",
        "US-CENTRAL1",
        "us-central",
        "europe-west1 ,",
        "local",
        "azure:westeurope",
        "projects/p/locations/us-central1",
      })
  void whatIsNoLocationIsRefused(String location) {
    assertEquals(
        List.of(
            "RESOURCE_LOCATION is \"%s\"; it must be a region or a zone of Google Cloud or AWS,"
                    .formatted(location)
                + " such as europe-west1, or global; a place of your own goes into"
                + " RESOURCE_NAMESPACE"),
        problems("RESOURCE_LOCATION", location));
  }

  /** What the settings let through, Cloud Monitoring takes, and the longest of it too. */
  @ParameterizedTest
  @ValueSource(
      strings = {"global", "europe-west12", "europe-west3-a", "us-gov-west-1", "eu-west-1b"})
  void theLongestNamesAreTaken(String location) {
    try (var site = new Site()) {
      site.environment.put("RESOURCE_LOCATION", location);
      site.environment.put("RESOURCE_NAMESPACE", "ü".repeat(1024));
      site.environment.put("RESOURCE_JOB", "名".repeat(1024));
      site.environment.put("METRIC_PREFIX", longestPrefix());
      site.executeWell();
      assertEquals(List.of(), site.cloud.violations());
    }
  }

  @Test
  void everyMetricTypeStaysWithinItsLimit() throws Exception {
    String prefix = target("METRIC_PREFIX", longestPrefix()).metricPrefix();
    Catalog.ALL.entries().stream()
        .map(entry -> prefix + "/" + entry.metric().name())
        .forEach(type -> assertTrue(type.length() <= 200, type));
    assertEquals(
        List.of(
            "METRIC_PREFIX is \"%s…\"; it must be a path such as custom.googleapis.com/prefect, at"
                    .formatted((longestPrefix() + "x").substring(0, 80))
                + " most 100 characters long"),
        problems("METRIC_PREFIX", longestPrefix() + "x"));
  }

  private static String longestPrefix() {
    String head = "custom.googleapis.com/";
    return head + "x".repeat(100 - head.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "METRIC_PREFIX | custom.googleapis.com/1prefect",
        "METRIC_PREFIX | custom.googleapis.com/pre-fect",
        "METRIC_PREFIX | custom.googleapis.com//prefect",
        "METRIC_PREFIX | https://custom.googleapis.com/prefect",
        "METRIC_PREFIX | Custom.googleapis.com/prefect",
        "METRIC_PREFIX | custom.googleapis.com/pre fect",
        "METRIC_PREFIX | prometheus.googleapis.com/prefect",
      })
  void whatIsNoPrefixIsRefused(String name, String text) {
    assertEquals(
        List.of(
            "%s is \"%s\"; it must be a path such as custom.googleapis.com/prefect, at most 100"
                    .formatted(name, text)
                + " characters long"),
        problems(name, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESOURCE_NAMESPACE", "RESOURCE_JOB"})
  void aLabelHasALimitAndOneLine(String name) {
    assertEquals(
        List.of(
            "%s is \"%s…\"; it must be at most 1024 characters long"
                .formatted(name, "x".repeat(80))),
        problems(name, "x".repeat(1025)));
    assertEquals(List.of(name + " has a line break in it; remove it"), problems(name, "a\nb"));
    assertEquals(
        List.of(name + " has an invisible character (U+200D) in it; remove it"),
        problems(name, "a\u200db"));
    assertEquals(
        List.of(name + " has a character that could not be read (U+FFFD) in it; remove it"),
        problems(name, "a\ufffdb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "my-project-1", "example.com:my-project", "123456789012"})
  void aProjectIsAnIdOrANumber(String project) throws Exception {
    assertEquals(project, target("GOOGLE_CLOUD_PROJECT", project).project().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "My Project",
        "projects/my-project",
        "my_project",
        "my-project-",
        "MY-PROJECT",
        "p,q"
      })
  void whatIsNoProjectIsRefused(String project) {
    assertEquals(
        List.of(
            "GOOGLE_CLOUD_PROJECT is \"%s\"; it must be the id of a project, such as my-project,"
                    .formatted(project)
                + " without projects/; its name is another thing"),
        problems("GOOGLE_CLOUD_PROJECT", project));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://monitoring.googleapis.com:443 | , without scheme and path",
        "monitoring.googleapis.com:443/v3 | , without scheme and path",
        "monitoring.googleapis.com | ''",
        "monitoring.googleapis.com:99999 | , with a port from 1 to 65535",
        "monitoring.googleapis.com:0 | , with a port from 1 to 65535",
        "monitoring.googleapis.com:-1 | , with a port from 1 to 65535",
        "monitoring.googleapis.com:https | ''",
        ":443 | ''",
        "moni_toring:443 | , without underscores",
        "a:443,b:443 | ''",
        "::1:443 | ''",
        "mönitoring:443 | , in ASCII",
      })
  void whatIsNoHostAndPortIsRefused(String text, String remark) {
    assertEquals(
        List.of(
            "MONITORING_ENDPOINT is \"%s\"; it must be host:port, such as".formatted(text)
                + " monitoring.googleapis.com:443"
                + remark),
        problems("MONITORING_ENDPOINT", text));
  }

  /** A path may hold anything, a label may not. */
  @Test
  void theNamespaceOfAnAddressIsAsItIsWritten() throws Exception {
    assertEquals(
        "a%0A1/w-2",
        target("PREFECT_API_URL", "https://proxy.internal/api/accounts/a%0A1/workspaces/w-2")
            .namespace());
  }

  private static Target target(String name, String text) throws Settings.Invalid {
    return Settings.from(environment(name, text)).target();
  }

  private static List<String> problems(String name, String text) {
    return assertThrows(Settings.Invalid.class, () -> target(name, text)).problems();
  }

  private static Map<String, String> environment(String name, String text) {
    var environment = new HashMap<>(Map.of("PREFECT_API_URL", "http://localhost:4200/api"));
    environment.put(name, text);
    return environment;
  }
}
