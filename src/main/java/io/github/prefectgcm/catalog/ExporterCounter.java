package io.github.prefectgcm.catalog;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import java.util.List;

/**
 * A counter of the job's own doings, which every execution continues whatever happened to Prefect.
 *
 * @param series all its series
 */
public record ExporterCounter(Metric metric, List<Series> series) implements Entry {
  public ExporterCounter {
    series = List.copyOf(series);
  }
}
