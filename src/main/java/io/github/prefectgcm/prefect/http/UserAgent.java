package io.github.prefectgcm.prefect.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the job calls itself. Never {@code prefect/…}: by that the server switches to the behaviour
 * of old clients.
 */
final class UserAgent {
  static final String TEXT = "prefect-gcm/" + version();

  private UserAgent() {}

  private static String version() {
    try (var in = UserAgent.class.getResourceAsStream("/prefect-gcm.properties")) {
      var properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
