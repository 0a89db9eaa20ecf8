package io.github.prefectgcm.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The names of all settings, with the text of {@code --help} and docs/settings.md. */
public enum Setting {
  PREFECT_API_URL(
      "required",
      "address of Prefect's API, as for Prefect itself: `http://host:4200/api` or"
          + " `https://api.prefect.cloud/api/accounts/…/workspaces/…`"),
  PREFECT_API_KEY("-", "API key of Prefect Cloud"),
  PREFECT_API_AUTH_STRING("-", "`user:password` of a self-hosted server; not with a key"),
  PREFECT_CLIENT_CUSTOM_HEADERS(
      "-", "JSON object of headers to send, for a server behind a proxy that wants a token"),
  PREFECT_API_SSL_CERT_FILE("-", "PEM file of certificates to trust besides the JVM's"),
  HTTPS_PROXY(
      "-",
      "proxy to Google, and to Prefect for an `https` URL, such as"
          + " `http://user:password@host:3128`; for an `http` URL it is `HTTP_PROXY`, and"
          + " `ALL_PROXY` stands for either one"),
  NO_PROXY(
      "-",
      "what is reached without a proxy, as curl reads it: names and all below them, addresses,"
          + " networks such as `10.0.0.0/8`, or `*`"),
  GOOGLE_CLOUD_PROJECT("the project of the credentials", "project that is written to"),
  PERIOD("5m", "length of a window; 10 s to 1 h, a divisor of 24 h"),
  SETTLE(
      "60s", "how long after its end a window is read, so that late commits are seen; 0 s to 10 m"),
  BACKFILL("15m", "how far back an execution starts if it sees no watermark; 15 m to 24 h"),
  DEADLINE(
      "4m", "time for the whole execution; 1 s to 24 h, shorter than Cloud Run's task timeout"),
  WINDOW_HOURS(
      "24",
      "span of `flow_runs_total` and `flow_run_duration_seconds_avg`; 0 to 168, 0 leaves both out"),
  METRIC_PREFIX("custom.googleapis.com/prefect", "what all metric types begin with"),
  RESOURCE_LOCATION(
      "global",
      "`location` of the monitored resource: a region or a zone of Google Cloud or AWS, or"
          + " `global`"),
  RESOURCE_NAMESPACE(
      "from the URL",
      "`namespace` of the monitored resource: the host, or Prefect Cloud's ids"
          + " `account/workspace`"),
  RESOURCE_JOB("prefect-gcm", "`job` of the monitored resource"),
  MAX_SERIES("2000", "how many series of one counter are filled with zeros; 0 to 100000"),
  INCLUDE_SUBFLOWS("false", "whether runs that another run started are read too"),
  METRICS(
      "default",
      "which metrics are written: `default`, `all` or names with `*`, in order, with `!` to leave"
          + " out, such as `default,!work_pool/*`"),
  LABELS(
      "all of them",
      "which of `flow_name`, `deployment_name`, `work_pool_name`, `owner` are filled in; series"
          + " that differ by another one alone add up"),
  DISTRIBUTION_LABELS("`work_pool_name`", "the same for distributions"),
  OWNER_TAG(
      "-", "what a tag begins with that names the owner of a deployment or a run, such as `team:`"),
  MAX_PRICE("-", "dollars a month for Cloud Monitoring; `check` says so if the series cost more"),
  RUN_LOG(
      "failed",
      "which finished runs are told one by one in the log: `failed` (or crashed), `all` or `off`"),
  PREFECT_UI_URL(
      "from the URL of the API", "address of Prefect's UI, for the links of the run log"),
  DRY_RUN("false", "prints what would be written; needs no Google account"),
  LOG_FORMAT("`json` on Cloud Run, else `text`", "`json` or `text`"),
  MONITORING_ENDPOINT(
      "monitoring.googleapis.com:443",
      "`host:port` of Cloud Monitoring, for Private Service Connect"),
  MONITORING_EMULATOR_HOST(
      "-",
      "`host:port` of a server in place of Google's, in plaintext, without credentials and"
          + " proxy");

  private final String standard;
  private final String meaning;

  Setting(String standard, String meaning) {
    this.standard = standard;
    this.meaning = meaning;
  }

  public String standard() {
    return standard;
  }

  public String meaning() {
    return meaning;
  }

  /** Not ours alone: names that resemble them belong to somebody else. */
  private static final Set<Setting> SHARED = EnumSet.of(HTTPS_PROXY, NO_PROXY);

  /** The setting that somebody who wrote this name may have meant; absent for one written right. */
  static Optional<Setting> meant(String name) {
    if (Arrays.stream(values()).anyMatch(setting -> setting.name().equals(name))) {
      return Optional.empty();
    }
    return EnumSet.complementOf(EnumSet.copyOf(SHARED)).stream()
        .filter(setting -> Spelling.resembles(name, setting.name()))
        .findFirst();
  }
}
