package io.github.prefectgcm.embedded.monitoring;

import com.google.api.LabelDescriptor;
import com.google.api.Metric;
import com.google.api.MetricDescriptor;
import com.google.api.MonitoredResource;
import com.google.monitoring.v3.Aggregation;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesRequest.TimeSeriesView;
import com.google.monitoring.v3.ListTimeSeriesResponse;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeInterval;
import com.google.monitoring.v3.TimeSeries;
import com.google.rpc.Code;
import io.grpc.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers reads of raw points.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/list">projects.timeSeries.list</a>
 */
record Listing(Descriptors descriptors, SeriesStore store) {
  private static final int MAX_PAGE = 100_000;

  private record Found(StoredSeries series, List<StoredPoint> points) {}

  ListTimeSeriesResponse list(
      ListTimeSeriesRequest request, Instant now, MonitoringOptions options) {
    checkSupported(request);
    var filter = SeriesFilter.parse(request.getFilter());
    TimeInterval interval = request.getInterval();
    Instant since = PacificTime.instant(interval.getStartTime());
    Instant until = PacificTime.instant(interval.getEndTime());
    if (!interval.hasStartTime() || !interval.hasEndTime() || !since.isBefore(until)) {
      throw invalid("interval", "Both times must be set, and the start be before the end.");
    }
    var descriptor =
        descriptors.find(
            request.getName(), filter.metricType(), now.minus(options.descriptorDelay()));
    if (descriptor.isEmpty()) {
      if (options.emptyForUnknownMetric()) {
        return ListTimeSeriesResponse.getDefaultInstance();
      }
      throw Status.NOT_FOUND
          .withDescription(
              "Cannot find metric(s) that match type = \"%s\". If a metric was created recently, it could take up to 10 minutes to become available. Please try again soon."
                  .formatted(filter.metricType()))
          .asRuntimeException();
    }
    checkLabels(filter, descriptor.get());

    var found = new ArrayList<Found>();
    for (StoredSeries series : store.series()) {
      if (request.getName().equals("projects/" + series.project()) && filter.matches(series)) {
        List<StoredPoint> points = store.visible(series, since, until, now, options);
        if (!points.isEmpty()) {
          found.add(new Found(series, points));
        }
      }
    }
    if (options.executionErrors() && !found.isEmpty()) {
      found.removeFirst();
    }
    return page(request, found, descriptor.get(), options);
  }

  private static void checkSupported(ListTimeSeriesRequest request) {
    if (!request.getOrderBy().isEmpty()) {
      throw invalid("orderBy", "Ordering is not supported; it must be empty.");
    }
    if (request.getView() != TimeSeriesView.FULL
        || !request.getAggregation().equals(Aggregation.getDefaultInstance())
        || request.hasSecondaryAggregation()) {
      throw Status.UNIMPLEMENTED
          .withDescription("The embedded server lists raw points, view FULL, only.")
          .asRuntimeException();
    }
  }

  private static void checkLabels(SeriesFilter filter, MetricDescriptor descriptor) {
    List<String> keys = descriptor.getLabelsList().stream().map(LabelDescriptor::getKey).toList();
    String resource = filter.resourceType();
    if (!keys.containsAll(filter.metricLabels().keySet())
        || !filter.resourceLabels().keySet().stream()
            .allMatch(key -> resource.isEmpty() || ResourceRules.hasLabel(resource, key))) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "The supplied filter does not specify a valid combination of metric and monitored"
                  + " resource descriptors. The query will not return any time series.")
          .asRuntimeException();
    }
  }

  /** A page holds so many points, of as many series as it takes; a token is where to go on. */
  private static ListTimeSeriesResponse page(
      ListTimeSeriesRequest request,
      List<Found> found,
      MetricDescriptor descriptor,
      MonitoringOptions options) {
    var response = ListTimeSeriesResponse.newBuilder().setUnit(descriptor.getUnit());
    int skip = offset(request.getPageToken());
    int end = skip + pageSize(request.getPageSize());
    int at = 0;
    for (Found series : found) {
      int size = series.points().size();
      int from = Math.clamp(skip - at, 0, size);
      int to = Math.clamp(end - at, 0, size);
      if (from < to) {
        response.addTimeSeries(
            answer(series.series(), series.points().subList(from, to), descriptor, options));
      }
      at += size;
    }
    if (at > end) {
      response.setNextPageToken("points:" + end);
    }
    if (options.executionErrors()) {
      response.addExecutionErrors(
          com.google.rpc.Status.newBuilder()
              .setCode(Code.UNAVAILABLE_VALUE)
              .setMessage("Some time series could not be read."));
    }
    return response.build();
  }

  private static int pageSize(int asked) {
    return asked <= 0 ? MAX_PAGE : Math.min(asked, MAX_PAGE);
  }

  private static int offset(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    if (!token.matches("points:\\d{1,9}")) {
      throw invalid("pageToken", "The page token is not one of ours.");
    }
    return Integer.parseInt(token.substring("points:".length()));
  }

  private static TimeSeries answer(
      StoredSeries series,
      List<StoredPoint> points,
      MetricDescriptor descriptor,
      MonitoringOptions options) {
    Map<String, String> resourceLabels = new TreeMap<>(series.resourceLabels());
    resourceLabels.put("project_id", series.project());
    return TimeSeries.newBuilder()
        .setMetric(
            Metric.newBuilder()
                .setType(series.metricType())
                .putAllLabels(shown(series.labels(), options)))
        .setResource(
            MonitoredResource.newBuilder()
                .setType(series.resourceType())
                .putAllLabels(shown(resourceLabels, options)))
        .setMetricKind(series.kind())
        .setValueType(series.valueType())
        .setUnit(descriptor.getUnit())
        .addAllPoints(points.stream().map(Listing::answer).toList())
        .build();
  }

  private static Map<String, String> shown(Map<String, String> labels, MonitoringOptions options) {
    var shown = new TreeMap<>(labels);
    shown.values().removeIf(value -> options.emptyLabelsLeftOut() && value.isEmpty());
    return shown;
  }

  private static Point answer(StoredPoint point) {
    return Point.newBuilder()
        .setInterval(
            TimeInterval.newBuilder()
                .setStartTime(PacificTime.timestamp(point.start()))
                .setEndTime(PacificTime.timestamp(point.end())))
        .setValue(point.value())
        .build();
  }

  private static RuntimeException invalid(String field, String why) {
    return Status.INVALID_ARGUMENT
        .withDescription("Field %s had an invalid value: %s".formatted(field, why))
        .asRuntimeException();
  }
}
