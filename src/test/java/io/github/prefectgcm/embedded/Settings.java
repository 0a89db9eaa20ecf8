package io.github.prefectgcm.embedded;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How an embedded server behaves.
 *
 * @param limit default and maximum of a page
 * @param version what {@code /admin/version} says; before 3.0.4 there is no filter by end time
 * @param authorization the exact Authorization header that is asked for
 */
record Settings(
    String basePath,
    int limit,
    String version,
    Optional<String> authorization,
    boolean csrf,
    Optional<SSLContext> tls) {
  static final Settings DEFAULT =
      new Settings("/api", 200, "3.8.8", Optional.empty(), false, Optional.empty());

  boolean knowsEndTimes() {
    return Runtime.Version.parse(version).compareTo(Runtime.Version.parse("3.0.4")) >= 0;
  }

  Settings withBasePath(String path) {
    return new Settings(path, limit, version, authorization, csrf, tls);
  }

  Settings withLimit(int limit) {
    return new Settings(basePath, limit, version, authorization, csrf, tls);
  }

  Settings withVersion(String version) {
    return new Settings(basePath, limit, version, authorization, csrf, tls);
  }

  Settings withAuthorization(String header) {
    return new Settings(basePath, limit, version, Optional.of(header), csrf, tls);
  }

  Settings withCsrf() {
    return new Settings(basePath, limit, version, authorization, true, tls);
  }

  Settings withTls(SSLContext context) {
    return new Settings(basePath, limit, version, authorization, csrf, Optional.of(context));
  }
}
