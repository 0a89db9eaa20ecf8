package io.github.prefectgcm.demo;

import java.util.List;

/**
 * All there is to show of a demo.
 *
 * @param complaints of executions that did not end with exit code 0, what they said
 */
record Outcome(Facts facts, List<Written> series, List<String> complaints) {
  Outcome {
    series = List.copyOf(series);
    complaints = List.copyOf(complaints);
  }
}
