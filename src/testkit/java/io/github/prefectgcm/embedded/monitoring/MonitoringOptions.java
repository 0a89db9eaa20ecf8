package io.github.prefectgcm.embedded.monitoring;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the embedded server behaves where Cloud Monitoring's behaviour varies or is not promised.
 * Immutable: {@code with...} gives a changed copy.
 */
public final class MonitoringOptions {
  public static final MonitoringOptions DEFAULT = new MonitoringOptions();

  private Duration minSpacing = Duration.ofSeconds(5);
  private Duration readDelay = Duration.ZERO;
  private Duration firstPointDelay = Duration.ZERO;
  private Duration descriptorDelay = Duration.ZERO;
  private int descriptorPage = 10_000;
  private boolean unknownLabelsAdded = false;
  private RefusalShape shape = RefusalShape.YEAR_2025;
  private int textLimit = 2_500;
  private boolean errorMessages = false;
  private boolean emptyForUnknownMetric = false;
  private boolean executionErrors = false;
  private boolean emptyLabelsLeftOut = false;

  private MonitoringOptions() {}

  private MonitoringOptions changed(Consumer<MonitoringOptions> change) {
    var copy = new MonitoringOptions();
    copy.minSpacing = minSpacing;
    copy.readDelay = readDelay;
    copy.firstPointDelay = firstPointDelay;
    copy.descriptorDelay = descriptorDelay;
    copy.descriptorPage = descriptorPage;
    copy.unknownLabelsAdded = unknownLabelsAdded;
    copy.shape = shape;
    copy.textLimit = textLimit;
    copy.errorMessages = errorMessages;
    copy.emptyForUnknownMetric = emptyForUnknownMetric;
    copy.executionErrors = executionErrors;
    copy.emptyLabelsLeftOut = emptyLabelsLeftOut;
    change.accept(copy);
    return copy;
  }

  /**
   * Least time between the ends of two points of one series; five seconds by the <a
   * href="https://cloud.google.com/monitoring/quotas">quotas</a>, ten in earlier years.
   */
  public Duration minSpacing() {
    return minSpacing;
  }

  public MonitoringOptions withMinSpacing(Duration value) {
    return changed(copy -> copy.minSpacing = value);
  }

  /** How long a stored point stays invisible to reads. */
  public Duration readDelay() {
    return readDelay;
  }

  public MonitoringOptions withReadDelay(Duration value) {
    return changed(copy -> copy.readDelay = value);
  }

  /** How long a series stays invisible to reads after its first point. */
  public Duration firstPointDelay() {
    return firstPointDelay;
  }

  public MonitoringOptions withFirstPointDelay(Duration value) {
    return changed(copy -> copy.firstPointDelay = value);
  }

  /** How long a new metric type stays unknown to reads. */
  public Duration descriptorDelay() {
    return descriptorDelay;
  }

  public MonitoringOptions withDescriptorDelay(Duration value) {
    return changed(copy -> copy.descriptorDelay = value);
  }

  /** Most descriptors in a page of a list. */
  public int descriptorPage() {
    return descriptorPage;
  }

  public MonitoringOptions withDescriptorPage(int value) {
    return changed(copy -> copy.descriptorPage = value);
  }

  /** A label that the descriptor lacks is added to it, not refused. */
  public boolean unknownLabelsAdded() {
    return unknownLabelsAdded;
  }

  public MonitoringOptions withUnknownLabelsAdded(boolean value) {
    return changed(copy -> copy.unknownLabelsAdded = value);
  }

  /** How refused series are told. */
  public RefusalShape shape() {
    return shape;
  }

  public MonitoringOptions withShape(RefusalShape value) {
    return changed(copy -> copy.shape = value);
  }

  /**
   * After how many bytes the text of an error is cut, a byte beyond ASCII counting as three: so it
   * travels in the trailers, twice, of which gRPC takes 8 KiB.
   */
  public int textLimit() {
    return textLimit;
  }

  public MonitoringOptions withTextLimit(int value) {
    return changed(copy -> copy.textLimit = value);
  }

  /** The errors of the summary carry messages; seldom so in reality. */
  public boolean errorMessages() {
    return errorMessages;
  }

  public MonitoringOptions withErrorMessages(boolean value) {
    return changed(copy -> copy.errorMessages = value);
  }

  /** Reading a metric type never heard of gives an empty answer, not NOT_FOUND. */
  public boolean emptyForUnknownMetric() {
    return emptyForUnknownMetric;
  }

  public MonitoringOptions withEmptyForUnknownMetric(boolean value) {
    return changed(copy -> copy.emptyForUnknownMetric = value);
  }

  /** List answers carry {@code execution_errors} and lack their first series. */
  public boolean executionErrors() {
    return executionErrors;
  }

  public MonitoringOptions withExecutionErrors(boolean value) {
    return changed(copy -> copy.executionErrors = value);
  }

  /** List answers leave out labels with an empty value. */
  public boolean emptyLabelsLeftOut() {
    return emptyLabelsLeftOut;
  }

  public MonitoringOptions withEmptyLabelsLeftOut(boolean value) {
    return changed(copy -> copy.emptyLabelsLeftOut = value);
  }
}
