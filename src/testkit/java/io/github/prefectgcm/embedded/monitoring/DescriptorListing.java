package io.github.prefectgcm.embedded.monitoring;

import com.google.api.MetricDescriptor;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.ListMetricDescriptorsResponse;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers reads of metric descriptors.
 *
 * @see <a
 *     href="https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.metricDescriptors/list">projects.metricDescriptors.list</a>
 */
record DescriptorListing(Descriptors descriptors) {
  /** Of all the filters that there can be, the one on how types begin, or none. */
  private static final Pattern FILTER =
      Pattern.compile("(?:metric\\.type = starts_with\\(\"([^\"]+)\"\\))?");

  private static final Pattern TOKEN = Pattern.compile("(?:descriptors:(\\d{1,9}))?");

  ListMetricDescriptorsResponse list(
      ListMetricDescriptorsRequest request, Instant now, MonitoringOptions options) {
    String prefix = value(FILTER, "filter", request.getFilter()).orElse("");
    List<MetricDescriptor> found =
        descriptors.list(request.getName(), now.minus(options.descriptorDelay())).stream()
            .filter(descriptor -> descriptor.getType().startsWith(prefix))
            .map(DescriptorListing::shown)
            .toList();
    int from = value(TOKEN, "pageToken", request.getPageToken()).map(Integer::parseInt).orElse(0);
    int most = options.descriptorPage();
    int size = request.getPageSize() > 0 ? Math.min(request.getPageSize(), most) : most;
    int to = Math.min(from + size, found.size());
    return ListMetricDescriptorsResponse.newBuilder()
        .addAllMetricDescriptors(found.subList(Math.min(from, to), to))
        .setNextPageToken(to < found.size() ? "descriptors:" + to : "")
        .build();
  }

  /** As answers show it: without its metadata and launch stage. */
  static MetricDescriptor shown(MetricDescriptor descriptor) {
    return descriptor.toBuilder().clearMetadata().clearLaunchStage().build();
  }

  private static Optional<String> value(Pattern pattern, String field, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw Status.INVALID_ARGUMENT
          .withDescription("Field %s had an invalid value of \"%s\".".formatted(field, text))
          .asRuntimeException();
    }
    return Optional.ofNullable(matcher.group(1));
  }
}
