package io.github.prefectgcm.cloudmonitoring;

import com.google.cloud.monitoring.v3.MetricServiceClient;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesResponse;
import com.google.monitoring.v3.TimeSeries;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/** Reads the newest points back. */
record PointReader(
    MetricServiceClient client, RpcCalls calls, Requests requests, RpcFailureMessages diagnosis) {
  private static final Pattern NO_METRIC =
      Pattern.compile(
          "(?i)cannot find metric|could not find descriptor|not return any time series");

  private static final BinaryOperator<Point> LATER =
      BinaryOperator.maxBy((one, other) -> one.end().compareTo(other.end()));

  Optional<Point> newest(Series series, Instant since, Instant until) throws StoreException {
    if (!since.isBefore(until)) {
      return Optional.empty();
    }
    Metric metric = series.metric();
    ListTimeSeriesRequest request = requests.newest(series, since, until);
    ListTimeSeriesResponse page = page(metric, request);
    // A page may be empty and not be the last; the first point there is, is the newest.
    while (page.getTimeSeriesCount() == 0 && !page.getNextPageToken().isEmpty()) {
      page = page(metric, after(request, page));
    }
    return Optional.ofNullable(points(metric, page).get(series));
  }

  Map<Series, Point> newest(Metric metric, Instant since, Instant until) throws StoreException {
    if (!since.isBefore(until)) {
      return Map.of();
    }
    ListTimeSeriesRequest request = requests.all(metric, since, until);
    ListTimeSeriesResponse page = page(metric, request);
    Map<Series, Point> newest = points(metric, page);
    while (!page.getNextPageToken().isEmpty()) {
      page = page(metric, after(request, page));
      points(metric, page).forEach((series, point) -> newest.merge(series, point, LATER));
    }
    return newest;
  }

  private static ListTimeSeriesRequest after(
      ListTimeSeriesRequest request, ListTimeSeriesResponse page) {
    return request.toBuilder().setPageToken(page.getNextPageToken()).build();
  }

  private ListTimeSeriesResponse page(Metric metric, ListTimeSeriesRequest request)
      throws StoreException {
    try {
      ListTimeSeriesResponse page = calls.call(client.listTimeSeriesCallable(), request);
      if (page.getExecutionErrorsCount() > 0) {
        throw StoreException.passing(
            "reads of Cloud Monitoring are incomplete: "
                + RpcFailure.oneLine(page.getExecutionErrors(0).getMessage()));
      }
      return page;
    } catch (RpcException e) {
      if (isUnknown(metric, e.fault())) {
        return ListTimeSeriesResponse.getDefaultInstance();
      }
      throw diagnosis.explain(Access.READ, e.fault());
    }
  }

  /** Nothing was ever written to a metric that the server does not know. */
  private boolean isUnknown(Metric metric, RpcFailure fault) {
    boolean named = NO_METRIC.matcher(fault.text()).find();
    return switch (fault.code()) {
      case NOT_FOUND -> named || fault.text().contains(requests.type(metric));
      case INVALID_ARGUMENT -> named;
      default -> false;
    };
  }

  /** A series whose points are of another type than the metric's is not one of ours. */
  private static Map<Series, Point> points(Metric metric, ListTimeSeriesResponse page) {
    var points = new LinkedHashMap<Series, Point>();
    for (TimeSeries proto : page.getTimeSeriesList()) {
      Optional<Series> series = Requests.series(metric, proto);
      if (series.isPresent() && proto.getPointsCount() > 0) {
        PointProtos.read(metric, proto.getPoints(0))
            .ifPresent(point -> points.merge(series.get(), point, LATER));
      }
    }
    return points;
  }
}
