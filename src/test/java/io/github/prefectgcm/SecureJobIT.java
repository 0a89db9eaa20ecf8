package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.prefectgcm.embedded.TunnelProxy;
import io.github.prefectgcm.image.PackagedJob;
import io.github.prefectgcm.image.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar with the libraries that it is given, as it runs on Google Cloud: TLS on both
 * sides, and a token from Application Default Credentials.
 */
class SecureJobIT {
  private static final long LIMIT_SECONDS = 60;

  @TempDir private Path folder;
  private Servers servers;
  private Map<String, String> environment;

  @BeforeEach
  void start() throws Exception {
    servers = new Servers(folder);
    environment = new HashMap<>(servers.environment());
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void pointsArriveWithATokenOfTheMetadataServer() throws Exception {
    assertEquals(0, execute());
    servers.arrived();
    servers.advance();
    assertEquals(0, execute());
    servers.arrived();
    assertEquals(2, servers.metadata().tokens());
  }

  @Test
  void pointsArriveWithTheKeyOfAServiceAccount() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Path file = folder.resolve("key.json");
    Files.writeString(file, serviceAccount(keys));
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
    servers.accept(token -> isSigned(token, keys.getPublic()));

    assertEquals(0, execute());
    servers.arrived();
    assertEquals(0, servers.metadata().tokens());
  }

  @Test
  void pointsArriveThroughAProxyThatAloneKnowsTheNames() throws Exception {
    try (var proxy = new TunnelProxy(200)) {
      environment.put("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
      environment.computeIfPresent(
          "PREFECT_API_URL", (name, url) -> url.replace("127.0.0.1", "prefect.test"));
      environment.computeIfPresent(
          "MONITORING_ENDPOINT",
          (name, address) -> address.replace("127.0.0.1", "monitoring.test"));

      assertEquals(0, execute());
      servers.arrived();
      for (String host : List.of("prefect.test", "monitoring.test")) {
        assertTrue(
            proxy.heads().stream().anyMatch(head -> head.startsWith("CONNECT " + host + ":")),
            () -> proxy.heads().toString());
      }
    }
  }

  @Test
  void aTokenThatIsNotAcceptedIsToldWithWhatToLookAt() throws Exception {
    servers.accept(token -> false);

    assertEquals(2, execute());
    String said = Files.readString(folder.resolve("output"));
    assertTrue(said.contains("Cloud Monitoring did not accept the job's credentials"), said);
  }

  private int execute() throws IOException, InterruptedException {
    var flags = new ArrayList<>(PackagedJob.QUICK);
    flags.add("-Djavax.net.ssl.trustStore=" + servers.trustStore());
    Process job = PackagedJob.start(flags, environment, folder.resolve("output"));
    try {
      assertTrue(job.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "does not end");
      return job.exitValue();
    } finally {
      job.destroyForcibly();
    }
  }

  private static String serviceAccount(KeyPair keys) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    var json = new JsonObject();
    json.addProperty("type", "service_account");
    json.addProperty("project_id", "embedded-project");
    json.addProperty("private_key_id", "1");
    json.addProperty("private_key", pem);
    json.addProperty("client_email", "prefect-gcm@embedded-project.iam.gserviceaccount.com");
    json.addProperty("client_id", "1");
    json.addProperty("token_uri", "https://oauth2.googleapis.com/token");
    return json.toString();
  }

  /** Google takes a token that a service account has signed itself. */
  private static boolean isSigned(String token, PublicKey key) {
    int end = token.lastIndexOf('.');
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
