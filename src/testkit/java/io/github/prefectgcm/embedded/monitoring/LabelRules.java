package io.github.prefectgcm.embedded.monitoring;

import com.google.api.Metric;
import java.util.regex.Pattern;

/**
 * What metric types and labels may look like.
 *
 * @see <a href="https://cloud.google.com/monitoring/api/v3/naming-conventions">Naming
 *     conventions</a>
 * @see <a href="https://cloud.google.com/monitoring/quotas#custom_metrics_quotas">Limits</a>
 */
final class LabelRules {
  private static final int MAX_TYPE = 200;
  private static final int MAX_LABELS = 30;
  private static final int MAX_KEY = 100;
  private static final int MAX_VALUE = 1024;
  private static final Pattern TYPE =
      Pattern.compile(
          "(custom|external|workload|prometheus)\\.googleapis\\.com(/[A-Za-z0-9_.-]+)+");
  private static final Pattern KEY = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*");

  private LabelRules() {}

  static void check(String series, Metric metric) throws RefusedSeries {
    checkType(series + ".metric.type", metric.getType());
    if (metric.getLabelsCount() > MAX_LABELS) {
      throw RefusedSeries.field(
          "labels",
          "When creating metric %s: the metric has more than %d labels."
              .formatted(metric.getType(), MAX_LABELS));
    }
    for (String key : metric.getLabelsMap().keySet().stream().sorted().toList()) {
      checkKey(series + ".metric.labels", key);
      checkValue(series + ".metric.labels", key, metric.getLabelsOrThrow(key));
    }
  }

  static void checkType(String field, String type) throws RefusedSeries {
    if (!TYPE.matcher(type).matches() || type.length() > MAX_TYPE) {
      throw RefusedSeries.field(
          field,
          type,
          "The metric type must be a URL-formatted string with a domain and non-empty path.");
    }
  }

  static void checkKey(String field, String key) throws RefusedSeries {
    if (!KEY.matcher(key).matches()) {
      throw RefusedSeries.field(field, key, "Label key contains invalid characters.");
    }
    if (key.length() > MAX_KEY) {
      throw RefusedSeries.field(field, key, "Label key is longer than 100 characters.");
    }
  }

  static void checkValue(String field, String key, String value) throws RefusedSeries {
    if (value.length() > MAX_VALUE) {
      throw RefusedSeries.field(field, key, "Label value is longer than 1024 characters.");
    }
  }
}
