package io.github.prefectgcm.cloudmonitoring;

import static io.github.prefectgcm.cloudmonitoring.Fixtures.TARGET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.github.prefectgcm.metric.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoogleIdentityTest {
  private static final String USER =
      """
      {"type": "authorized_user", "client_id": "id", "client_secret": "s", "refresh_token": "r",
       "account": "ann@example.com"}\
      """;

  private static final String ACCOUNT =
      "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
          + "job@acme.iam.gserviceaccount.com:generateAccessToken";

  private static final Target NOWHERE =
      new Target(
          Optional.empty(),
          Endpoint.PUBLIC,
          TARGET.metricPrefix(),
          TARGET.location(),
          TARGET.namespace(),
          TARGET.job(),
          CredentialsSource.DEFAULT);

  @Test
  void aUserIsNamed() throws IOException {
    assertIs("user credentials", "ann@example.com", read(USER));
  }

  @Test
  void aServiceAccountKeyIsNamed() throws Exception {
    Credentials key =
        ServiceAccountCredentials.newBuilder()
            .setClientEmail("job@acme.iam.gserviceaccount.com")
            .setProjectId("of-the-key")
            .setPrivateKey(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate())
            .build();

    assertIs("service account key", "job@acme.iam.gserviceaccount.com", key);
    assertEquals("acme", new GoogleIdentity(TARGET, Optional.of(key), Fixtures.MINUTE).project());
    assertEquals(
        "of-the-key", new GoogleIdentity(NOWHERE, Optional.of(key), Fixtures.MINUTE).project());
  }

  @Test
  void anImpersonatedAccountIsNamed() throws IOException {
    assertIs(
        "impersonated service account",
        "job@acme.iam.gserviceaccount.com",
        read(
            """
            {"type": "impersonated_service_account", "service_account_impersonation_url": "%s",
             "source_credentials": %s}\
            """
                .formatted(ACCOUNT, USER)));
  }

  @Test
  void aFederatedWorkloadIsNamedByTheAccountThatItTakesOn() throws IOException {
    assertIs(
        "workload identity federation",
        "job@acme.iam.gserviceaccount.com",
        read(
            """
            {"type": "external_account", "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
             "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p",
             "token_url": "https://sts.googleapis.com/v1/token", "credential_source": {"file": "/x"},
             "service_account_impersonation_url": "%s"}\
            """
                .formatted(ACCOUNT)));
  }

  @Test
  void anotherKindIsAtLeastNamedByItsProtocol() {
    var token = GoogleCredentials.create(new AccessToken("t", Date.from(Instant.EPOCH)));
    GoogleIdentity caller = new GoogleIdentity(TARGET, Optional.of(token), Fixtures.MINUTE);
    assertEquals("OAuth2", caller.kind());
    assertEquals(Optional.empty(), caller.email());
  }

  @Test
  void credentialsWithoutAProjectNeedTheSetting() throws IOException {
    GoogleIdentity caller = new GoogleIdentity(NOWHERE, Optional.of(read(USER)), Fixtures.MINUTE);
    assertEquals(
        "the credentials do not tell which project to write to: set GOOGLE_CLOUD_PROJECT",
        assertThrows(StoreException.class, caller::project).getMessage());
  }

  private static void assertIs(String kind, String email, Credentials credentials) {
    GoogleIdentity caller = new GoogleIdentity(TARGET, Optional.of(credentials), Fixtures.MINUTE);
    assertEquals(kind, caller.kind());
    assertEquals(Optional.of(email), caller.email());
    assertEquals(kind, caller.toString(), "holds secrets");
  }

  private static Credentials read(String json) throws IOException {
    return GoogleCredentials.fromStream(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
