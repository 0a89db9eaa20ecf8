package io.github.prefectgcm.cloudmonitoring;

import static io.github.prefectgcm.metric.StoreException.denied;
import static io.github.prefectgcm.metric.StoreException.lasting;
import static io.github.prefectgcm.metric.StoreException.passing;

import io.github.prefectgcm.metric.StoreException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a fault into one sentence for the operator.
 *
 * @param endpoint what the calls went to
 * @param account the service account of the job; asked for only when a sentence names it
 */
record RpcFailureMessages(String project, Endpoint endpoint, Supplier<Optional<String>> account) {
  private static final String API = "monitoring.googleapis.com";

  private static final Pattern DISABLED =
      Pattern.compile("(?i)has not been used in project|API .*is (disabled|not enabled)");
  private static final Pattern QUOTA_PROJECT =
      Pattern.compile("(?i)requires? a quota project|serviceusage\\.services\\.use");
  private static final Pattern REFUSED_BY_PROXY =
      Pattern.compile("(?:=> .*, status: |Proxy returns \"HTTP/\\d\\.\\d )(4\\d\\d)");
  private static final Pattern BILLING = Pattern.compile("(?i)billing");

  StoreException explain(Access access, RpcFailure fault) {
    Optional<StoreException> proxy = refusedByProxy(fault);
    if (proxy.isPresent()) {
      return proxy.get();
    }
    return switch (fault.origin()) {
      case BAD_CREDENTIALS ->
          lasting(
              fault.origin().name(),
              "Google's credentials give no access token (%s): run `gcloud auth application-default"
                      .formatted(fault.text())
                  + " login` again, or check the service account and"
                  + " GOOGLE_APPLICATION_CREDENTIALS");
      case CREDENTIALS ->
          passing(
              fault.origin().name(),
              "no access token could be had from Google (%s)%s"
                  .formatted(fault.text(), onTheWay(fault)));
      case NETWORK -> passing(fault.origin().name(), unreachable(fault));
      case SERVER -> answered(access, fault);
    };
  }

  /** A proxy that says no to a tunnel, as gRPC and the JDK quote it. */
  private Optional<StoreException> refusedByProxy(RpcFailure fault) {
    Matcher refusal = REFUSED_BY_PROXY.matcher(fault.text());
    if (endpoint.proxy().isEmpty()
        || fault.origin() == RpcFailure.Origin.SERVER
        || !refusal.find()) {
      return Optional.empty();
    }
    return Optional.of(
        lasting(
            "proxy",
            "the proxy of %s refused the connection to Google (%s): check its user:password, and"
                    .formatted(endpoint.proxy().get(), refusal.group(1))
                + " whether it lets through %s and *.googleapis.com, or NO_PROXY should name them"
                    .formatted(endpoint.address())));
  }

  /** A proxy is on the way to everything but the metadata server. */
  private String onTheWay(RpcFailure fault) {
    return endpoint.proxy().isEmpty()
            || fault.text().startsWith(CredentialsSource.metadataServerName())
        ? ""
        : ": check " + endpoint.advice();
  }

  private String unreachable(RpcFailure fault) {
    return "Cloud Monitoring could not be reached at %s (%s): check %s"
        .formatted(endpoint.address(), fault.text(), endpoint.advice());
  }

  private StoreException answered(Access access, RpcFailure fault) {
    String answer = "(%s: %s)".formatted(fault.code(), fault.text());
    return switch (fault.code()) {
      case PERMISSION_DENIED, FAILED_PRECONDITION, UNAUTHENTICATED ->
          refused(access, fault, answer);
      case NOT_FOUND -> lasting("project", unknownProject(answer));
      case INVALID_ARGUMENT ->
          fault.isAboutProject()
              ? lasting("project", unknownProject(answer))
              : passing("Cloud Monitoring did not understand the request " + answer);
      case RESOURCE_EXHAUSTED ->
          passing(
              fault.code().name(),
              "a quota of Cloud Monitoring is used up in project " + project + " " + answer);
      default ->
          passing(
              fault.code().name(),
              "Cloud Monitoring failed to %s project %s %s"
                  .formatted(access.verb, project, answer));
    };
  }

  private String unknownProject(String answer) {
    return "Cloud Monitoring does not know project %s: check GOOGLE_CLOUD_PROJECT %s"
        .formatted(project, answer);
  }

  private StoreException refused(Access access, RpcFailure fault, String answer) {
    if (says(fault, QUOTA_PROJECT, "USER_PROJECT_DENIED")) {
      return lasting(
          "the credentials need a quota project: run `gcloud auth application-default"
              + " set-quota-project %s` %s".formatted(project, answer));
    }
    if (says(fault, DISABLED, "SERVICE_DISABLED")) {
      return lasting(
          "the Cloud Monitoring API is not enabled: run `gcloud services enable %s --project=%s` %s"
              .formatted(API, project, answer));
    }
    if (says(fault, BILLING, "BILLING_DISABLED")) {
      return lasting(
          "project %s has no active billing account, which Cloud Monitoring asks for: link one %s"
              .formatted(project, answer));
    }
    return switch (fault.code()) {
      case PERMISSION_DENIED ->
          denied(
              access.permission,
              "%s may not %s Cloud Monitoring in project %s: grant %s, or a role with %s %s"
                  .formatted(
                      account.get().orElse("the job's account"),
                      access.verb,
                      project,
                      access.role,
                      access.permission,
                      answer));
      case UNAUTHENTICATED ->
          lasting(
              fault.code().name(),
              "Cloud Monitoring did not accept the job's credentials: run `gcloud auth"
                  + " application-default login`, or check the service account and"
                  + " GOOGLE_APPLICATION_CREDENTIALS "
                  + answer);
      default -> passing(fault.code().name(), "Cloud Monitoring refused the request " + answer);
    };
  }

  private static boolean says(RpcFailure fault, Pattern text, String reason) {
    return fault.reason().equals(reason) || text.matcher(fault.text()).find();
  }
}
