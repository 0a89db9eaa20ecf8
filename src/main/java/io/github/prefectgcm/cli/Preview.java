package io.github.prefectgcm.cli;

import io.github.prefectgcm.metric.Sample;

/** How a dry run shows what would be written. */
public interface Preview {
  void add(Sample sample);

  /** Nothing more comes. */
  void end();
}
