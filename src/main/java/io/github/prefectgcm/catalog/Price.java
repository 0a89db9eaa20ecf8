package io.github.prefectgcm.catalog;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.ValueType;
import java.time.Duration;
import java.util.Collection;

/**
 * What Cloud Monitoring asks for some series in a month of 30 days, if each gets a point in every
 * period and one execution a period reads back what it builds upon. List prices in US dollars of
 * November 2026, from <a href="https://cloud.google.com/stackdriver/pricing">Google Cloud
 * Observability pricing</a>; what is free is free once for a billing account.
 *
 * @param numbers series of whole numbers and decimals
 * @param distributions series of distributions
 * @param readBack series of either kind that every execution reads
 */
public record Price(long numbers, long distributions, long readBack, Duration period) {
  private static final long NUMBER_BYTES = 8;
  private static final long DISTRIBUTION_BYTES = 80;
  private static final double FREE_MIB = 150;

  /** Dollars for a MiB, and up to which MiB a month. */
  private static final double[][] STEPS = {
    {0.2580, 100_000}, {0.1510, 250_000}, {0.0610, Double.MAX_VALUE}
  };

  private static final double FREE_READS = 1_000_000;
  private static final double DOLLARS_PER_READ = 0.50 / 1_000_000;
  private static final double MONTH_SECONDS = 30 * 86_400;

  /** Of the series of a catalogue, whatever they are. */
  public static Price of(Catalog catalog, Collection<Series> series, Duration period) {
    long distributions = series.stream().filter(each -> isDistribution(each.metric())).count();
    long readBack = series.stream().filter(each -> catalog.readsBack(each.metric())).count();
    return new Price(series.size() - distributions, distributions, readBack, period);
  }

  /** Bytes that Google bills for a point of a metric. */
  public static long bytes(Metric metric) {
    return isDistribution(metric) ? DISTRIBUTION_BYTES : NUMBER_BYTES;
  }

  private static boolean isDistribution(Metric metric) {
    return metric.valueType() == ValueType.DISTRIBUTION;
  }

  public long series() {
    return numbers + distributions;
  }

  /** MiB a month. */
  public double mib() {
    double bytes = numbers * (double) NUMBER_BYTES + distributions * (double) DISTRIBUTION_BYTES;
    return bytes * executions() / (1024 * 1024);
  }

  /** Series returned a month. */
  public double reads() {
    return readBack * executions();
  }

  private double executions() {
    return MONTH_SECONDS / period.toSeconds();
  }

  /** Dollars a month for the points, as if nothing were free. */
  public double listed() {
    return dollars(mib());
  }

  /** Dollars a month for points and reads, beyond what is free. */
  public double total() {
    double points = Math.max(0, dollars(mib()) - dollars(Math.min(FREE_MIB, mib())));
    return points + Math.max(0, reads() - FREE_READS) * DOLLARS_PER_READ;
  }

  private static double dollars(double mib) {
    double dollars = 0;
    double from = 0;
    for (double[] step : STEPS) {
      dollars += Math.max(0, Math.min(mib, step[1]) - from) * step[0];
      from = step[1];
    }
    return dollars;
  }
}
