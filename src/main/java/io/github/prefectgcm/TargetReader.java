package io.github.prefectgcm;

import io.github.prefectgcm.cloudmonitoring.Endpoint;
import io.github.prefectgcm.cloudmonitoring.Target;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is written to in Cloud Monitoring, and under which names. */
final class TargetReader {
  private static final Pattern CLOUD =
      Pattern.compile("/api/accounts/([^/]+)/workspaces/([^/]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PREFIX =
      Pattern.compile("(custom|external|workload)\\.googleapis\\.com(/[A-Za-z][A-Za-z0-9_]*)+");
  private static final Pattern LOCATION = Pattern.compile("global|[a-z]+(-[a-z0-9]+)+");

  private final SettingValues values;

  TargetReader(SettingValues values) {
    this.values = values;
  }

  /** Reads it; the namespace follows from Prefect's address if nobody sets one. */
  Target read(Optional<URI> url) {
    String prefix =
        values
            .text(Setting.METRIC_PREFIX)
            .orElse("custom.googleapis.com/prefect")
            .replaceAll("/+$", "");
    if (!PREFIX.matcher(prefix).matches() || prefix.length() > 100) {
      values.problem(
          Setting.METRIC_PREFIX,
          prefix,
          "a path such as custom.googleapis.com/prefect, at most 100 characters long");
    }
    String location = values.text(Setting.RESOURCE_LOCATION).orElse("global");
    if (!LOCATION.matcher(location).matches()) {
      values.problem(Setting.RESOURCE_LOCATION, location, "a region, a zone or global");
    }
    return new Target(
        values.text(Setting.GOOGLE_CLOUD_PROJECT),
        endpoint(),
        prefix,
        location,
        values
            .text(Setting.RESOURCE_NAMESPACE)
            .or(() -> url.map(TargetReader::namespace))
            .orElse(""),
        values.text(Setting.RESOURCE_JOB).orElse("prefect-gcm"));
  }

  private Endpoint endpoint() {
    Optional<String> address =
        values.address(Setting.MONITORING_ENDPOINT, "monitoring.googleapis.com:443");
    Optional<String> emulator = values.address(Setting.MONITORING_EMULATOR_HOST, "localhost:8085");
    if (address.isPresent() && emulator.isPresent()) {
      values.problem(
          "MONITORING_ENDPOINT and MONITORING_EMULATOR_HOST are both set; set the first for"
              + " Google's Cloud Monitoring, or the second for a server in place of it");
    }
    return emulator
        .map(Endpoint::emulator)
        .or(() -> address.map(Endpoint::at))
        .orElse(Endpoint.PUBLIC);
  }

  /** The same for every execution. Servers that share a host need RESOURCE_NAMESPACE. */
  private static String namespace(URI url) {
    Matcher cloud = CLOUD.matcher(url.getPath());
    return cloud.find() ? cloud.group(1) + "/" + cloud.group(2) : url.getHost();
  }
}
