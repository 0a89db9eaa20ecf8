package io.github.prefectgcm.cloudmonitoring;

import com.google.auth.Credentials;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.monitoring.v3.MetricServiceSettings;
import io.github.prefectgcm.metric.StoreException;
import java.io.IOException;
import java.util.Optional;

/**
 * Who the job is to Google, by <a
 * href="https://cloud.google.com/docs/authentication/application-default-credentials">Application
 * Default Credentials</a>.
 */
record Account(Credentials credentials) {

  static Account find() throws StoreException {
    try {
      return new Account(
          MetricServiceSettings.defaultCredentialsProviderBuilder().build().getCredentials());
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

  Optional<String> project() {
    return credentials instanceof GoogleCredentials google
        ? Optional.ofNullable(google.getProjectId()).filter(project -> !project.isEmpty())
        : Optional.empty();
  }

  Optional<String> email() {
    if (!(credentials instanceof ServiceAccountSigner account)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(account.getAccount());
    } catch (RuntimeException e) {
      return Optional.empty(); // the metadata server did not say; the sentence goes without it
    }
  }
}
