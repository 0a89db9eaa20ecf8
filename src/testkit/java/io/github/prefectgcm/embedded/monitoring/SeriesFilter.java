package io.github.prefectgcm.embedded.monitoring;

import io.grpc.Status;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter of equalities joined by AND, which names one metric type.
 *
 * @see <a href="https://cloud.google.com/monitoring/api/v3/filters">Monitoring filters</a>
 */
record SeriesFilter(
    String metricType,
    String resourceType,
    Map<String, String> metricLabels,
    Map<String, String> resourceLabels) {
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*([a-z]+)\\.(type|labels?\\.(\\w+))\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");

  static SeriesFilter parse(String text) {
    String metricType = "";
    String resourceType = "";
    var metricLabels = new TreeMap<String, String>();
    var resourceLabels = new TreeMap<String, String>();
    Matcher term = TERM.matcher(text);
    int at = 0;
    while (true) {
      term.region(at, text.length());
      if (!term.lookingAt()) {
        throw invalid(text);
      }
      String value = term.group(4).replaceAll("\\\\(.)", "$1");
      boolean ofMetric = term.group(1).equals("metric");
      if (!ofMetric && !term.group(1).equals("resource")) {
        throw invalid(text);
      }
      if (!term.group(2).equals("type")) {
        (ofMetric ? metricLabels : resourceLabels).put(term.group(3), value);
      } else if (ofMetric) {
        metricType = value;
      } else {
        resourceType = value;
      }
      if (term.end() == text.length()) {
        break;
      }
      if (!text.startsWith("AND ", term.end())) {
        throw invalid(text);
      }
      at = term.end() + "AND ".length();
    }
    if (metricType.isEmpty()) {
      throw invalid(text);
    }
    return new SeriesFilter(metricType, resourceType, metricLabels, resourceLabels);
  }

  boolean matches(StoredSeries series) {
    return series.metricType().equals(metricType)
        && (resourceType.isEmpty() || series.resourceType().equals(resourceType))
        && metricLabels.entrySet().stream()
            .allMatch(label -> series.label(label.getKey()).equals(label.getValue()))
        && resourceLabels.entrySet().stream().allMatch(label -> inResource(series, label));
  }

  private static boolean inResource(StoredSeries series, Map.Entry<String, String> label) {
    return label.getKey().equals("project_id")
        ? series.project().equals(label.getValue())
        : series.resourceLabels().getOrDefault(label.getKey(), "").equals(label.getValue());
  }

  private static RuntimeException invalid(String text) {
    return Status.INVALID_ARGUMENT
        .withDescription(
            "Field filter had an invalid value of \"%s\": The filter must specify one metric type, and be made of equalities joined by AND."
                .formatted(text))
        .asRuntimeException();
  }
}
