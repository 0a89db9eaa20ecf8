package io.github.prefectgcm.embedded.monitoring;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import java.time.Duration;

/** What goes wrong with one call. */
public sealed interface MonitoringFault {

  /** The error comes instead of any effect. */
  record Before(Status status) implements MonitoringFault {}

  /** The same with details, such as when to come back. */
  record Detailed(com.google.rpc.Status status) implements MonitoringFault {}

  /** The request takes effect, then the error comes: its answer is lost. */
  record After(Status status) implements MonitoringFault {}

  /** Only the first series of a write take effect, then the error comes. */
  record Partly(int series, Status status) implements MonitoringFault {}

  /** There is no answer; only the client's deadline ends the call. */
  record Silence(boolean applied) implements MonitoringFault {}

  /**
   * The connection is reset. This hits all connections to the server's socket; in process, where
   * there are none, the call ends with UNAVAILABLE.
   */
  record Reset(boolean applied) implements MonitoringFault {}

  static MonitoringFault before(Status status) {
    return new Before(status);
  }

  /** The error comes instead of any effect, and says when to come back. */
  static MonitoringFault retryAfter(Status.Code code, Duration pause) {
    return new Detailed(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage("Come back later.")
            .addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(Durations.fromNanos(pause.toNanos()))
                        .build()))
            .build());
  }

  static MonitoringFault after(Status status) {
    return new After(status);
  }

  static MonitoringFault partly(int series, Status status) {
    return new Partly(series, status);
  }

  static MonitoringFault silence() {
    return new Silence(false);
  }

  static MonitoringFault silenceAfter() {
    return new Silence(true);
  }

  static MonitoringFault reset() {
    return new Reset(false);
  }

  static MonitoringFault resetAfter() {
    return new Reset(true);
  }

  static MonitoringFault unavailable() {
    return before(Status.UNAVAILABLE.withDescription("The service is currently unavailable."));
  }

  static MonitoringFault quota() {
    return before(
        Status.RESOURCE_EXHAUSTED.withDescription(
            "Quota exceeded for quota metric 'Time series ingestion requests' and limit 'Time"
                + " series ingestion requests per minute' of service"
                + " 'monitoring.googleapis.com'."));
  }

  static MonitoringFault denied(MonitoringMethod method) {
    return before(
        Status.PERMISSION_DENIED.withDescription(
            "Permission %s denied (or the resource may not exist)."
                .formatted(method.permission())));
  }

  static MonitoringFault unauthenticated() {
    return before(
        Status.UNAUTHENTICATED.withDescription(
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
                + " cookie or other valid authentication credential."));
  }

  static MonitoringFault noProject() {
    return before(Status.NOT_FOUND.withDescription("The specified project could not be found."));
  }
}
