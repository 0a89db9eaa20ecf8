package io.github.prefectgcm.embedded.monitoring;

import static io.github.prefectgcm.embedded.monitoring.ValidSeries.COUNT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.NOON;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.PROJECT;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.counter;
import static io.github.prefectgcm.embedded.monitoring.ValidSeries.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.LabelDescriptor;
import com.google.api.LaunchStage;
import com.google.api.MetricDescriptor;
import com.google.api.MetricDescriptor.MetricDescriptorMetadata;
import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import com.google.monitoring.v3.CreateMetricDescriptorRequest;
import com.google.monitoring.v3.GetMetricDescriptorRequest;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.ListMetricDescriptorsResponse;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.util.Durations;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Descriptors, and how series must fit them. */
class EmbeddedCloudMonitoringDescriptorsTest {
  private static final Instant START = NOON.minus(Duration.ofMinutes(5));
  private static final MetricDescriptor FINISHED =
      MetricDescriptor.newBuilder()
          .setType(COUNT)
          .setMetricKind(MetricKind.CUMULATIVE)
          .setValueType(ValueType.INT64)
          .setUnit("{runs}")
          .addLabels(label("flow_name"))
          .build();

  private final EmbeddedCloudMonitoring cloud =
      new EmbeddedCloudMonitoring(
          InstantSource.fixed(NOON), MonitoringOptions.DEFAULT.withShape(RefusalShape.YEAR_2019));

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void firstPointCreatesTheDescriptor() {
    write(counter("etl", START, NOON, 1).setUnit("{runs}"));
    assertEquals(
        FINISHED.toBuilder().setName(PROJECT + "/metricDescriptors/" + COUNT).build(), get(COUNT));
  }

  @Test
  void kindIsGaugeUnlessToldOtherwise() {
    write(counter("etl", NOON, NOON, 1).setMetricKind(MetricKind.METRIC_KIND_UNSPECIFIED));
    assertEquals(MetricKind.GAUGE, get(COUNT).getMetricKind());
  }

  @Test
  void refusedPointCreatesNothing() {
    assertRefused(
        "Unrecognized region or location.",
        change(
            counter("etl", START, NOON, 1),
            series -> series.getResourceBuilder().putLabels("location", "")));
    assertError(
        "NOT_FOUND: Could not find descriptor for metric '%s'.".formatted(COUNT), () -> get(COUNT));
  }

  @Test
  void otherKindIsRefused() {
    create(FINISHED.toBuilder().setMetricKind(MetricKind.GAUGE).build());
    assertRefused(
        "Metric kind for metric %s must be GAUGE, but is CUMULATIVE.".formatted(COUNT),
        counter("etl", START, NOON, 1));
  }

  @Test
  void otherValueTypeIsRefused() {
    create(FINISHED.toBuilder().setValueType(ValueType.DOUBLE).build());
    assertRefused(
        "Value type for metric %s must be DOUBLE, but is INT64.".formatted(COUNT),
        counter("etl", START, NOON, 1));
  }

  @Test
  void unknownLabelIsRefused() {
    create(FINISHED);
    assertRefused(
        "Field timeSeries[0].metric.labels[1] had an invalid value of \"state\": Unrecognized"
            + " metric label.",
        change(
            counter("etl", START, NOON, 1),
            series -> series.getMetricBuilder().putLabels("state", "failed")));
  }

  @Test
  void unknownLabelCanBeAddedInstead() {
    cloud.configure(options -> options.withUnknownLabelsAdded(true));
    create(FINISHED);
    write(
        change(
            counter("etl", START, NOON, 1),
            series -> series.getMetricBuilder().putLabels("state", "failed")));
    assertEquals(List.of(label("flow_name"), label("state")), get(COUNT).getLabelsList());
  }

  @Test
  void updateKeepsLabelsAndChangesWords() {
    create(FINISHED);
    create(
        FINISHED.toBuilder()
            .clearLabels()
            .addLabels(label("state"))
            .setDescription("Runs that ended.")
            .build());
    assertEquals(List.of(label("flow_name"), label("state")), get(COUNT).getLabelsList());
    assertEquals("Runs that ended.", get(COUNT).getDescription());
  }

  @Test
  void updateCannotChangeTheKind() {
    create(FINISHED);
    assertError(
        "INVALID_ARGUMENT: Field metricDescriptor had an invalid value: The kind and value type of"
            + " a metric cannot be changed.",
        () -> create(FINISHED.toBuilder().setMetricKind(MetricKind.GAUGE).build()));
  }

