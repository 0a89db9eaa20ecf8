package io.github.prefectgcm.cloudmonitoring;

import com.google.auth.Credentials;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import com.google.cloud.monitoring.v3.MetricServiceSettings;
import io.github.prefectgcm.metric.StoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * Who the job is to Google, by <a
 * href="https://cloud.google.com/docs/authentication/application-default-credentials">Application
 * Default Credentials</a>; nobody to an emulator.
 */
public record Caller(Target target, Optional<Credentials> credentials) {
  /** An emulator takes any. */
  static final String EMULATED_PROJECT = "prefect-gcm";

  public static Caller find(Target target) throws StoreException {
    if (target.endpoint().emulated()) {
      return new Caller(target, Optional.empty());
    }
    try {
      return new Caller(
          target,
          Optional.of(
              MetricServiceSettings.defaultCredentialsProviderBuilder().build().getCredentials()));
    } catch (IOException e) {
      throw StoreException.lasting(explain(String.valueOf(e.getMessage())));
    }
  }

  /** The message itself is not told: it may quote the file. */
  private static String explain(String message) {
    if (!message.startsWith("Error reading credential file")) {
      return "no Google credentials were found: run `gcloud auth application-default login`, or on"
          + " Cloud Run attach a service account, or set GOOGLE_APPLICATION_CREDENTIALS, or"
          + " DRY_RUN=true to look without an account";
    }
    return message.contains("environment variable")
        ? "the file that GOOGLE_APPLICATION_CREDENTIALS names cannot be read as credentials"
        : "gcloud's credentials cannot be read: run `gcloud auth application-default login` again";
  }

  /** The project to write to. */
  public String project() throws StoreException {
    return target
        .project()
        .or(this::ownProject)
        .orElseThrow(() ->
            StoreException.lasting(
                "the credentials do not tell which project to write to: set"
                    + " GOOGLE_CLOUD_PROJECT"));
  }

  private Optional<String> ownProject() {
    if (credentials.isEmpty()) {
      return Optional.of(EMULATED_PROJECT);
    }
    return google()
        .flatMap(google -> Optional.ofNullable(google.getProjectId()))
        .filter(project -> !project.isEmpty());
  }

  /** Which credentials these are. */
  public String kind() {
    if (credentials.isEmpty()) {
      return "none, an emulator wants none";
    }
    return switch (credentials.get()) {
      case UserCredentials user -> "user credentials";
      case ServiceAccountCredentials key -> "service account key";
      case ComputeEngineCredentials server -> "service account of the metadata server";
      case ImpersonatedCredentials impersonated -> "impersonated service account";
      case ExternalAccountCredentials external -> "workload identity federation";
      default -> credentials.get().getAuthenticationType();
    };
  }

  /** Whose they are, where they tell. */
  public Optional<String> email() {
    return switch (credentials.orElse(null)) {
      case ServiceAccountSigner account -> told(account);
      case ExternalAccountCredentials external ->
          Optional.ofNullable(external.getServiceAccountEmail());
      case GoogleCredentials google ->
          Optional.ofNullable(google.getCredentialInfo().get("Principal"));
      case null, default -> Optional.empty();
    };
  }

  private static Optional<String> told(ServiceAccountSigner account) {
    try {
      return Optional.ofNullable(account.getAccount());
    } catch (RuntimeException e) {
      return Optional.empty(); // the metadata server did not say; the sentence goes without it
    }
  }

  /** Credentials would print their secrets. */
  @Override
  public String toString() {
    return kind();
  }

  private Optional<GoogleCredentials> google() {
    return credentials
        .filter(GoogleCredentials.class::isInstance)
        .map(GoogleCredentials.class::cast);
  }
}
