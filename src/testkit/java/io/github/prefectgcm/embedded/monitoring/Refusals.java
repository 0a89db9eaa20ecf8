package io.github.prefectgcm.embedded.monitoring;

import com.google.monitoring.v3.CreateTimeSeriesSummary;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The refused series of one request, and the error that tells them: which, in the text only; how
 * many, in its detail.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rpc/google.monitoring.v3#createtimeseriessummary">CreateTimeSeriesSummary</a>
 */
final class Refusals {
  // More would not fit into the trailers beside the text.
  private static final int MAX_ERRORS = 10;
  private static final int MAX_MESSAGE = 60;

  private record Refusal(int index, TimeSeries series, String text) {}

  private final List<Refusal> refusals = new ArrayList<>();

  void add(int index, TimeSeries series, RefusedSeries refused) {
    refusals.add(new Refusal(index, series, refused.text()));
  }

  boolean isEmpty() {
    return refusals.isEmpty();
  }

  StatusRuntimeException error(int total, MonitoringOptions options) {
    String text =
        "One or more TimeSeries could not be written: "
            + String.join("; ", entries(options.shape()));
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage(cut(text, options.textLimit()))
            .addDetails(Any.pack(summary(total, options.errorMessages())))
            .build());
  }

  private CreateTimeSeriesSummary summary(int total, boolean messages) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Refusal refusal : refusals) {
      String message = messages ? cut(refusal.text(), MAX_MESSAGE) : "";
      boolean merge = counts.size() >= MAX_ERRORS && !counts.containsKey(message);
      counts.merge(merge ? counts.keySet().iterator().next() : message, 1, Integer::sum);
    }
    var summary =
        CreateTimeSeriesSummary.newBuilder()
            .setTotalPointCount(total)
            .setSuccessPointCount(total - refusals.size());
    counts.forEach((message, count) ->
        summary.addErrors(
            CreateTimeSeriesSummary.Error.newBuilder()
                .setStatus(
                    Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE).setMessage(message))
                .setPointCount(count)));
    return summary.build();
  }

  /** As much of a text as fits into so many bytes in gRPC's percent encoding. */
  private static String cut(String text, int limit) {
    int size = 0;
    int at = 0;
    while (at < text.length()) {
      int next = text.offsetByCodePoints(at, 1);
      String character = text.substring(at, next);
      char first = character.charAt(0);
      boolean plain = first >= ' ' && first <= '~' && first != '%';
      size += plain ? 1 : 3 * character.getBytes(StandardCharsets.UTF_8).length;
      if (size > limit) {
        break;
      }
      at = next;
    }
    return text.substring(0, at);
  }

  private List<String> entries(RefusalShape shape) {
    if (shape == RefusalShape.YEAR_2023) {
      return refusals.stream().map(Refusals::entryOf2023).toList();
    }
    Map<String, List<Refusal>> groups =
        refusals.stream()
            .collect(
                Collectors.groupingBy(
                    refusal -> refusal.text() + resource(refusal.series()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return groups.values().stream().map(group -> entry(group, shape)).toList();
  }

  private static String entry(List<Refusal> group, RefusalShape shape) {
    Refusal first = group.getFirst();
    String which = "timeSeries[%s]".formatted(ranges(group.stream().map(Refusal::index).toList()));
    String example =
        "example metric.type=\"%s\", metric.labels=%s"
            .formatted(
                first.series().getMetric().getType(),
                quoted(first.series().getMetric().getLabelsMap()));
    return switch (shape) {
      case YEAR_2019 -> first.text() + ": " + which;
      case YEAR_2023 -> entryOf2023(first);
      case YEAR_2025 ->
          "%s (%s): write for resource=%s failed with: %s"
              .formatted(which, example, resource(first.series()), first.text());
      case YEAR_2026 ->
          "%s (%s, resource.type=\"%s\", resource.labels=%s): %s"
              .formatted(
                  which,
                  example,
                  first.series().getResource().getType(),
                  quoted(first.series().getResource().getLabelsMap()),
                  first.text());
    };
  }

  private static String entryOf2023(Refusal refusal) {
    return "%s: %s timeSeries[%d]: %s%s"
        .formatted(
            refusal.text(),
            resource(refusal.series()),
            refusal.index(),
            refusal.series().getMetric().getType(),
            plain(refusal.series().getMetric().getLabelsMap()));
  }

  private static String resource(TimeSeries series) {
    return series.getResource().getType() + plain(series.getResource().getLabelsMap());
  }

  private static String plain(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + ":" + label.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> "\"%s\": \"%s\"".formatted(label.getKey(), label.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Such as {@code 3,8-12,43,44}: only three in a row are a range. */
  static String ranges(List<Integer> indexes) {
    var parts = new ArrayList<String>();
    for (int from = 0; from < indexes.size(); ) {
      int to = from;
      while (to + 1 < indexes.size() && indexes.get(to + 1) == indexes.get(to) + 1) {
        to++;
      }
      if (to - from >= 2) {
        parts.add(indexes.get(from) + "-" + indexes.get(to));
        from = to + 1;
      } else {
        parts.add(indexes.get(from).toString());
        from++;
      }
    }
    return String.join(",", parts);
  }
}
