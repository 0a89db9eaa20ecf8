package io.github.prefectgcm.alert;

import com.google.monitoring.v3.AlertPolicy;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The policies as Terraform makes them of their files, with the default thresholds.
 *
 * @param period of the job, in minutes
 */
record Policies(int period) {
  static final Path DIRECTORY = Path.of("terraform", "alerts");

  private static final Pattern DEFAULT =
      Pattern.compile("(?m)^ {4}(\\w+) += optional\\(number, ([\\d.]+)\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\$\\{)|\\$\\{(\\w+)}");

  /** Names of all policies. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .toList();
    }
  }

  /** Minutes in which a gauge is looked for, as in {@code alerts.tf}. */
  int lookback() {
    return Math.max(15, 3 * period);
  }

  /** Minutes over which a counter's growth is taken, as in {@code alerts.tf}. */
  int window() {
    return Math.max(60, 12 * period);
  }

  AlertPolicy policy(String name) throws IOException {
    var policy = AlertPolicy.newBuilder();
    JsonFormat.parser().merge(json(name), policy);
    return policy.build();
  }

  String json(String name) throws IOException {
    return filled(Files.readString(DIRECTORY.resolve(name + ".json")));
  }

  String runbook(String name) throws IOException {
    return filled(Files.readString(DIRECTORY.resolve(name + ".md")));
  }

  /** The queries of a policy's conditions. */
  List<String> queries(String name) throws IOException {
    return policy(name).getConditionsList().stream()
        .filter(AlertPolicy.Condition::hasConditionPrometheusQueryLanguage)
        .map(condition -> condition.getConditionPrometheusQueryLanguage().getQuery())
        .toList();
  }

  /** As {@code templatefile} does it: a second dollar takes the meaning from the first. */
  private String filled(String template) throws IOException {
    Map<String, String> values = values();
    return VARIABLE
        .matcher(template)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                found.group(1) != null
                    ? found.group(1)
                    : Optional.ofNullable(values.get(found.group(2)))
                        .orElseThrow(() -> new AssertionError("no value for " + found.group()))));
  }

  private Map<String, String> values() throws IOException {
    var values = new HashMap<String, String>();
    DEFAULT
        .matcher(Files.readString(Path.of("terraform", "variables-alerts.tf")))
        .results()
        .forEach(found -> values.put(found.group(1), found.group(2)));
    values.computeIfPresent(
        "data_behind_seconds",
        (name, value) -> String.valueOf(Math.max(Integer.parseInt(value), 180 * period)));
    values.put("auto_close", 60 * Math.max(30, lookback()) + "s");
    values.put("burn_window", Math.max(60, 2 * period) + "m");
    values.put("cloud_run_job", "prefect-gcm");
    values.put("job", "prefect-gcm");
    values.put("location", "europe-west1");
    values.put("lookback", lookback() + "m");
    values.put("metric", "custom_googleapis_com:prefect_");
    values.put("patience", 60 * (period + 2) + "s");
    values.put("prefect_api_url", "http://prefect.internal:4200/api");
    values.put("project", "my-project");
    values.put("recent", lookback() - period + "m");
    values.put("window", window() + "m");
    return values;
  }
}
