package io.github.prefectgcm.check;

import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.CREATE_TIME_SERIES;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.LIST_METRIC_DESCRIPTORS;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.LIST_TIME_SERIES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Entry;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code prefect-gcm check} says of Google, and of how far the job has come. */
class CloudCheckTest {
  private static final int METRICS = Catalog.ALL.entries().size();

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "[::1]"})
  void googleThatIsNotThereIsNamed(String host) throws IOException {
    site.environment.put("MONITORING_EMULATOR_HOST", host + ":" + CheckAnswer.freePort());
    site.environment.put("DEADLINE", "1s");

    CheckAnswer answer = check(1);

    answer.begins("✗ Cloud Monitoring    Cloud Monitoring could not be reached at " + host + ":");
    answer.says("– may read            not checked: something before it failed");
    answer.says("7 fine, 1 failed, 5 not checked: it may pass");
  }

  @Test
  void aProjectThatDoesNotExistIsNamed() {
    site.cloud.always(LIST_TIME_SERIES, MonitoringFault.noProject());

    check(2)
        .begins(
            "✗ Cloud Monitoring    Cloud Monitoring does not know project acme: check"
                + " GOOGLE_CLOUD_PROJECT");
  }

  @Test
  void anApiThatIsNotEnabledIsToldApartFromARole() {
    site.cloud.always(
        LIST_TIME_SERIES,
        MonitoringFault.before(
            Status.PERMISSION_DENIED.withDescription(
                "Cloud Monitoring API has not been used in project 12 before or it is"
                    + " disabled.")));

    check(2)
        .begins(
            "✗ Cloud Monitoring    the Cloud Monitoring API is not enabled: run `gcloud services"
                + " enable monitoring.googleapis.com --project=acme`");
  }

  @Test
  void theMissingRoleToReadIsNamed() {
    site.cloud.always(LIST_TIME_SERIES, MonitoringFault.denied(LIST_TIME_SERIES));

    CheckAnswer answer = check(2);

    answer.begins("✓ Cloud Monitoring    answers at ");
    answer.begins(
        "✗ may read            the job's account may not read from Cloud Monitoring in project"
            + " acme: grant roles/monitoring.viewer, or a role with monitoring.timeSeries.list");
    answer.says("✓ may write           tried with a point that is too old to be taken");
    answer.says("– watermark           not checked: something before it failed");
    answer.says("– next window         not checked: something before it failed");
  }

  @Test
  void theMissingRoleToWriteIsNamed() {
    site.cloud.always(CREATE_TIME_SERIES, MonitoringFault.denied(CREATE_TIME_SERIES));

    CheckAnswer answer = check(2);

    answer.says("✓ may read            the watermark was looked for");
    answer.begins(
        "✗ may write           the job's account may not write to Cloud Monitoring in project acme:"
            + " grant roles/monitoring.metricWriter, or a role with monitoring.timeSeries.create");
    answer.says("12 fine, 1 failed, 0 not checked: it will not get better by itself");
  }

  @Test
  void anEmulatorNeedsNoProject() {
    site.environment.remove("GOOGLE_CLOUD_PROJECT");

    check(0).says("✓ project             prefect-gcm, as GOOGLE_CLOUD_PROJECT is not set");
  }

  @Test
  void aLocationThatGoogleDoesNotKnowIsTold() {
    site.environment.put("RESOURCE_LOCATION", "europe-west1-zz");

    CheckAnswer answer = check(2);

    answer.says(
        "✗ may write           points are rejected however old they are: Unrecognized region or"
            + " location.");
    answer.says("12 fine, 1 failed, 0 not checked: it will not get better by itself");
  }

  @Test
  void theJobDoesWithoutThePermissionToListDescriptors() {
    site.cloud.always(LIST_METRIC_DESCRIPTORS, MonitoringFault.denied(LIST_METRIC_DESCRIPTORS));

    check(0)
        .begins(
            "– descriptors         not checked: the job's account may not read descriptors from"
                + " Cloud Monitoring in project acme: grant roles/monitoring.metricWriter, or a"
                + " role with monitoring.metricDescriptors.list");
  }

  @Test
  void descriptorsThatCannotBeListedAreAFault() {
    site.cloud.always(
        LIST_METRIC_DESCRIPTORS,
        MonitoringFault.before(Status.UNKNOWN.withDescription("Something is wrong here.")));

    check(1)
        .says(
            "✗ descriptors         Cloud Monitoring failed to read descriptors from project acme"
                + " (UNKNOWN: Something is wrong here.)");
  }

  @Test
  void aDescriptorInTheWayIsAFault() {
    site.cloud.describe(
        "projects/acme",
        MetricDescriptor.newBuilder()
            .setType("custom.googleapis.com/prefect/exporter/up")
            .setMetricKind(MetricDescriptor.MetricKind.GAUGE)
            .setValueType(MetricDescriptor.ValueType.BOOL)
            .build());

    check(2)
        .says(
            "✗ descriptors         exporter/up: value type is BOOL, not INT64; set another"
                + " METRIC_PREFIX, or delete the descriptor and its data");
  }

  @Test
  void descriptorsThatTheJobMadeItselfAreNoFault() {
    // As Cloud Monitoring makes them at a first point: without texts and units.
    for (Entry entry : Catalog.ALL.entries()) {
      var made =
          MetricDescriptor.newBuilder()
              .setType("custom.googleapis.com/prefect/" + entry.metric().name())
              .setMetricKind(MetricDescriptor.MetricKind.valueOf(entry.metric().kind().name()))
              .setValueType(MetricDescriptor.ValueType.valueOf(entry.metric().valueType().name()));
      entry
          .metric()
          .labels()
          .forEach(label -> made.addLabels(LabelDescriptor.newBuilder().setKey(label.key())));
      site.cloud.describe("projects/acme", made.build());
    }

    check(0)
        .says(
            "✓ descriptors         "
                + METRICS
                + " of "
                + METRICS
                + " with other texts or units: `prefect-gcm descriptors`"
                + " shows them");
  }

  @Test
  void descriptorsThatWereAppliedAreAsTheyShouldBe() {
    assertEquals(0, site.command("descriptors", "--apply").code());

    check(0).says("✓ descriptors         all " + METRICS + " as they should be");
  }

  @Test
  void aWatermarkCanBeAheadOfPrefectsClock() {
    site.executeWell();
    site.prefect.onEvery(
        "/health", HttpFault.status(200, Map.of("date", "Sun, 01 Mar 2026 11:58:00 GMT"), "true"));

    check(0).says("✓ watermark           2026-03-01T12:00:00Z, 2 min ahead of now");
  }

  @Test
  void aJobThatNobodyStartsIsToldSo() {
    site.executeWell();
    site.now = site.now.plus(Duration.ofMinutes(15));

    CheckAnswer answer = check(1);

    answer.says(
        "✗ watermark           2026-03-01T12:00:00Z, 17 min ago: no execution has finished a window"
            + " since; look at the log of the last one, and whether anything starts the job every 5"
            + " min");
    answer.says(
        "✓ next window         2026-03-01T12:00:00Z to 2026-03-01T12:05:00Z, is due now, with 2"
            + " runs");
  }

  private CheckAnswer check(int code) {
    return CheckAnswer.of(site, code);
  }
}
