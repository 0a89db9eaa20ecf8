package io.github.prefectgcm.cloudmonitoring;

import com.google.auth.Credentials;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import io.github.prefectgcm.metric.LabelValue;
import io.github.prefectgcm.metric.StoreException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Who the job is to Google; nobody to an emulator.
 *
 * @param timeLeft for finding that out
 */
public record GoogleIdentity(
    Target target, Optional<Credentials> credentials, Supplier<Duration> timeLeft) {
  /** An emulator takes any. */
  static final String EMULATED_PROJECT = "prefect-gcm";

  private static final URI SERVICE =
      URI.create("https://monitoring.googleapis.com/google.monitoring.v3.MetricService");

  /** Something else may answer for the metadata server. */
  private static final Pattern PROJECT = Pattern.compile("[a-z0-9.:-]{1,100}");

  private static final Pattern DOMAIN = Pattern.compile("[\\w.-]{1,100}");

  /** A sentence about a permission goes without the account's name if that takes longer. */
  private static final Duration FOR_A_NAME = Duration.ofSeconds(2);

  /**
   * Finds the credentials.
   *
   * @param timeLeft no question to Google's library takes longer
   */
  public static GoogleIdentity find(Target target, Supplier<Duration> timeLeft)
      throws StoreException {
    if (target.endpoint().emulated()) {
      return new GoogleIdentity(target, Optional.empty(), timeLeft);
    }
    try {
      Optional<GoogleCredentials> found =
          BoundedCall.call(() -> target.credentials().find(), timeLeft);
      return new GoogleIdentity(
          target,
          Optional.of(
              found.orElseThrow(() ->
                  StoreException.passing(
                      "the metadata server did not say in time whether it is there, and no other"
                          + " Google credentials were found"))),
          timeLeft);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException unfit) {
        throw unfit;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** The project to write to. */
  public String project() throws StoreException {
    if (target.project().isPresent()) {
      return target.project().get();
    }
    if (credentials.isEmpty()) {
      return EMULATED_PROJECT;
    }
    Optional<String> project =
        credentials.get() instanceof ComputeEngineCredentials server
            ? Optional.of(ofServer(server))
            : ofFile();
    return project.orElseThrow(() ->
        StoreException.lasting(
            "the credentials do not tell which project to write to: set GOOGLE_CLOUD_PROJECT"));
  }

  private String ofServer(ComputeEngineCredentials server) throws StoreException {
    return calls()
        .ask(
            () ->
                Optional.ofNullable(server.getProjectId())
                    .filter(id -> PROJECT.matcher(id).matches()),
            fault ->
                StoreException.passing(
                    "the project to write to could not be had (%s): set".formatted(fault.text())
                        + " GOOGLE_CLOUD_PROJECT, or let the next execution ask again"));
  }

  private Optional<String> ofFile() {
    return google()
        .flatMap(google -> Optional.ofNullable(google.getProjectId()))
        .filter(project -> !project.isEmpty());
  }

  /** Waits for the first access token, so that no call has to. */
  public void authorise() throws StoreException {
    if (credentials.isEmpty()) {
      return;
    }
    var diagnosis = new RpcFailureMessages(project(), target.endpoint(), this::email);
    Credentials its = credentials.get();
    String universe =
        calls()
            .ask(
                () -> {
                  String told = its.getUniverseDomain();
                  its.getRequestMetadata(SERVICE);
                  return Optional.of(told).filter(name -> DOMAIN.matcher(name).matches());
                },
                fault -> diagnosis.explain(Access.READ, fault));
    if (!universe.equals(Credentials.GOOGLE_DEFAULT_UNIVERSE)) {
      throw StoreException.lasting(
          "%s: the credentials are for the universe %s, and Cloud Monitoring is asked in %s"
              .formatted(
                  calls().from(), LabelValue.clean(universe), Credentials.GOOGLE_DEFAULT_UNIVERSE));
    }
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

  /** Whose they are, where they tell soon enough. */
  public Optional<String> email() {
    long end = System.nanoTime() + FOR_A_NAME.toNanos();
    try {
      return BoundedCall.call(this::principal, () -> shorter(end)).flatMap(name -> name);
    } catch (ExecutionException e) {
      return Optional.empty(); // the metadata server did not say; the sentence goes without it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Duration shorter(long end) {
    Duration here = Duration.ofNanos(end - System.nanoTime());
    return here.compareTo(timeLeft.get()) < 0 ? here : timeLeft.get();
  }

  private Optional<String> principal() {
    return switch (credentials.orElse(null)) {
      case ServiceAccountSigner account -> Optional.ofNullable(account.getAccount());
      case ExternalAccountCredentials external ->
          Optional.ofNullable(external.getServiceAccountEmail());
      case GoogleCredentials google ->
          Optional.ofNullable(google.getCredentialInfo().get("Principal"));
      case null, default -> Optional.empty();
    };
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

  private CredentialsCalls calls() {
    boolean server = credentials.orElseThrow() instanceof ComputeEngineCredentials;
    return new CredentialsCalls(
        server ? CredentialsSource.metadataServerName() : target.credentials().place(),
        server,
        timeLeft);
  }

  private static StoreException interrupted() {
    Thread.currentThread().interrupt();
    return StoreException.passing("finding Google's credentials was interrupted");
  }
}
