package io.github.prefectgcm.config;

import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.CaFile;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.http.Secret;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how Prefect is reached: its address, what it is shown, and what is trusted on the way. */
final class ConnectionReader {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final SettingValues values;
  private final Proxies proxies;

  ConnectionReader(SettingValues values, Proxies proxies) {
    this.values = values;
    this.proxies = proxies;
  }

  Optional<URI> apiUrl() {
    return new PrefectAddress(values).read();
  }

  /** The rest; an address that is wrong was told by {@link #apiUrl}. */
  Connection read(Optional<URI> url, boolean includeSubflows) {
    url.flatMap(proxies::problem).ifPresent(values::problem);
    Optional<Secret> key = key();
    Optional<Secret> authString = authString(url);
    if (key.isPresent() && authString.isPresent()) {
      values.problem(
          "PREFECT_API_KEY and PREFECT_API_AUTH_STRING are both set; set the key for Prefect"
              + " Cloud, or the auth string for a self-hosted server");
    }
    return new Connection(
        url.orElse(URI.create("http://localhost")),
        key,
        authString,
        new CustomHeaders(values).read(),
        caFile(),
        url.flatMap(proxies::to),
        includeSubflows);
  }

  /** Sent as a bearer token, so it can be nothing that is none. */
  private Optional<Secret> key() {
    Optional<String> text = values.text(Setting.PREFECT_API_KEY);
    if (text.isPresent() && !TOKEN.matcher(text.get()).matches()) {
      values.problem("PREFECT_API_KEY " + whyNoToken(text.get()));
    }
    return text.map(Secret::new);
  }

  private static String whyNoToken(String text) {
    if (text.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return "begins with \"Bearer\"; it must be the key alone";
    }
    if (text.contains("://")) {
      return "is an address; the address goes into PREFECT_API_URL";
    }
    if (text.matches("[*•]+")) {
      return "is a mask of the key; it must be the key itself";
    }
    return text.matches("[^\\s:]+:\\S+")
        ? "has a colon, as no key has; user:password goes into PREFECT_API_AUTH_STRING"
        : "has a character that no key has; it must be letters, digits and - . _ ~ + /";
  }

  private Optional<Secret> authString(Optional<URI> url) {
    Optional<String> text = values.text(Setting.PREFECT_API_AUTH_STRING);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches("pn[ub]_\\w+")) {
      values.problem(
          "PREFECT_API_AUTH_STRING is a key of Prefect Cloud; it goes into PREFECT_API_KEY");
    } else if (text.get().regionMatches(true, 0, "Basic ", 0, 6)) {
      values.problem(
          "PREFECT_API_AUTH_STRING begins with \"Basic\"; it must be user:password as they are");
    } else if (!text.get().contains(":")) {
      values.problem("PREFECT_API_AUTH_STRING has no colon; it must be user:password");
    } else if (url.filter(its -> PrefectCloud.isHost(its.getHost())).isPresent()) {
      values.problem(
          "PREFECT_API_AUTH_STRING is for a self-hosted server; Prefect Cloud takes"
              + " PREFECT_API_KEY");
    }
    return text.map(Secret::new);
  }

  private Optional<CaFile> caFile() {
    Optional<String> text = values.text(Setting.PREFECT_API_SSL_CERT_FILE);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CaFile.read(Path.of(text.get())));
    } catch (SourceException e) {
      values.problem(e.getMessage());
    } catch (InvalidPathException e) {
      values.problem(Setting.PREFECT_API_SSL_CERT_FILE, text.get(), "the path of a PEM file");
    }
    return Optional.empty();
  }
}
