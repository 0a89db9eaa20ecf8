package io.github.prefectgcm.cloudmonitoring;

import static io.github.prefectgcm.cloudmonitoring.Access.DECLARE;
import static io.github.prefectgcm.cloudmonitoring.Access.LOOK_UP;
import static io.github.prefectgcm.cloudmonitoring.Access.READ;
import static io.github.prefectgcm.cloudmonitoring.Access.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.prefectgcm.metric.StoreException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer in, a sentence out. */
class RpcFailureMessagesTest {
  private static final RpcFailureMessages GOOGLE =
      new RpcFailureMessages(
          "acme", Endpoint.PUBLIC, () -> Optional.of("job@acme.iam.gserviceaccount.com"));
  private static final RpcFailureMessages EMULATOR =
      new RpcFailureMessages("acme", Endpoint.emulator("localhost:9"), Optional::empty);
  private static final Status REFUSED =
      Status.UNAVAILABLE
          .withDescription("io exception")
          .withCause(new ConnectException("Connection refused"));

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(
            WRITE,
            Status.PERMISSION_DENIED.withDescription(
                "Permission monitoring.timeSeries.create denied (or the resource may not exist)."),
            "lasting: job@acme.iam.gserviceaccount.com may not write to Cloud Monitoring in project"
                + " acme: grant roles/monitoring.metricWriter, or a role with"
                + " monitoring.timeSeries.create (PERMISSION_DENIED: Permission"
                + " monitoring.timeSeries.create denied (or the resource may not exist).)"),
        arguments(
            READ,
            Status.PERMISSION_DENIED.withDescription("No."),
            "lasting: job@acme.iam.gserviceaccount.com may not read from Cloud Monitoring in"
                + " project acme: grant roles/monitoring.viewer, or a role with"
                + " monitoring.timeSeries.list (PERMISSION_DENIED: No.)"),
        arguments(
            DECLARE,
            Status.PERMISSION_DENIED.withDescription("No."),
            "lasting: job@acme.iam.gserviceaccount.com may not write descriptors to Cloud"
                + " Monitoring in project acme: grant roles/monitoring.metricWriter, or a role with"
                + " monitoring.metricDescriptors.create (PERMISSION_DENIED: No.)"),
        arguments(
            LOOK_UP,
            Status.PERMISSION_DENIED.withDescription("No."),
            "lasting: job@acme.iam.gserviceaccount.com may not read descriptors from Cloud"
                + " Monitoring in project acme: grant roles/monitoring.metricWriter, or a role with"
                + " monitoring.metricDescriptors.list (PERMISSION_DENIED: No.)"),
        arguments(
            READ,
            Status.PERMISSION_DENIED.withDescription(
                "Cloud Monitoring API has not been used in project 12 before or it is disabled."),
            "lasting: the Cloud Monitoring API is not enabled: run `gcloud services enable"
                + " monitoring.googleapis.com --project=acme` (PERMISSION_DENIED: Cloud Monitoring"
                + " API has not been used in project 12 before or it is disabled.)"),
        arguments(
            WRITE,
            Status.PERMISSION_DENIED.withDescription(
                "The monitoring.googleapis.com API requires a quota project, which is not set."),
            "lasting: the credentials need a quota project: run `gcloud auth application-default"
                + " set-quota-project acme` (PERMISSION_DENIED: The monitoring.googleapis.com API"
                + " requires a quota project, which is not set.)"),
        arguments(
            WRITE,
            Status.FAILED_PRECONDITION.withDescription("Billing is disabled for project 12."),
            "lasting: project acme has no active billing account, which Cloud Monitoring asks for:"
                + " link one (FAILED_PRECONDITION: Billing is disabled for project 12.)"),
        arguments(
            WRITE,
            Status.UNAUTHENTICATED.withDescription("Bad Authorization: Bearer abc.def"),
            "lasting: Cloud Monitoring did not accept the job's credentials: run `gcloud auth"
                + " application-default login`, or check the service account and"
                + " GOOGLE_APPLICATION_CREDENTIALS (UNAUTHENTICATED: Bad Authorization: ***)"),
        arguments(
            WRITE,
            Status.NOT_FOUND.withDescription("The specified project could not be found."),
            "lasting: Cloud Monitoring does not know project acme: check GOOGLE_CLOUD_PROJECT"
                + " (NOT_FOUND: The specified project could not be found.)"),
        arguments(
            WRITE,
            Status.INVALID_ARGUMENT.withDescription("Name must begin with 'projects/'."),
            "lasting: Cloud Monitoring does not know project acme: check GOOGLE_CLOUD_PROJECT"
                + " (INVALID_ARGUMENT: Name must begin with 'projects/'.)"),
        arguments(
            WRITE,
            Status.RESOURCE_EXHAUSTED.withDescription(
                "Quota exceeded for quota metric 'Time series ingestion requests'."),
            "passing: a quota of Cloud Monitoring is used up in project acme (RESOURCE_EXHAUSTED:"
                + " Quota exceeded for quota metric 'Time series ingestion requests'.)"),
        arguments(
            READ,
            Status.INVALID_ARGUMENT.withDescription("Could not parse filter."),
            "passing: Cloud Monitoring did not understand the request (INVALID_ARGUMENT: Could not"
                + " parse filter.)"),
        arguments(
            READ,
            Status.UNAVAILABLE.withDescription("The service is currently\n unavailable."),
            "passing: Cloud Monitoring failed to read from project acme (UNAVAILABLE: The service"
                + " is currently unavailable.)"),
        arguments(
            WRITE,
            Status.UNIMPLEMENTED,
            "passing: Cloud Monitoring failed to write to project acme (UNIMPLEMENTED: no text)"),
        arguments(
            WRITE,
            Status.UNAVAILABLE
                .withDescription("io exception\nChannel Pipeline: [SslHandler#0]")
                .withCause(new ConnectException("Connection refused: localhost/127.0.0.1:9")),
            "passing: Cloud Monitoring could not be reached at monitoring.googleapis.com:443 (io"
                + " exception: Connection refused: localhost/127.0.0.1:9): check the network's"
                + " egress and name resolution"),
        arguments(
            WRITE,
            Status.DEADLINE_EXCEEDED.withDescription(
                "CallOptions deadline exceeded after 9.9s. [buffered_nanos=1,"
                    + " waiting_for_connection]"),
            "passing: Cloud Monitoring could not be reached at monitoring.googleapis.com:443"
                + " (CallOptions deadline exceeded after 9.9s. [buffered_nanos=1,"
                + " waiting_for_connection]): check the network's egress and name resolution"),
        arguments(
            WRITE,
            Status.UNAVAILABLE
                .withDescription("Credentials failed to obtain metadata")
                .withCause(new IOException("400 Bad Request {\"error\": \"invalid_grant\"}")),
            "lasting: Google's credentials give no access token (Credentials failed to obtain"
                + " metadata: 400 Bad Request {\"error\": \"invalid_grant\"}): run `gcloud auth"
                + " application-default login` again, or check the service account and"
                + " GOOGLE_APPLICATION_CREDENTIALS"),
        arguments(
            WRITE,
            Status.UNAUTHENTICATED
                .withDescription("Failed computing credential metadata")
                .withCause(
                    new IllegalStateException(
                        "OAuth2Credentials instance does not support"
                            + " refreshing the access token.")),
            "lasting: Google's credentials give no access token (Failed computing credential"
                + " metadata: OAuth2Credentials instance does not support refreshing the access"
                + " token.): run `gcloud auth application-default login` again, or check the"
                + " service account and GOOGLE_APPLICATION_CREDENTIALS"),
        arguments(
            WRITE,
            Status.UNAVAILABLE
                .withDescription("Credentials failed to obtain metadata")
                .withCause(new SocketTimeoutException("Read timed out")),
            "passing: no access token could be had from Google (Credentials failed to obtain"
                + " metadata: Read timed out)"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void saysWhatToDo(Access access, Status answer, String sentence) {
    assertEquals(sentence, told(GOOGLE, access, answer));
  }

  @Test
  void namesTheEmulatorsSetting() {
    assertEquals(
        "passing: Cloud Monitoring could not be reached at localhost:9 (io exception: Connection"
            + " refused): check MONITORING_EMULATOR_HOST",
        told(EMULATOR, WRITE, REFUSED));
  }

  @Test
  void namesTheEndpointsSetting() {
    assertEquals(
        "passing: Cloud Monitoring could not be reached at monitoring-x.p.googleapis.com:443 (io"
            + " exception: Connection refused): check MONITORING_ENDPOINT, the network's egress and"
            + " name resolution",
        told(
            new RpcFailureMessages(
                "acme", Endpoint.at("monitoring-x.p.googleapis.com:443"), Optional::empty),
            WRITE,
            REFUSED));
  }

  @Test
  void onlyAMissingRoleIsADenial() {
    assertTrue(explained(Status.PERMISSION_DENIED.withDescription("No.")).isDenied());
    assertFalse(
        explained(Status.PERMISSION_DENIED.withDescription("The API is not enabled.")).isDenied());
    assertFalse(explained(Status.UNAUTHENTICATED).isDenied());
  }

  private static StoreException explained(Status answer) {
    return GOOGLE.explain(READ, RpcFailure.of(new StatusRuntimeException(answer)));
  }

  @Test
  void doesWithoutTheAccountsName() {
    assertEquals(
        "lasting: the job's account may not read from Cloud Monitoring in project acme: grant"
            + " roles/monitoring.viewer, or a role with monitoring.timeSeries.list"
            + " (PERMISSION_DENIED: No.)",
        told(EMULATOR, READ, Status.PERMISSION_DENIED.withDescription("No.")));
  }

  private static String told(RpcFailureMessages diagnosis, Access access, Status answer) {
    StoreException told =
        diagnosis.explain(access, RpcFailure.of(new StatusRuntimeException(answer)));
    return (told.isLasting() ? "lasting: " : "passing: ") + told.getMessage();
  }
}
