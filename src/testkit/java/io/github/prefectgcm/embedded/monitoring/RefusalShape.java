package io.github.prefectgcm.embedded.monitoring;

/**
 * The shapes in which Cloud Monitoring has told over the years which series of a request it
 * refused; all after {@code One or more TimeSeries could not be written:}, joined by semicolons.
 */
public enum RefusalShape {
  /** {@code <text>: timeSeries[6-10]}. */
  YEAR_2019,
  /** One entry a series: {@code <text>: global{} timeSeries[3]: <metric type>{label:value}}. */
  YEAR_2023,
  /** {@code timeSeries[0-2] (example ...): write for resource=... failed with: <text>}. */
  YEAR_2025,
  /**
   * {@code timeSeries[0-2] (example ..., resource.labels={...}): <text>}, and an older start in
   * words of its own.
   *
   * @see <a href="https://github.com/GoogleCloudPlatform/prometheus-engine/pull/1970">seen in
   *     2026</a>
   */
  YEAR_2026
}
