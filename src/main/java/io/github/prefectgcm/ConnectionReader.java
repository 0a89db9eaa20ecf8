package io.github.prefectgcm;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.prefectgcm.prefect.Connection;
import io.github.prefectgcm.prefect.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads how Prefect is reached: its address, what it is shown, and what is trusted on the way. */
final class ConnectionReader {
  private static final Pattern UNDERSCORE =
      Pattern.compile("^https?://[^/@]*_", Pattern.CASE_INSENSITIVE);
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private final SettingValues values;

  ConnectionReader(SettingValues values) {
    this.values = values;
  }

  Optional<URI> apiUrl() {
    Optional<String> text = values.text(Setting.PREFECT_API_URL);
    if (text.isEmpty()) {
      values.problem(
          "PREFECT_API_URL is not set; it must be the address of Prefect's API, such as"
              + " http://localhost:4200/api");
      return Optional.empty();
    }
    try {
      URI url = new URI(text.get().replaceAll("/+$", ""));
      String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean plain =
          url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
      if (url.getHost() != null && plain && (scheme.equals("http") || scheme.equals("https"))) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // Told below, like any other text that is no such address.
    }
    values.problem(
        Setting.PREFECT_API_URL,
        withoutSecrets(text.get()),
        UNDERSCORE.matcher(text.get()).find()
            ? "an address whose host name has no underscore; give the server an alias without one"
            : "an http or https address without user name, query or fragment, such as"
                + " http://localhost:4200/api");
    return Optional.empty();
  }

  /** The text may hold a password or a token; it is not repeated then. */
  private static String withoutSecrets(String url) {
    if (url.contains("@")) {
      return "an address with a user name";
    }
    return url.contains("?") ? "an address with a query" : url;
  }

  /** The rest; an address that is wrong was told by {@link #apiUrl}. */
  Connection read(Optional<URI> url, boolean includeSubflows) {
    Optional<Secret> key = values.text(Setting.PREFECT_API_KEY).map(Secret::new);
    Optional<Secret> authString = authString(key.isPresent());
    return new Connection(
        url.orElse(URI.create("http://localhost")),
        key,
        authString,
        headers(),
        caFile(),
        url.flatMap(this::proxy),
        includeSubflows);
  }

  private Optional<Secret> authString(boolean hasKey) {
    Optional<String> text = values.text(Setting.PREFECT_API_AUTH_STRING);
    if (text.isPresent() && hasKey) {
      values.problem(
          "PREFECT_API_KEY and PREFECT_API_AUTH_STRING are both set; set the key for Prefect"
              + " Cloud, or the auth string for a self-hosted server");
    }
    if (text.isPresent() && !text.get().contains(":")) {
      values.problem("PREFECT_API_AUTH_STRING has no colon; it must be user:password");
    }
    return text.map(Secret::new);
  }

  private Map<String, Secret> headers() {
    var headers = new TreeMap<String, Secret>(String.CASE_INSENSITIVE_ORDER);
    Optional<String> text = values.text(Setting.PREFECT_CLIENT_CUSTOM_HEADERS);
    if (text.isEmpty()) {
      return headers;
    }
    try {
      for (Map.Entry<String, JsonElement> header :
          JsonParser.parseString(text.get()).getAsJsonObject().entrySet()) {
        String name = header.getKey();
        String value = header.getValue().getAsString();
        boolean reserved =
            name.equalsIgnoreCase("User-Agent")
                || name.toLowerCase(Locale.ROOT).startsWith("prefect-csrf-");
        if (reserved || !HEADER.matcher(name).matches()) {
          values.problem(
              "PREFECT_CLIENT_CUSTOM_HEADERS names the header "
                  + SettingValues.printable(name)
                  + (reserved ? ", which the job sets itself" : ", which is no header name"));
        } else if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c > 0xff)) {
          values.problem(
              "PREFECT_CLIENT_CUSTOM_HEADERS gives "
                  + name
                  + " a value with characters that no header can have");
        } else {
          headers.put(name, new Secret(value));
        }
      }
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      // The value may be a token, so it is not repeated.
      values.problem(
          "PREFECT_CLIENT_CUSTOM_HEADERS is no JSON object of texts, such as"
              + " {\"X-Token\": \"…\"}");
    }
    return headers;
  }

  private Optional<Path> caFile() {
    Optional<String> text = values.text(Setting.PREFECT_API_SSL_CERT_FILE);
    try {
      Optional<Path> file = text.map(Path::of);
      if (file.isPresent() && (Files.isDirectory(file.get()) || !Files.isReadable(file.get()))) {
        values.problem(
            Setting.PREFECT_API_SSL_CERT_FILE, text.get(), "a PEM file that can be read");
      }
      return file;
    } catch (InvalidPathException e) {
      values.problem(
          Setting.PREFECT_API_SSL_CERT_FILE, text.orElse(""), "a PEM file that can be read");
      return Optional.empty();
    }
  }

  private Optional<Secret> proxy(URI url) {
    String name =
        url.getScheme().equalsIgnoreCase("https") ? Setting.HTTPS_PROXY.name() : "HTTP_PROXY";
    Optional<String> text = values.anyCase(name);
    if (text.isEmpty()
        || NoProxy.matches(values.anyCase(Setting.NO_PROXY.name()).orElse(""), url)) {
      return Optional.empty();
    }
    String address = text.get().contains("://") ? text.get() : "http://" + text.get();
    try {
      URI proxy = new URI(address);
      if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
        return Optional.of(new Secret(address));
      }
    } catch (URISyntaxException e) {
      // Told below; the text may hold a password.
    }
    values.problem(name + " is no address such as http://host:3128");
    return Optional.empty();
  }
}
