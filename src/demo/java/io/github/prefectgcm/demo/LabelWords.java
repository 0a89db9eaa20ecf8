package io.github.prefectgcm.demo;

import java.util.Map;

/** The words for labels' values on a page. */
final class LabelWords {
  /** Labels that are empty if there is none of what they name. */
  private static final Map<String, String> EMPTY =
      Map.of(
          "work_pool_name", "no pool",
          "deployment_name", "no deployment",
          "flow_name", "no flow");

  private LabelWords() {}

  /** A value of a label; the key may have a path before it. */
  static String of(String key, String value) {
    return value.isEmpty() ? EMPTY.getOrDefault(name(key), "none") : value;
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** A legend with values in place of labels. */
  static String filled(String legend, Map<String, String> labels) {
    String name = legend;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      name =
          name.replace(
              "${" + label.getKey().replace("label.", "labels.") + "}",
              of(label.getKey(), label.getValue()));
    }
    return name;
  }
}
