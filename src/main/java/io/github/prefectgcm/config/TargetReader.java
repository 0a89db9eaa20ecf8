package io.github.prefectgcm.config;

import io.github.prefectgcm.cloudmonitoring.Endpoint;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.metric.LabelValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is written to in Cloud Monitoring, and under which names. */
final class TargetReader {
  private static final Pattern CLOUD =
      Pattern.compile("/api/accounts/([^/]+)/workspaces/([^/]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PREFIX =
      Pattern.compile("(custom|external|workload)\\.googleapis\\.com(/[A-Za-z][A-Za-z0-9_]*)+");

  /** What Cloud Monitoring knows: regions and zones of Google Cloud and of AWS. */
  private static final Pattern LOCATION =
      Pattern.compile(
          "global|[a-z]+-(north|south|east|west|central)+\\d{1,2}(-[a-z][a-z0-9]*)?"
              + "|(aws:)?[a-z]+(-[a-z]+)?-(north|south|east|west|central)+-\\d{1,2}[a-z]?");

  private static final Pattern PROJECT =
      Pattern.compile("([a-z0-9.-]+:)?[a-z]([a-z0-9-]*[a-z0-9])?|\\d+");

  private final SettingValues values;
  private final Proxies proxies;

  TargetReader(SettingValues values, Proxies proxies) {
    this.values = values;
    this.proxies = proxies;
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
      values.problem(
          Setting.RESOURCE_LOCATION,
          location,
          "a region or a zone of Google Cloud or AWS, such as europe-west1, or global; a place of"
              + " your own goes into RESOURCE_NAMESPACE");
    }
    return new Target(
        project(),
        endpoint(),
        prefix,
        location,
        label(Setting.RESOURCE_NAMESPACE).or(() -> url.map(TargetReader::namespace)).orElse(""),
        label(Setting.RESOURCE_JOB).orElse("prefect-gcm"),
        values.credentials());
  }

  private Optional<String> project() {
    Optional<String> project = values.text(Setting.GOOGLE_CLOUD_PROJECT);
    project
        .filter(id -> !PROJECT.matcher(id).matches())
        .ifPresent(id ->
            values.problem(
                Setting.GOOGLE_CLOUD_PROJECT,
                id,
                "the id of a project, such as my-project, without projects/; its name is another"
                    + " thing"));
    return project;
  }

  private Optional<String> label(Setting setting) {
    Optional<String> label = values.text(setting);
    label
        .filter(text -> !LabelValue.clean(text).equals(text))
        .ifPresent(text -> values.problem(setting, text, "at most 1024 characters long"));
    return label;
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
        .orElseGet(() -> throughProxy(address.map(Endpoint::at).orElse(Endpoint.PUBLIC)));
  }

  private Endpoint throughProxy(Endpoint endpoint) {
    URI address;
    try {
      address = new URI("https://" + endpoint.address());
    } catch (URISyntaxException e) {
      return endpoint; // which was told already
    }
    if (address.getHost() == null) {
      return endpoint;
    }
    proxies.problem(address).ifPresent(values::problem);
    return proxies.to(address).map(proxy -> endpoint.through(proxy.variable())).orElse(endpoint);
  }

  /** The same for every execution. Servers that share a host need RESOURCE_NAMESPACE. */
  private static String namespace(URI url) {
    Matcher cloud = CLOUD.matcher(url.getRawPath());
    return cloud.find() ? cloud.group(1) + "/" + cloud.group(2) : url.getHost();
  }
}
