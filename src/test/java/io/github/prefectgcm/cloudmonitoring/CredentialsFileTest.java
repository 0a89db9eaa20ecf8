package io.github.prefectgcm.cloudmonitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.prefectgcm.metric.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file that holds no credentials is told with its path and with what is wrong with it. */
class CredentialsFileTest {
  private static final String ADVICE =
      ": it must name a JSON file of credentials, such as a service account's key";

  private static final String SECRET = "hunter2";

  private static final String USER =
      "{\"type\":\"authorized_user\",\"client_id\":\"i\",\"client_secret\":\"hunter2\","
          + "\"refresh_token\":\"hunter2\"}";

  private static final String IMPERSONATED =
      "{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":"
          + "\"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
          + "job@acme.iam.gserviceaccount.com:generateAccessToken\",\"source_credentials\":%s}";

  private static final String EXTERNAL =
      "{\"type\":\"external_account\",\"subject_token_type\":\"t\",\"audience\":\"a\","
          + "\"token_url\":\"https://sts.googleapis.com/v1/token\",\"credential_source\":%s}";

  private static final String KEY = key("RSA", 2048);

  @TempDir private Path folder;

  private static String key(String algorithm, int size) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      var json = new JsonObject();
      json.addProperty("type", "service_account");
      json.addProperty("project_id", "acme");
      json.addProperty("private_key_id", "1");
      json.addProperty(
          "private_key",
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder()
                  .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n");
      json.addProperty("client_email", "job@acme.iam.gserviceaccount.com");
      json.addProperty("client_id", "1");
      json.addProperty("token_uri", "https://oauth2.googleapis.com/token");
      return json.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String with(String field, String value) {
    JsonObject json = JsonParser.parseString(KEY).getAsJsonObject();
    json.add(field, JsonParser.parseString(value));
    return json.toString();
  }

  private static String without(String text, String field) {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    json.remove(field);
    return json.toString();
  }

  private static String pem() {
    return JsonParser.parseString(KEY).getAsJsonObject().get("private_key").getAsString();
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }

  static Stream<Arguments> unfit() {
    String noText = " and has no \"%s\", or no usable one";
    String key = "is of type \"service_account\"" + noText;
    String user = "is of type \"authorized_user\"" + noText;
    String damaged =
        "has a \"private_key\" that is damaged or no RSA key, or another field that is unusable";
    String cut = "has a \"private_key\" that is cut short or not in PEM (BEGIN PRIVATE KEY)";
    return Stream.of(
        arguments("", "is empty"),
        arguments(" \n\t", "is empty"),
        arguments("hunter2", "holds no JSON object"),
        arguments("null", "holds no JSON object"),
        arguments("[]", "holds no JSON object"),
        arguments("42", "holds no JSON object"),
        arguments("\"hunter2\"", "holds no JSON object"),
        arguments("<html>hunter2</html>", "holds no JSON, or JSON that is cut short"),
        arguments(KEY.substring(0, 900), "holds no JSON, or JSON that is cut short"),
        arguments("{\"a\":".repeat(20_000), "holds no JSON, or JSON that is cut short"),
        arguments(pem(), "holds a bare key in PEM"),
        arguments("{}", "has no \"type\""),
        arguments(without(KEY, "type"), "has no \"type\""),
        arguments(with("type", "null"), "has no \"type\""),
        arguments(with("type", "42"), "has no \"type\""),
        arguments(with("type", "{}"), "has no \"type\""),
        arguments(
            with("type", "\"service-account\""), "has an unknown \"type\" \"service-account\""),
        arguments(with("type", "\"a b\\n c\""), "has an unknown \"type\""),
        arguments(
            "{\"installed\":{\"client_id\":\"i\",\"client_secret\":\"hunter2\"}}",
            "is the client of an application (OAuth), and holds no credentials"),
        arguments(without(KEY, "client_email"), key.formatted("client_email")),
        arguments(without(KEY, "client_id"), key.formatted("client_id")),
        arguments(without(KEY, "private_key"), key.formatted("private_key")),
        arguments(without(KEY, "private_key_id"), key.formatted("private_key_id")),
        arguments(with("private_key", "7"), key.formatted("private_key")),
        arguments(with("client_email", "[]"), key.formatted("client_email")),
        arguments(with("client_email", "null"), key.formatted("client_email")),
        arguments(with("private_key", quoted(pem().substring(0, 500))), cut),
        arguments(with("private_key", "\"hunter2\""), cut),
        arguments(with("private_key", quoted(pem().replace("PRIVATE", "RSA PRIVATE"))), cut),
        arguments(
            with("private_key", quoted(pem().substring(0, 500) + "\n-----END PRIVATE KEY-----\n")),
            damaged),
        arguments(
            with(
                "private_key",
                quoted(pem().replaceAll("[A-M]", "*").replaceAll("-----\\S+ ", "-----BEGIN "))),
            cut),
        arguments(key("EC", 256), damaged),
        arguments(with("token_uri", "\"ht tp://hunter2\""), damaged),
        arguments(with("token_uri", "7"), damaged),
        arguments(without(USER, "refresh_token"), user.formatted("refresh_token")),
        arguments(without(USER, "client_id"), user.formatted("client_id")),
        arguments(without(USER, "client_secret"), user.formatted("client_secret")),
        arguments(USER.replace("\"i\"", "[1]"), user.formatted("client_id")),
        arguments(
            without(IMPERSONATED.formatted(USER), "source_credentials"),
            "is of type \"impersonated_service_account\"" + noText.formatted("source_credentials")),
        arguments(
            IMPERSONATED.formatted("\"hunter2\""),
            "is of type \"impersonated_service_account\"" + noText.formatted("source_credentials")),
        arguments(
            IMPERSONATED.formatted("{}"), "has an unusable field, or its source has no \"type\""),
        arguments(
            IMPERSONATED.formatted(without(USER, "refresh_token")),
            "has an unusable field, or its source " + user.formatted("refresh_token")),
        arguments(
            EXTERNAL.formatted("null"),
            "is of type \"external_account\"" + noText.formatted("credential_source")),
        arguments(
            EXTERNAL.formatted("{}"),
            "is of type \"external_account\" and has a field that is unusable"),
        arguments(
            EXTERNAL.formatted("{\"file\":7}"),
            "is of type \"external_account\" and has a field that is unusable"),
        arguments(
            EXTERNAL.formatted("{\"environment_id\":\"hunter2\"}"),
            "is of type \"external_account\" and has a field that is unusable"),
        arguments(
            without(EXTERNAL.formatted("{\"file\":\"/x\"}"), "audience"),
            "is of type \"external_account\"" + noText.formatted("audience")),
        arguments(
            "{\"type\":\"external_account_authorized_user\"}",
            "is of type \"external_account_authorized_user\"" + noText.formatted("client_id")),
        arguments(
            "{\"type\":\"gdch_service_account\"}",
            "is of type \"gdch_service_account\"" + noText.formatted("project")));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void whatIsWrongIsSaid(String content, String flaw) throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), content);

