package io.github.prefectgcm.check;

import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.CREATE_TIME_SERIES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.ReadmeTest;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The answer of {@code prefect-gcm check} as a whole. */
class CheckTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void allIsFineBeforeTheFirstExecution() {
    assertEquals(
        """
        ✓ settings            custom.googleapis.com/prefect/… of generic_task{location="global", namespace="127.0.0.1", job="prefect-gcm"}
        ✓ Prefect reachable   %1$s
        ✓ Prefect authorised  flow runs can be read
        ✓ Prefect version     3.8.8
        ✓ Prefect clock       as ours
        ✓ Google credentials  none, an emulator wants none
        ✓ project             acme
        ✓ Cloud Monitoring    answers at %2$s
        ✓ may read            the watermark was looked for
        ✓ may write           tried with a point that is too old to be taken
        ✓ descriptors         %3$d of %3$d not there yet: made at their first write, or by `prefect-gcm descriptors --apply`
        ✓ watermark           none in 40 days; the first execution sets it
        ✓ next window         2026-03-01T11:45:00Z to 2026-03-01T11:50:00Z, is due now, with 0 runs
        13 fine, 0 failed, 0 not checked
        """
            .formatted(site.prefect.apiUrl(), site.cloud.address(), Catalog.ALL.entries().size()),
        String.join("\n", check(0).lines()) + "\n");
  }

  @Test
  void allIsFineAfterAnExecution() {
    site.executeWell();

    CheckAnswer answer = check(0);

    answer.says("✓ watermark           2026-03-01T12:00:00Z, 2 min ago");
    answer.says(
        "✓ next window         2026-03-01T12:00:00Z to 2026-03-01T12:05:00Z, can be counted from"
            + " 2026-03-01T12:06:00Z on, in 4 min; so far 2 runs");
  }

  @Test
  void googleIsTriedEvenWithoutPrefectsAddress() {
    site.environment.remove("PREFECT_API_URL");
    site.environment.put("PERIOD", "7m");

    CheckAnswer answer = check(2);

    assertEquals(
        """
        ✗ settings            PREFECT_API_URL is not set; it must be the address of Prefect's API, such as http://localhost:4200/api; PERIOD is "7m"; it must be a divisor of 24 h, such as 5m
        – Prefect reachable   not checked: something before it failed
        – Prefect authorised  not checked: something before it failed
        – Prefect version     not checked: something before it failed
        – Prefect clock       not checked: something before it failed
        ✓ Google credentials  none, an emulator wants none
        ✓ project             acme
        ✓ Cloud Monitoring    answers at %2$s
        ✓ may read            the watermark was looked for
        ✓ may write           tried with a point that is too old to be taken
        ✓ descriptors         %3$d of %3$d not there yet: made at their first write, or by `prefect-gcm descriptors --apply`
        – watermark           not checked: something before it failed
        – next window         not checked: something before it failed
        6 fine, 1 failed, 6 not checked: it will not get better by itself
        """
            .formatted("", site.cloud.address(), Catalog.ALL.entries().size()),
        String.join("\n", answer.lines()) + "\n");
    assertEquals(List.of(), site.prefect.requests());
  }

  @Test
  void prefectIsTriedEvenIfGooglesSettingsAreWrong() {
    site.environment.put("GOOGLE_CLOUD_PROJECT", "projects/acme");
    site.environment.put("DEADLINE", "soon");

    CheckAnswer answer = check(2);

    answer.begins("✗ settings            DEADLINE is \"soon\"; it must be a duration such as 90s");
    answer.says("✓ Prefect authorised  flow runs can be read");
    answer.says("✓ Prefect version     3.8.8");
    answer.says("– Google credentials  not checked: something before it failed");
    answer.says("4 fine, 1 failed, 8 not checked: it will not get better by itself");
    assertEquals(List.of(), site.cloud.log().entries());
  }

  @Test
  void aJobThatRunsDryIsToldSo() {
    site.environment.put("DRY_RUN", "true");

    CheckAnswer answer = check(2);

    answer.says("✗ settings            DRY_RUN is set, so the job writes nothing: set it to false");
    answer.says("12 fine, 1 failed, 0 not checked: it will not get better by itself");
  }

  @Test
  void everyLineIsAnEntryOfItsOwnInCloudLogging() {
    site.environment.put("LOG_FORMAT", "json");
    site.environment.put("DRY_RUN", "true");
    site.prefect.onEvery("/admin/version", HttpFault.status(404));

    CheckAnswer answer = check(2);

    assertEquals(14, answer.lines().size());
    answer.says(
        "{\"severity\":\"ERROR\",\"message\":\"✗ settings: DRY_RUN is set, so the job writes"
            + " nothing: set it to false\",\"check\":\"settings\",\"result\":\"failed\"}");
    answer.says(
        "{\"severity\":\"INFO\",\"message\":\"✓ project:"
            + " acme\",\"check\":\"project\",\"result\":\"fine\"}");
    answer.says(
        "{\"severity\":\"INFO\",\"message\":\"– Prefect version: not checked: the server does not"
            + " tell\",\"check\":\"Prefect version\",\"result\":\"not checked\"}");
    answer.says(
        "{\"severity\":\"ERROR\",\"message\":\"11 fine, 1 failed, 1 not checked: it will not get"
            + " better by itself\",\"exit_code\":2}");
  }

  @Test
  void theReadmeShowsARealAnswer() throws IOException {
    site.environment.put("RESOURCE_LOCATION", "europe-west1");
    site.environment.put("RESOURCE_NAMESPACE", "production");
    site.environment.put("GOOGLE_CLOUD_PROJECT", "my-project");
    assertEquals(0, site.command("descriptors", "--apply").code());
    site.executeWell();
    site.cloud.always(CREATE_TIME_SERIES, MonitoringFault.denied(CREATE_TIME_SERIES));
    site.now = site.now.plus(Duration.ofMinutes(30));

    String account = "prefect-gcm@my-project.iam.gserviceaccount.com";
    String answer =
        String.join("\n", check(2).lines())
            .replace(site.prefect.apiUrl().toString(), "http://prefect.internal:4200/api")
            .replace(site.cloud.address(), "monitoring.googleapis.com:443")
            .replace(
                "none, an emulator wants none",
                "service account of the metadata server, " + account)
            .replace("the job's account", account);

    ReadmeTest.assertShows(
        Path.of("docs", "troubleshooting.md"), "check", "```text\n" + answer + "\n```\n");
  }

  private CheckAnswer check(int code) {
    return CheckAnswer.of(site, code);
  }
}
