package io.github.prefectgcm.alert;

import com.google.monitoring.v3.AlertPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The policies as docs/alerts.md lists them: the worst first, with the default thresholds. */
public final class PolicyTable {
  private PolicyTable() {}

  /** Name, severity and conditions of each policy. */
  public static List<List<String>> rows() throws IOException {
    var defaults = new Policies(5);
    var rows = new ArrayList<List<String>>();
    for (String name : worstFirst(defaults)) {
      AlertPolicy policy = defaults.policy(name);
      String conditions =
          policy.getConditionsList().stream()
              .map(AlertPolicy.Condition::getDisplayName)
              .collect(Collectors.joining("; or: "));
      rows.add(List.of(name, policy.getSeverity().name(), conditions));
    }
    return rows;
  }

  private static List<String> worstFirst(Policies policies) throws IOException {
    var names = new ArrayList<String>();
    for (AlertPolicy.Severity severity : AlertPolicy.Severity.values()) {
      for (String name : Policies.names()) {
        if (policies.policy(name).getSeverity() == severity) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