    StoreException refused = refused(file.toString());

    assertEquals(
        "GOOGLE_APPLICATION_CREDENTIALS names " + file + ", which " + flaw + ADVICE,
        refused.getMessage());
    assertTrue(refused.isLasting());
    assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
  }

  @Test
  void bytesThatAreNoTextAreNoCredentials() throws IOException {
    Path file = Files.write(folder.resolve("key.p12"), new byte[] {0x30, (byte) 0x82, 0, -1, -2});
    assertTrue(refused(file.toString()).getMessage().contains("which holds no JSON"));
  }

  @Test
  void whatIsNoFileIsSaid() throws Exception {
    Path nowhere = folder.resolve("nowhere.json");
    says(nowhere.toString(), nowhere + ", which does not exist");
    says("\"/x/key.json\"", "\"/x/key.json\", which is in quotes: leave them out");
    says(folder.toString(), folder + ", which is a folder");
    says("/dev/zero", "/dev/zero, which is no regular file");
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    says(pipe.toString(), pipe + ", which is no regular file");
    Path large = Files.write(folder.resolve("large"), new byte[2 << 20]);
    says(large.toString(), large + ", which is too long for credentials");
  }

  private static void says(String text, String sentence) {
    assertEquals(
        "GOOGLE_APPLICATION_CREDENTIALS names " + sentence + ADVICE, refused(text).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"service_account\",\"private_key\":\"hunter2\"}",
        "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----",
        "/x\nhunter2"
      })
  void credentialsInPlaceOfAPathAreNotShown(String text) {
    assertEquals(
        "GOOGLE_APPLICATION_CREDENTIALS holds credentials: it must be the path of a file that"
            + " holds them",
        refused(text).getMessage());
  }

  @Test
  void whatCannotBeAPathIsSaid() {
    assertEquals(
        "GOOGLE_APPLICATION_CREDENTIALS is no path of a file", refused("a\0b").getMessage());
  }

  @Test
  void gcloudsFileHasAnAdviceOfItsOwn() throws IOException {
    Path file = Files.writeString(folder.resolve("adc.json"), "{");
    assertEquals(
        "gcloud's credentials are in "
            + file
            + ", which holds no JSON, or JSON that is cut short: run `gcloud auth"
            + " application-default login` again",
        assertThrows(StoreException.class, () -> CredentialsFile.ofGcloud(file).read())
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n "})
  void aWholeFileIsRead(String before) throws Exception {
    Path file = Files.writeString(folder.resolve("c.json"), before + KEY, StandardCharsets.UTF_8);
    assertInstanceOf(ServiceAccountCredentials.class, source(file.toString(), Map.of()).find());
  }

  @Test
  void onCloudRunTheMetadataServerIsNotAskedWhetherItIsThere() throws Exception {
    var onCloudRun = CredentialsSource.of(Map.of("CLOUD_RUN_JOB", "prefect-gcm"));
    assertInstanceOf(ComputeEngineCredentials.class, onCloudRun.find());
  }

  @Test
  void aFileThatIsNamedComesFirst() throws Exception {
    Path file = Files.writeString(folder.resolve("c.json"), KEY);
    var source = source(file.toString(), Map.of("CLOUD_RUN_JOB", "prefect-gcm"));
    assertInstanceOf(ServiceAccountCredentials.class, source.find());
  }

  @Test
  void theQuotaProjectOfTheEnvironmentHolds() throws Exception {
    Path file = Files.writeString(folder.resolve("c.json"), USER);
    var source = source(file.toString(), Map.of("GOOGLE_CLOUD_QUOTA_PROJECT", "payer"));
    assertEquals("payer", source.find().getQuotaProjectId());
  }

  @Test
  void nothingSetIsNothing() {
    assertEquals(
        CredentialsSource.DEFAULT,
        CredentialsSource.of(Map.of("GOOGLE_APPLICATION_CREDENTIALS", " ", "CLOUD_RUN_JOB", "")));
  }

  private static CredentialsSource source(String file, Map<String, String> others) {
    var environment = new HashMap<>(others);
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", file);
    return CredentialsSource.of(environment);
  }

  private static StoreException refused(String file) {
    var source =
        new CredentialsSource(Optional.of(file), false, Optional.empty(), Optional.empty());
    return assertThrows(StoreException.class, source::find);
  }
}
