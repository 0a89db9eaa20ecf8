package io.github.prefectgcm.descriptor;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.StoreException;
import java.util.Map;

/** Where metrics are declared. */
public interface DescriptorRegistry extends AutoCloseable {

  /**
   * What is declared below the metric prefix, by name. What was declared just now may be missing,
   * and of timing nothing is told.
   */
  Map<String, Descriptor> declared() throws StoreException;

  /** Declares a metric anew, or changes how it is declared. No label is ever removed. */
  void declare(Metric metric, Timing timing) throws StoreException;

  /** Ends all calls under way; they throw. */
  @Override
  void close();
}
