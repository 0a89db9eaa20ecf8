package io.github.prefectgcm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.metric.DistributionValue;
import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.Int64Value;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import java.io.PrintStream;

/**
 * For programs: every point, a JSON object a line, with the words of Cloud Monitoring's own API.
 */
public final class JsonPreview implements Preview {
  private final PrintStream out;
  private final Target target;

  public JsonPreview(PrintStream out, Target target) {
    this.out = out;
    this.target = target;
  }

  @Override
  public void add(Sample sample) {
    Metric metric = sample.series().metric();
    var line = new JsonObject();
    line.addProperty("metric", target.type(metric));
    line.addProperty("kind", metric.kind().name());
    line.addProperty("value_type", metric.valueType().name());
    line.addProperty("unit", metric.unit());
    line.add("labels", labels(sample.series()));
    line.add("resource", resource());
    line.addProperty("start", sample.point().start().toString());
    line.addProperty("end", sample.point().end().toString());
    switch (sample.point().value()) {
      case Int64Value(long number) -> line.addProperty("value", number);
      case DoubleValue(double number) -> line.addProperty("value", number);
      case DistributionValue spread -> line.add("distribution", distribution(spread));
    }
    out.println(line);
  }

  private static JsonObject labels(Series series) {
    var labels = new JsonObject();
    for (int i = 0; i < series.labels().size(); i++) {
      labels.addProperty(
          series.metric().labels().get(i).key(), LabelValue.clean(series.labels().get(i)));
    }
    return labels;
  }

  private JsonObject resource() {
    var labels = new JsonObject();
    target.project().ifPresent(project -> labels.addProperty("project_id", project));
    target.resource().forEach(labels::addProperty);
    var resource = new JsonObject();
    resource.addProperty("type", Target.RESOURCE);
    resource.add("labels", labels);
    return resource;
  }

  static JsonObject distribution(DistributionValue spread) {
    var buckets = new JsonObject();
    buckets.addProperty("num_finite_buckets", spread.buckets().finite());
    buckets.addProperty("growth_factor", spread.buckets().growth());
    buckets.addProperty("scale", spread.buckets().scale());
    var options = new JsonObject();
    options.add("exponential_buckets", buckets);
    var counts = new JsonArray();
    spread.counts().forEach(counts::add);
    var distribution = new JsonObject();
    distribution.addProperty("count", spread.count());
    distribution.addProperty("mean", spread.mean());
    distribution.addProperty("sum_of_squared_deviation", spread.squaredDeviation());
    distribution.add("bucket_options", options);
    distribution.add("bucket_counts", counts);
    return distribution;
  }

  @Override
  public void end() {
    // Every line is whole by itself.
  }
}
