package io.github.prefectgcm.promql;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.google.api.MetricDescriptor.MetricKind;
import com.google.api.MetricDescriptor.ValueType;
import io.github.prefectgcm.vocabulary.KnownMetric;
import io.github.prefectgcm.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A metric as PromQL sees it.
 *
 * @param name its name in PromQL; a distribution has one for each of its parts
 */
record PromqlMetric(String name, Form form, KnownMetric known) {
  enum Form {
    GAUGE,
    COUNTER,
    BUCKETS,
    /** A distribution without one of its parts: nothing that a query can use. */
    WHOLE_DISTRIBUTION
  }

  private static final Map<String, PromqlMetric> ALL =
      Vocabulary.metrics().stream()
          .flatMap(PromqlMetric::parts)
          .collect(toUnmodifiableMap(PromqlMetric::name, Function.identity()));

  static Optional<PromqlMetric> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** Of the metric and of its resource. */
  Set<String> labels() {
    Set<String> labels = Sets.plus(known.labels().keySet(), known.resourceLabels());
    return form == Form.BUCKETS ? Sets.plus(labels, List.of("le")) : labels;
  }

  private static Stream<PromqlMetric> parts(KnownMetric known) {
    String name = known.promqlName();
    if (known.valueType() != ValueType.DISTRIBUTION) {
      Form form = known.kind() == MetricKind.GAUGE ? Form.GAUGE : Form.COUNTER;
      return Stream.of(new PromqlMetric(name, form, known));
    }
    return Stream.of(
        new PromqlMetric(name, Form.WHOLE_DISTRIBUTION, known),
        new PromqlMetric(name + "_bucket", Form.BUCKETS, known),
        new PromqlMetric(name + "_count", Form.COUNTER, known),
        new PromqlMetric(name + "_sum", Form.COUNTER, known));
  }
}
