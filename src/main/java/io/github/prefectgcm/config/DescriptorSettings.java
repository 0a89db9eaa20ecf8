package io.github.prefectgcm.config;

import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.descriptor.Timing;
import java.time.Duration;
import java.util.Map;

/**
 * The settings that metric descriptors depend on; nothing of Prefect.
 *
 * @param deadline for all calls together
 * @param dryRun change nothing
 */
public record DescriptorSettings(Target target, Timing timing, Duration deadline, boolean dryRun) {

  /**
   * Reads the environment.
   *
   * @throws Settings.Invalid with every problem there is, not only the first
   */
  public static DescriptorSettings from(Map<String, String> environment) throws Settings.Invalid {
    return new SettingsReader(environment).readForDescriptors();
  }
}
