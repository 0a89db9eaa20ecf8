package io.github.prefectgcm.prefect;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The token that a server with CSRF protection wants with each POST. A new token voids the old one
 * of the same client, hence one client for the life of the process.
 */
final class Csrf {
  private final String client = UUID.randomUUID().toString();
  private Optional<String> token = Optional.empty();

  synchronized Map<String, String> headers() {
    return token
        .map(text -> Map.of("prefect-csrf-token", text, "prefect-csrf-client", client))
        .orElse(Map.of());
  }

  Request request() {
    return Request.get("/csrf-token?client=" + client);
  }

  synchronized void accept(String text) {
    token = Optional.of(text);
  }
}
