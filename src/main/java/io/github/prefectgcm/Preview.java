package io.github.prefectgcm;

import io.github.prefectgcm.metric.Sample;

/** How a dry run shows what would be written. */
interface Preview {
  void add(Sample sample);

  /** Nothing more comes. */
  void end();
}
