package io.github.prefectgcm.query;

import io.github.prefectgcm.embedded.monitoring.StoredSeries;
import io.github.prefectgcm.vocabulary.KnownMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A <a href="https://cloud.google.com/monitoring/api/v3/filters">filter of time series</a>, as far
 * as dashboards need it: terms of labels and their values, all of which have to be met.
 */
record MetricFilter(List<Condition> conditions) {
  private static final Pattern TERM =
      Pattern.compile(
          "\\s*(?<key>[a-z_.]+)\\s*=\\s*(?:\"(?<value>[^\"]*)\""
              + "|(?<function>one_of|starts_with|monitoring\\.regex\\.full_match)"
              + "\\((?<values>[^)]*)\\))\\s*(?:AND\\b|$)");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"\\s*(?:,|$)\\s*");
  private static final String METRIC_TYPE = "metric.type";
  private static final String RESOURCE_TYPE = "resource.type";

  MetricFilter {
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads a filter of Cloud Monitoring.
   *
   * @throws IllegalArgumentException if it is none, or more than dashboards need
   */
  static MetricFilter parse(String text) {
    var conditions = new ArrayList<Condition>();
    Matcher term = TERM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!term.find(at) || term.start() != at) {
        throw new IllegalArgumentException("no filter: " + text.substring(at));
      }
      conditions.add(condition(term));
      at = term.end();
    }
    return new MetricFilter(conditions);
  }

  /**
   * Reads a filter of Grafana: key, operator, value, {@code AND}, and so on. Values that are
   * variables are left out, as they can be anything.
   */
  static MetricFilter ofGrafana(List<String> parts) {
    var conditions = new ArrayList<Condition>();
    for (int i = 0; i < parts.size(); i += 4) {
      boolean whole =
          i + 3 == parts.size() || (i + 4 < parts.size() && parts.get(i + 3).equals("AND"));
      if (!whole) {
        throw new IllegalArgumentException("no filter: " + parts.subList(i, parts.size()));
      }
      String value = parts.get(i + 2);
      Condition.Kind kind =
          switch (parts.get(i + 1)) {
            case "=" -> Condition.Kind.EQUAL;
            case "=~" -> Condition.Kind.MATCH;
            default -> throw new IllegalArgumentException("no operator: " + parts.get(i + 1));
          };
      conditions.add(
          new Condition(
              parts.get(i), kind, value.startsWith("$") ? List.of() : List.of(value.split("\\|"))));
    }
    return new MetricFilter(conditions);
  }

  /** The metric type that it asks for. */
  String metricType() {
    return only(METRIC_TYPE);
  }

  String resourceType() {
    return only(RESOURCE_TYPE);
  }

  /** The terms about labels. */
  List<Condition> labels() {
    return conditions.stream()
        .filter(each -> !each.key().equals(METRIC_TYPE) && !each.key().equals(RESOURCE_TYPE))
        .toList();
  }

  boolean test(StoredSeries series) {
    return conditions.stream().allMatch(each -> each.metBy(value(each.key(), series)));
  }

  /** What a series has under a key; nothing if it is no key of it. */
  static String value(String key, StoredSeries series) {
    return switch (key) {
      case METRIC_TYPE -> series.metricType();
      case RESOURCE_TYPE -> series.resourceType();
      default -> {
        if (key.startsWith(KnownMetric.METRIC_LABEL)) {
          yield series.label(key.substring(KnownMetric.METRIC_LABEL.length()));
        }
        yield series
            .resourceLabels()
            .getOrDefault(key.substring(KnownMetric.RESOURCE_LABEL.length()), "");
      }
    };
  }

  private String only(String key) {
    List<Condition> found = conditions.stream().filter(each -> each.key().equals(key)).toList();
    if (found.size() != 1
        || found.getFirst().kind() != Condition.Kind.EQUAL
        || found.getFirst().values().size() != 1) {
      throw new IllegalArgumentException("no single " + key + " is asked for");
    }
    return found.getFirst().values().getFirst();
  }

  private static Condition condition(Matcher term) {
    String value = term.group("value");
    if (value != null) {
      return new Condition(term.group("key"), Condition.Kind.EQUAL, List.of(value));
    }
    List<String> values =
        QUOTED.matcher(term.group("values")).results().map(each -> each.group(1)).toList();
    Condition.Kind kind =
        switch (term.group("function")) {
          case "one_of" -> Condition.Kind.EQUAL;
          case "starts_with" -> Condition.Kind.START;
          default -> Condition.Kind.MATCH;
        };
    return new Condition(term.group("key"), kind, values);
  }
}
