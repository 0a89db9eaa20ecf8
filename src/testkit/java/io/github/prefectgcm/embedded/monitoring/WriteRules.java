package io.github.prefectgcm.embedded.monitoring;

import com.google.api.MetricDescriptor;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.Point;
import com.google.monitoring.v3.TimeSeries;
import io.github.prefectgcm.embedded.monitoring.IntervalRules.Interval;
import io.grpc.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stores the series of a request that keep all rules, and refuses the others.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/create">projects.timeSeries.create</a>
 */
final class WriteRules {
  private static final int MAX_SERIES = 200;

  private final Descriptors descriptors;
  private final SeriesStore store;
  private final List<Poison> poisons = Collections.synchronizedList(new ArrayList<>());
  private final List<Violation> violations = Collections.synchronizedList(new ArrayList<>());

  WriteRules(Descriptors descriptors, SeriesStore store) {
    this.descriptors = descriptors;
    this.store = store;
  }

  List<Poison> poisons() {
    return poisons;
  }

  List<Violation> violations() {
    return violations;
  }

  void write(CreateTimeSeriesRequest request, Instant now, MonitoringOptions options) {
    int count = request.getTimeSeriesCount();
    if (count == 0) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "Field timeSeries had an invalid value: At least one TimeSeries must be specified.")
          .asRuntimeException();
    }
    if (count > MAX_SERIES) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "Field timeSeries had an invalid value: A maximum of 200 TimeSeries can be written in"
                  + " a single request.")
          .asRuntimeException();
    }
    var refusals = new Refusals();
    var seen = new HashSet<StoredSeries>();
    for (int i = 0; i < count; i++) {
      TimeSeries series = request.getTimeSeries(i);
      try {
        write(request.getName(), "timeSeries[" + i + "]", series, seen, now, options);
      } catch (RefusedSeries refused) {
        refusals.add(i, series, refused);
      }
    }
    if (!refusals.isEmpty()) {
      throw refusals.error(count, options);
    }
  }

  private void write(
      String project,
      String field,
      TimeSeries written,
      Set<StoredSeries> seen,
      Instant now,
      MonitoringOptions options)
      throws RefusedSeries {
    LabelRules.check(field, written.getMetric());
    if (written.getPointsCount() != 1) {
      throw RefusedSeries.field(field, "Only one point can be written per TimeSeries per request.");
    }
    ResourceRules.check(field, written.getResource());
    MetricDescriptor descriptor =
        descriptors.fitting(project, field, written, options.unknownLabelsAdded());
    Point point = written.getPoints(0);
    if (point.getValue().hasDistributionValue()) {
      DistributionRules.check(
          field + ".points[0].value.distribution_value", point.getValue().getDistributionValue());
    }
    Interval interval =
        new IntervalRules(
                field + ".points[0].interval", descriptor.getType(), descriptor.getMetricKind())
            .check(point.getInterval(), now);
    StoredSeries series = stored(project, written, descriptor);
    if (!seen.add(series)) {
      throw RefusedSeries.field(
          field,
          "Duplicate TimeSeries encountered. Only one point can be written per TimeSeries per"
              + " request.");
    }
    for (Poison poison : poisons.toArray(Poison[]::new)) {
      if (poison.series().test(written)) {
        throw new RefusedSeries(poison.text());
      }
    }
    store.checkOrder(series, interval, options);

    var taken = new StoredPoint(interval.start(), interval.end(), now, point.getValue());
    for (String text : Suspicions.of(descriptor, written, taken, store.newest(series))) {
      violations.add(new Violation(series, text));
    }
    if (!descriptors.find(project, descriptor.getType()).equals(Optional.of(descriptor))) {
      descriptors.put(project, descriptor, now);
    }
    store.add(series, taken);
  }

  private static StoredSeries stored(
      String project, TimeSeries written, MetricDescriptor descriptor) {
    var resourceLabels = new TreeMap<>(written.getResource().getLabelsMap());
    resourceLabels.remove("project_id");
    return new StoredSeries(
        project.substring("projects/".length()),
        descriptor.getType(),
        new TreeMap<>(written.getMetric().getLabelsMap()),
        written.getResource().getType(),
        resourceLabels,
        descriptor.getMetricKind(),
        descriptor.getValueType());
  }
}
