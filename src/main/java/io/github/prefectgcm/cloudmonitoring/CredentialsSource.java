package io.github.prefectgcm.cloudmonitoring;

import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleAuthUtils;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.monitoring.v3.stub.MetricServiceStubSettings;
import io.github.prefectgcm.metric.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where to look for credentials: <a
 * href="https://cloud.google.com/docs/authentication/application-default-credentials">Application
 * Default Credentials</a>, but for a machine that is known to have a metadata server, which is not
 * asked first whether it is there. A server that is slow to answer would count as none.
 *
 * @param file what {@code GOOGLE_APPLICATION_CREDENTIALS} names
 * @param onCloudRun whether this is an execution of a Cloud Run job
 * @param metadataHost {@code GCE_METADATA_HOST}, a metadata server elsewhere
 * @param quotaProject {@code GOOGLE_CLOUD_QUOTA_PROJECT}
 */
public record CredentialsSource(
    Optional<String> file,
    boolean onCloudRun,
    Optional<String> metadataHost,
    Optional<String> quotaProject) {

  /** Where to look if nothing is set. */
  public static final CredentialsSource DEFAULT =
      new CredentialsSource(Optional.empty(), false, Optional.empty(), Optional.empty());

  /** Reads the environment. */
  public static CredentialsSource of(Map<String, String> environment) {
    return new CredentialsSource(
        variable(environment, "GOOGLE_APPLICATION_CREDENTIALS"),
        variable(environment, "CLOUD_RUN_JOB").isPresent(),
        variable(environment, "GCE_METADATA_HOST"),
        variable(environment, "GOOGLE_CLOUD_QUOTA_PROJECT"));
  }

  /** Finds them; may wait for a metadata server that is not known to be there. */
  GoogleCredentials find() throws StoreException {
    GoogleCredentials found = scoped(any());
    return quotaProject.isPresent() ? found.createWithQuotaProject(quotaProject.get()) : found;
  }

  /** The metadata server, as a sentence names it. */
  static String metadataServerName() {
    return "the metadata server at "
        + ComputeEngineCredentials.getMetadataServerUrl().replaceFirst("^http://", "");
  }

  /** Where credentials are from that are not a metadata server's. */
  String place() {
    return file.orElseGet(() -> gcloud().map(CredentialsFile::toString).orElse("Cloud Shell"));
  }

  private GoogleCredentials any() throws StoreException {
    if (file.isPresent()) {
      return CredentialsFile.named(file.get()).read();
    }
    if (onCloudRun) {
      return metadataServer();
    }
    Optional<CredentialsFile> gcloud = gcloud();
    if (gcloud.isPresent()) {
      return gcloud.get().read();
    }
    return metadataHost.isPresent() ? metadataServer() : others();
  }

  private static GoogleCredentials metadataServer() {
    return ComputeEngineCredentials.newBuilder().build();
  }

  /** Cloud Shell, and a metadata server that has to be looked for. */
  private static GoogleCredentials others() throws StoreException {
    try {
      return GoogleCredentials.getApplicationDefault();
    } catch (IOException | RuntimeException e) {
      throw StoreException.lasting(
          "no Google credentials were found: run `gcloud auth application-default login`, or on"
              + " Cloud Run attach a service account, or set GOOGLE_APPLICATION_CREDENTIALS, or"
              + " DRY_RUN=true to look without an account");
    }
  }

  /** What {@code gcloud auth application-default login} leaves behind. */
  private static Optional<CredentialsFile> gcloud() {
    return Optional.of(Path.of(GoogleAuthUtils.getWellKnownCredentialsPath()))
        .filter(Files::exists)
        .map(CredentialsFile::ofGcloud);
  }

  /** As Google's own clients have it. */
  private static GoogleCredentials scoped(GoogleCredentials found) {
    GoogleCredentials scoped =
        found.createScopedRequired()
            ? found.createScoped(MetricServiceStubSettings.getDefaultServiceScopes())
            : found;
    return scoped instanceof ServiceAccountCredentials key
        ? key.createWithUseJwtAccessWithScope(true)
        : scoped;
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
