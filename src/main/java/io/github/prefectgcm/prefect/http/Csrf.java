package io.github.prefectgcm.prefect.http;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The token that a server with CSRF protection wants with each POST. A new token voids the old one
 * of the same client, hence one client for the life of the process.
 */
final class Csrf {
  private Optional<String> client = Optional.empty();
  private Optional<String> token = Optional.empty();

  synchronized Map<String, String> headers() {
    return token
        .map(
            text -> Map.of("prefect-csrf-token", text, "prefect-csrf-client", client.orElseThrow()))
        .orElse(Map.of());
  }

  synchronized Request request() {
    // Not earlier: hardly any server asks for a token, and randomness takes its time.
    client = client.or(() -> Optional.of(UUID.randomUUID().toString()));
    return Request.get("/csrf-token?client=" + client.orElseThrow());
  }

  synchronized void accept(String text) {
    token = Optional.of(text);
  }
}
