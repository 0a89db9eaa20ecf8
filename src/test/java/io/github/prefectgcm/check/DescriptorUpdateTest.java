package io.github.prefectgcm.check;

import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.CREATE_METRIC_DESCRIPTOR;
import static io.github.prefectgcm.embedded.monitoring.MonitoringMethod.LIST_METRIC_DESCRIPTORS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.LabelDescriptor;
import com.google.api.MetricDescriptor;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.v3.CreateMetricDescriptorRequest;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.protobuf.util.Durations;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code prefect-gcm descriptors} shows, and what it does to the project. */
class DescriptorUpdateTest {
  private static final int METRICS = Catalog.ALL.entries().size();
  private static final MetricDescriptor PAUSED =
      MetricDescriptor.newBuilder()
          .setType("custom.googleapis.com/prefect/work_pool/paused")
          .setMetricKind(MetricKind.GAUGE)
          .setValueType(ValueType.INT64)
          .setUnit("1")
          .setDisplayName("Work pool paused")
          .setDescription("Old.")
          .addLabels(
              LabelDescriptor.newBuilder()
                  .setKey("work_pool_name")
                  .setDescription("Name of the work pool; empty for a run that uses none."))
          .build();

  private final Site site = new Site();

  @BeforeEach
  void prefectIsNotNeeded() {
    site.environment.keySet().removeIf(name -> name.startsWith("PREFECT_"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void whatIsMissingIsShownAndNotMade() {
    Site.Ending ending = site.command("descriptors");

    assertEquals(0, ending.code());
    assertEquals("+ create  flow_run/finished_count", ending.out().get(0));
    assertEquals("            CUMULATIVE INT64", ending.out().get(1));
    assertEquals(
        METRICS
            + " descriptors to create or change, nothing is done yet: `prefect-gcm descriptors"
            + " --apply` does it",
        ending.out().getLast());
    assertEquals(List.of(), descriptors());
    assertEquals(0, site.cloud.log().count(CREATE_METRIC_DESCRIPTOR));
  }

  @Test
  void whatIsMissingIsMade() {
    site.environment.put("PERIOD", "15m");

    Site.Ending ending = site.command("descriptors", "--apply");

    assertEquals(0, ending.code());
    assertEquals(
        METRICS
            + " descriptors created or changed; Cloud Monitoring may take some minutes to show it",
        ending.out().getLast());
    assertEquals(METRICS, descriptors().size());
    var request =
        (CreateMetricDescriptorRequest)
            site.cloud.log().last(CREATE_METRIC_DESCRIPTOR).orElseThrow();
    assertEquals("projects/acme", request.getName());
    MetricDescriptor.MetricDescriptorMetadata metadata =
        request.getMetricDescriptor().getMetadata();
    assertEquals(Durations.fromMinutes(15), metadata.getSamplePeriod());
    assertEquals(Durations.fromMinutes(16), metadata.getIngestDelay());
  }

  @Test
  void aSecondTimeThereIsNothingToDo() {
    site.command("descriptors", "--apply");

    Site.Ending ending = site.command("descriptors", "--apply");

    assertEquals(0, ending.code());
    assertEquals(METRICS + 1, ending.out().size());
    assertTrue(ending.out().contains("= same    exporter/up"));
    assertEquals("nothing to do: all " + METRICS + " as they should be", ending.out().getLast());
    assertEquals(METRICS, site.cloud.log().count(CREATE_METRIC_DESCRIPTOR));
  }

  @Test
  void whatSaysSomethingElseIsShownThingByThing() {
    create(PAUSED);

    Site.Ending ending = site.command("descriptors");

    int at = ending.out().indexOf("~ change  work_pool/paused");
    assertEquals(
        List.of(
            "            description: \"Old.\" -> \"1 if the work pool is paused, else 0.\"",
            "            new label work_pool_type: \"\" -> \"Type of the work pool, such as process"
                + " or kubernetes.\""),
        ending.out().subList(at + 1, at + 3));
    assertEquals(List.of(PAUSED), nameless(descriptors()));
  }

  @Test
  void whatSaysSomethingElseIsChanged() {
    create(PAUSED);

    assertEquals(0, site.command("descriptors", "--apply").code());

    MetricDescriptor paused =
        descriptors().stream()
            .filter(each -> each.getType().equals(PAUSED.getType()))
            .findFirst()
            .orElseThrow();
    assertEquals("1 if the work pool is paused, else 0.", paused.getDescription());
    assertEquals(2, paused.getLabelsCount());
  }

  @Test
  void nothingIsChangedIfOneIsOfAnotherKind() {
    create(PAUSED.toBuilder().setMetricKind(MetricKind.CUMULATIVE).build());

    Site.Ending ending = site.command("descriptors", "--apply");

    assertEquals(2, ending.code());
    int at = ending.out().indexOf("! refused work_pool/paused");
    assertEquals("            metric kind is CUMULATIVE, not GAUGE", ending.out().get(at + 1));
    assertEquals(
        "nothing is changed: the kind, the value type and the labels of a descriptor are for good;"
            + " set another METRIC_PREFIX, or delete the descriptor and its data",
        ending.out().getLast());
    assertEquals(1, descriptors().size());
  }

  @Test
  void aConflictIsAnErrorInCloudLogging() {
    create(PAUSED.toBuilder().setValueType(ValueType.DOUBLE).build());
    site.environment.put("LOG_FORMAT", "json");

    Site.Ending ending = site.command("descriptors");

    assertEquals(2, ending.code());
    assertEquals(METRICS + 1, ending.out().size());
    assertTrue(
        ending
            .out()
            .contains(
                "{\"severity\":\"ERROR\",\"message\":\"! refused work_pool/paused: value type is"
                    + " DOUBLE, not INT64\",\"metric\":\"work_pool/paused\"}"));
  }

  @Test
  void aConcurrentEditIsTriedAgain() {
    site.cloud.fault(
        CREATE_METRIC_DESCRIPTOR,
        3,
        MonitoringFault.before(Status.ABORTED.withDescription("Too many concurrent edits.")));

    assertEquals(0, site.command("descriptors", "--apply").code());
    assertEquals(METRICS, descriptors().size());
  }

  @Test
  void theMissingRoleToCreateIsNamed() {
    site.cloud.always(CREATE_METRIC_DESCRIPTOR, MonitoringFault.denied(CREATE_METRIC_DESCRIPTOR));

    Site.Ending ending = site.command("descriptors", "--apply");

    assertEquals(2, ending.code());
    assertEquals(
        List.of(
            "error: the job's account may not write descriptors to Cloud Monitoring in project"
                + " acme: grant roles/monitoring.metricWriter, or a role with"
                + " monitoring.metricDescriptors.create (PERMISSION_DENIED: Permission"
                + " monitoring.metricDescriptors.create denied (or the resource may not exist).)"),
        ending.err());
  }

  @Test
  void aServerInTroubleMayPass() {
    site.environment.put("LOG_FORMAT", "json");
    site.cloud.always(
        LIST_METRIC_DESCRIPTORS,
        MonitoringFault.before(Status.UNKNOWN.withDescription("Something is wrong here.")));

    Site.Ending ending = site.command("descriptors");

    assertEquals(1, ending.code());
    assertEquals(
        List.of(
            "{\"severity\":\"ERROR\",\"message\":\"Cloud Monitoring failed to read descriptors"
                + " from project acme (UNKNOWN: Something is wrong here.)\",\"exit_code\":1}"),
        ending.lines());
  }

  @Test
  void aDryRunChangesNothing() {
    site.environment.put("DRY_RUN", "true");

    Site.Ending ending = site.command("descriptors", "--apply");

    assertEquals(0, ending.code());
    assertEquals(
        List.of("warning: DRY_RUN is set, so no descriptor is created or changed"), ending.err());
    assertEquals("+ create  flow_run/finished_count", ending.out().getFirst());
    assertEquals(0, site.cloud.log().count(CREATE_METRIC_DESCRIPTOR));
  }

  @Test
  void onlyItsOwnSettingsMatter() {
    site.environment.put("BACKFILL", "never");
    assertEquals(0, site.command("descriptors").code());

    site.environment.put("PERIOD", "7m");
    Site.Ending ending = site.command("descriptors");

    assertEquals(2, ending.code());
    assertEquals(
        List.of("error: PERIOD is \"7m\"; it must be a divisor of 24 h, such as 5m"),
        ending.lines());
  }

  @Test
  void otherPrefixesAreLeftAlone() {
    create(PAUSED.toBuilder().setType("custom.googleapis.com/prefect_old/exporter/up").build());
    site.environment.put("METRIC_PREFIX", "custom.googleapis.com/prefect_new");

    site.command("descriptors", "--apply");

    assertEquals(METRICS + 1, descriptors().size());
  }

  private void create(MetricDescriptor descriptor) {
    site.cloud.describe("projects/acme", descriptor);
  }

  private static List<MetricDescriptor> nameless(List<MetricDescriptor> descriptors) {
    return descriptors.stream().map(each -> each.toBuilder().clearName().build()).toList();
  }

  private List<MetricDescriptor> descriptors() {
    return site.cloud
        .stub()
        .listMetricDescriptors(
            ListMetricDescriptorsRequest.newBuilder().setName("projects/acme").build())
        .getMetricDescriptorsList();
  }
}
