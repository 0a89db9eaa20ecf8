package io.github.prefectgcm.cloudmonitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.api.MetricDescriptor;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Entry;
import io.github.prefectgcm.descriptor.Timing;
import io.github.prefectgcm.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Terraform makes the descriptors from a file; it says what the catalogue says. {@code mvn
 * -Pformat} writes it anew.
 */
class DescriptorFileTest {
  private static final Path FILE = Path.of("terraform", "metric-descriptors.json");

  /** In the order in which people read them; that of protobuf begins with the labels. */
  private static final List<String> FIELDS =
      List.of(
          "type",
          "metricKind",
          "valueType",
          "unit",
          "displayName",
          "description",
          "labels",
          "metadata");

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  @Test
  void fileIsThatOfTheCatalogue() throws IOException {
    var descriptors = new JsonArray();
    for (Entry entry : Catalog.ALL.entries()) {
      descriptors.add(json(descriptor(entry.metric())));
    }
    String expected = GSON.toJson(descriptors) + "\n";

    if (Boolean.getBoolean("format.rewrite")) {
      Files.writeString(FILE, expected);
    } else {
      assertEquals(
          expected, Files.readString(FILE), "not what the catalogue says; mvn -Pformat mends it");
    }
  }

  private static MetricDescriptor descriptor(Metric metric) {
    return DescriptorProtos.write(
        "custom.googleapis.com/prefect/" + metric.name(),
        metric,
        Timing.of(Duration.ofMinutes(5), Duration.ofSeconds(60)));
  }

  private static JsonObject json(MetricDescriptor descriptor)
      throws InvalidProtocolBufferException {
    JsonObject unordered =
        JsonParser.parseString(JsonFormat.printer().print(descriptor)).getAsJsonObject();
    var ordered = new JsonObject();
    for (String field : FIELDS) {
      // Only labels can be missing. To Terraform an attribute that is there at times is an error.
      ordered.add(
          field,
          Optional.<JsonElement>ofNullable(unordered.remove(field)).orElseGet(JsonArray::new));
    }
    assertEquals(0, unordered.size(), () -> "fields that are not written: " + unordered);
    return ordered;
  }
}
