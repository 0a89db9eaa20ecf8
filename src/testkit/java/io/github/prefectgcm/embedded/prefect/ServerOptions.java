package io.github.prefectgcm.embedded.prefect;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How an embedded server behaves.
 *
 * @param limit default and maximum of a page
 * @param version what {@code /admin/version} says; before 3.0.4 there is no filter by end time
 * @param authorization the exact Authorization header that is asked for
 */
record ServerOptions(
    String basePath,
    int limit,
    String version,
    Optional<String> authorization,
    boolean csrf,
    Optional<SSLContext> tls) {
  static final ServerOptions DEFAULT =
      new ServerOptions("/api", 200, "3.8.8", Optional.empty(), false, Optional.empty());

  boolean knowsEndTimes() {
    return isAtLeast("3.0.4");
  }

  /** Whether rows of pools and queues say how many slots are taken. */
  boolean tellsSlots() {
    return isAtLeast("3.6.23");
  }

  private boolean isAtLeast(String other) {
    return Runtime.Version.parse(version).compareTo(Runtime.Version.parse(other)) >= 0;
  }

  ServerOptions withBasePath(String path) {
    return new ServerOptions(path, limit, version, authorization, csrf, tls);
  }

  ServerOptions withLimit(int limit) {
    return new ServerOptions(basePath, limit, version, authorization, csrf, tls);
  }

  ServerOptions withVersion(String version) {
    return new ServerOptions(basePath, limit, version, authorization, csrf, tls);
  }

  ServerOptions withAuthorization(String header) {
    return new ServerOptions(basePath, limit, version, Optional.of(header), csrf, tls);
  }

  ServerOptions withCsrf() {
    return new ServerOptions(basePath, limit, version, authorization, true, tls);
  }

  ServerOptions withTls(SSLContext context) {
    return new ServerOptions(basePath, limit, version, authorization, csrf, Optional.of(context));
  }
}