  @Test
  void projectsHaveTheirOwn() {
    create(FINISHED);
    assertEquals(List.of(get(COUNT)), list(PROJECT));
    assertEquals(List.of(), list("projects/other"));
  }

  @Test
  void updateCannotChangeTheTypeOfALabel() {
    create(FINISHED);
    assertError(
        "INVALID_ARGUMENT: Field metricDescriptor.labels had an invalid value of \"flow_name\": The"
            + " value type of a label cannot be changed.",
        () ->
            create(
                FINISHED.toBuilder()
                    .setLabels(
                        0,
                        label("flow_name").toBuilder()
                            .setValueType(LabelDescriptor.ValueType.INT64))
                    .build()));
  }

  @Test
  void updateChangesTheWordsOfALabel() {
    create(FINISHED);
    LabelDescriptor described = label("flow_name").toBuilder().setDescription("Its name.").build();
    create(FINISHED.toBuilder().setLabels(0, described).build());
    assertEquals(List.of(described), get(COUNT).getLabelsList());
  }

  @Test
  void answersLeaveOutTheMetadata() {
    create(
        FINISHED.toBuilder()
            .setLaunchStage(LaunchStage.GA)
            .setMetadata(
                MetricDescriptorMetadata.newBuilder().setSamplePeriod(Durations.fromMinutes(5)))
            .build());
    MetricDescriptor shown =
        FINISHED.toBuilder().setName(PROJECT + "/metricDescriptors/" + COUNT).build();
    assertEquals(shown, get(COUNT));
    assertEquals(List.of(shown), list(PROJECT));
  }

  @Test
  void listCanBeLimitedToAPrefixAndComesInPages() {
    for (String name : List.of("a/one", "a/two", "ab", "a/three")) {
      create(FINISHED.toBuilder().setType("custom.googleapis.com/" + name).build());
    }
    var types = new ArrayList<List<String>>();
    var request =
        ListMetricDescriptorsRequest.newBuilder()
            .setName(PROJECT)
            .setFilter("metric.type = starts_with(\"custom.googleapis.com/a/\")")
            .setPageSize(2);
    do {
      ListMetricDescriptorsResponse page = cloud.stub().listMetricDescriptors(request.build());
      types.add(page.getMetricDescriptorsList().stream().map(MetricDescriptor::getType).toList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertEquals(
        List.of(
            List.of("custom.googleapis.com/a/one", "custom.googleapis.com/a/three"),
            List.of("custom.googleapis.com/a/two")),
        types);
  }

  @Test
  void newOneCanStayHiddenForAWhile() {
    cloud.configure(options -> options.withDescriptorDelay(Duration.ofMinutes(1)));
    create(FINISHED);
    cloud.setNow(NOON.plusSeconds(59));
    assertError(
        "NOT_FOUND: Could not find descriptor for metric '%s'.".formatted(COUNT), () -> get(COUNT));
    assertEquals(List.of(), list(PROJECT));
    cloud.setNow(NOON.plusSeconds(60));
    assertEquals(COUNT, get(COUNT).getType());
  }

  private MetricDescriptor create(MetricDescriptor descriptor) {
    return cloud
        .stub()
        .createMetricDescriptor(
            CreateMetricDescriptorRequest.newBuilder()
                .setName(PROJECT)
                .setMetricDescriptor(descriptor)
                .build());
  }

  private MetricDescriptor get(String type) {
    return cloud
        .stub()
        .getMetricDescriptor(
            GetMetricDescriptorRequest.newBuilder()
                .setName(PROJECT + "/metricDescriptors/" + type)
                .build());
  }

  private List<MetricDescriptor> list(String project) {
    return cloud
        .stub()
        .listMetricDescriptors(ListMetricDescriptorsRequest.newBuilder().setName(project).build())
        .getMetricDescriptorsList();
  }

  private void write(TimeSeries.Builder... series) {
    var _ = cloud.stub().createTimeSeries(request(series));
  }

  private void assertRefused(String text, TimeSeries.Builder series) {
    assertError(
        "INVALID_ARGUMENT: One or more TimeSeries could not be written: "
            + text
            + ": timeSeries[0]",
        () -> write(series));
  }

  private static void assertError(String message, Executable call) {
    assertEquals(message, assertThrows(StatusRuntimeException.class, call).getMessage());
  }

  private static TimeSeries.Builder change(
      TimeSeries.Builder series, Consumer<TimeSeries.Builder> change) {
    change.accept(series);
    return series;
  }

  private static LabelDescriptor label(String key) {
    return LabelDescriptor.newBuilder().setKey(key).build();
  }
}
