package io.github.prefectgcm.cloudmonitoring;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.prefectgcm.metric.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of credentials. What is wrong with one is found out here: the library's exceptions are of
 * many kinds, and may quote the file.
 */
final class CredentialsFile {
  /** No credentials are that long. */
  private static final int LIMIT = 1 << 20;

  private static final String SOURCE = "source_credentials";

  /** What the library does without in none of them. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "authorized_user",
          List.of("client_id", "client_secret", "refresh_token"),
          "service_account",
          List.of("client_id", "client_email", "private_key", "private_key_id"),
          "impersonated_service_account",
          List.of("service_account_impersonation_url", SOURCE),
          "external_account",
          List.of("audience", "subject_token_type", "token_url", "credential_source"),
          "external_account_authorized_user",
          List.of("client_id", "client_secret", "refresh_token", "token_url"),
          "gdch_service_account",
          List.of("project", "private_key_id", "private_key", "name", "token_uri"));

  /** Those that are JSON objects and no texts. */
  private static final List<String> OBJECTS = List.of(SOURCE, "credential_source");

  private static final Pattern PEM =
      Pattern.compile("(?s)\\s*-----BEGIN PRIVATE KEY-----.*-----END PRIVATE KEY-----\\s*");

  private static final Pattern SIMPLE = Pattern.compile("[\\w.-]{1,60}");

  private final Path path;
  private final String subject;
  private final String advice;

  private CredentialsFile(Path path, String subject, String advice) {
    this.path = path;
    this.subject = subject;
    this.advice = advice;
  }

  /** The file that {@code GOOGLE_APPLICATION_CREDENTIALS} names. */
  static CredentialsFile named(String text) throws StoreException {
    // Somebody who puts the credentials themselves there does not want to see them in a log.
    if (text.contains("{") || text.contains("PRIVATE KEY") || text.lines().count() > 1) {
      throw StoreException.lasting(
          "GOOGLE_APPLICATION_CREDENTIALS holds credentials: it must be the path of a file that"
              + " holds them");
    }
    try {
      return new CredentialsFile(
          Path.of(text),
          "GOOGLE_APPLICATION_CREDENTIALS names",
          "it must name a JSON file of credentials, such as a service account's key");
    } catch (InvalidPathException e) {
      throw StoreException.lasting("GOOGLE_APPLICATION_CREDENTIALS is no path of a file");
    }
  }

  /** The file that gcloud writes. */
  static CredentialsFile ofGcloud(Path path) {
    return new CredentialsFile(
        path, "gcloud's credentials are in", "run `gcloud auth application-default login` again");
  }

  GoogleCredentials read() throws StoreException {
    byte[] content = content();
    try {
      return parsed(content);
    } catch (IOException | RuntimeException e) {
      throw unfit(flaw(new String(content, StandardCharsets.UTF_8)));
    }
  }

  /** Files may come from anywhere that the operator trusts; that is what the library warns of. */
  @SuppressWarnings("deprecation")
  private static GoogleCredentials parsed(byte[] content) throws IOException {
    return GoogleCredentials.fromStream(new ByteArrayInputStream(content));
  }

  private byte[] content() throws StoreException {
    if (!Files.exists(path)) {
      throw unfit(
          path.toString().matches("([\"']).*\\1")
              ? "is in quotes: leave them out"
              : "does not exist");
    }
    if (Files.isDirectory(path)) {
      throw unfit("is a folder");
    }
    // A pipe or a device might never end.
    if (!Files.isRegularFile(path)) {
      throw unfit("is no regular file");
    }
    if (!Files.isReadable(path)) {
      throw unfit("the job's user may not read");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(LIMIT);
      if (content.length == LIMIT) {
        throw unfit("is too long for credentials");
      }
      return content;
    } catch (IOException e) {
      throw unfit("cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Where it is. */
  @Override
  public String toString() {
    return path.toString();
  }

  private StoreException unfit(String flaw) {
    return StoreException.lasting("%s %s, which %s: %s".formatted(subject, path, flaw, advice));
  }

  /** What is wrong with a text that the library refused. */
  private static String flaw(String text) {
    if (text.isBlank()) {
      return "is empty";
    }
    if (text.contains("-----BEGIN") && !text.contains("{")) {
      return "holds a bare key in PEM";
    }
    try {
      JsonElement json = JsonParser.parseString(text);
      return json.isJsonObject() ? flaw(json.getAsJsonObject()) : "holds no JSON object";
    } catch (JsonParseException | StackOverflowError e) {
      return "holds no JSON, or JSON that is cut short";
    }
  }

  private static String flaw(JsonObject json) {
    if (json.has("installed") || json.has("web")) {
      return "is the client of an application (OAuth), and holds no credentials";
    }
    Optional<String> type = text(json, "type");
    if (type.isEmpty()) {
      return "has no \"type\"";
    }
    if (!REQUIRED.containsKey(type.get())) {
      String shown = SIMPLE.matcher(type.get()).matches() ? " \"" + type.get() + "\"" : "";
      return "has an unknown \"type\"" + shown;
    }
    for (String field : REQUIRED.getOrDefault(type.get(), List.of())) {
      boolean there =
          OBJECTS.contains(field)
              ? json.has(field) && json.get(field).isJsonObject()
              : text(json, field).isPresent();
      if (!there) {
        return "is of type \"%s\" and has no \"%s\", or no usable one".formatted(type.get(), field);
      }
    }
    if (text(json, "private_key").filter(key -> !PEM.matcher(key).matches()).isPresent()) {
      return "has a \"private_key\" that is cut short or not in PEM (BEGIN PRIVATE KEY)";
    }
    if (type.get().equals("impersonated_service_account")) {
      return "has an unusable field, or its source " + flaw(json.getAsJsonObject(SOURCE));
    }
    return text(json, "private_key").isPresent()
        ? "has a \"private_key\" that is damaged or no RSA key, or another field that is unusable"
        : "is of type \"%s\" and has a field that is unusable".formatted(type.get());
  }

  private static Optional<String> text(JsonObject json, String field) {
    return Optional.ofNullable(json.get(field))
        .filter(JsonElement::isJsonPrimitive)
        .filter(value -> value.getAsJsonPrimitive().isString())
        .map(JsonElement::getAsString)
        .filter(text -> !text.isBlank());
  }
}
