package io.github.prefectgcm;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.prefectgcm.cloudmonitoring.Endpoint;
import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.metric.Timing;
import io.github.prefectgcm.prefect.Connection;
import io.github.prefectgcm.prefect.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads settings from an environment, and collects what is wrong with them. */
final class SettingsReader {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(s|m|h)");
  private static final Pattern CLOUD =
      Pattern.compile("/api/accounts/([^/]+)/workspaces/([^/]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNDERSCORE =
      Pattern.compile("^https?://[^/@]*_", Pattern.CASE_INSENSITIVE);
  private static final Pattern PREFIX =
      Pattern.compile("(custom|external|workload)\\.googleapis\\.com(/[A-Za-z][A-Za-z0-9_]*)+");
  private static final Pattern LOCATION = Pattern.compile("global|[a-z]+(-[a-z0-9]+)+");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern ADDRESS = Pattern.compile("(\\[[^\\]]+]|[^:\\s/]+):(\\d{1,5})");

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  Settings read() throws Settings.Invalid {
    Optional<URI> url = apiUrl();
    Duration period = period();
    Duration settle = settle();
    Duration backfill = duration(Setting.BACKFILL, "15m", Duration.ofMinutes(15), DAY);
    Duration deadline = deadline();
    int windowHours = whole(Setting.WINDOW_HOURS, 24, 1, 168);
    int maxSeries = whole(Setting.MAX_SERIES, 2000, 0, 100_000);
    boolean includeSubflows = flag(Setting.INCLUDE_SUBFLOWS);
    boolean dryRun = flag(Setting.DRY_RUN);
    logFormat();
    oneTask();
    Optional<Secret> key = text(Setting.PREFECT_API_KEY).map(Secret::new);
    Optional<Secret> authString = authString(key.isPresent());
    var connection =
        new Connection(
            url.orElse(URI.create("http://localhost")),
            key,
            authString,
            headers(),
            caFile(),
            url.flatMap(this::proxy),
            includeSubflows);
    Target target = target(url);
    complain();
    return new Settings(
        connection,
        target,
        period,
        settle,
        backfill,
        deadline,
        Duration.ofHours(windowHours),
        maxSeries,
        dryRun);
  }

  /** Reads only what metric descriptors depend on. */
  DescriptorSettings readForDescriptors() throws Settings.Invalid {
    Timing timing = Timing.of(period(), settle());
    Duration deadline = deadline();
    logFormat();
    Target target = target(Optional.empty());
    complain();
    return new DescriptorSettings(target, timing, deadline);
  }

  private void complain() throws Settings.Invalid {
    if (!problems.isEmpty()) {
      throw new Settings.Invalid(problems);
    }
  }

  private Duration period() {
    Duration period = duration(Setting.PERIOD, "5m", Duration.ofSeconds(10), Duration.ofHours(1));
    if (DAY.toMillis() % period.toMillis() != 0) {
      problem(Setting.PERIOD, text(Setting.PERIOD).orElse(""), "a divisor of 24 h, such as 5m");
    }
    return period;
  }

  private Duration settle() {
    return duration(Setting.SETTLE, "60s", Duration.ZERO, Duration.ofMinutes(10));
  }

  private Duration deadline() {
    return duration(Setting.DEADLINE, "4m", Duration.ofSeconds(1), DAY);
  }

  private void logFormat() {
    text(Setting.LOG_FORMAT)
        .filter(format -> !format.equals("json") && !format.equals("text"))
        .ifPresent(format -> problem(Setting.LOG_FORMAT, format, "json or text"));
  }

  private Optional<URI> apiUrl() {
    Optional<String> text = text(Setting.PREFECT_API_URL);
    if (text.isEmpty()) {
      problems.add(
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
    problem(
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

  private Optional<Secret> authString(boolean hasKey) {
    Optional<String> text = text(Setting.PREFECT_API_AUTH_STRING);
    if (text.isPresent() && hasKey) {
      problems.add(
          "PREFECT_API_KEY and PREFECT_API_AUTH_STRING are both set; set the key for Prefect"
              + " Cloud, or the auth string for a self-hosted server");
    }
    if (text.isPresent() && !text.get().contains(":")) {
      problems.add("PREFECT_API_AUTH_STRING has no colon; it must be user:password");
    }
    return text.map(Secret::new);
  }

  private Map<String, Secret> headers() {
    var headers = new TreeMap<String, Secret>(String.CASE_INSENSITIVE_ORDER);
    Optional<String> text = text(Setting.PREFECT_CLIENT_CUSTOM_HEADERS);
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
          problems.add(
              "PREFECT_CLIENT_CUSTOM_HEADERS names the header "
                  + printable(name)
                  + (reserved ? ", which the job sets itself" : ", which is no header name"));
        } else if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c > 0xff)) {
          problems.add(
              "PREFECT_CLIENT_CUSTOM_HEADERS gives "
                  + name
                  + " a value with characters that no header can have");
        } else {
          headers.put(name, new Secret(value));
        }
      }
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      // The value may be a token, so it is not repeated.
      problems.add(
          "PREFECT_CLIENT_CUSTOM_HEADERS is no JSON object of texts, such as"
              + " {\"X-Token\": \"…\"}");
    }
    return headers;
  }

  private Optional<Path> caFile() {
    Optional<String> text = text(Setting.PREFECT_API_SSL_CERT_FILE);
    try {
      Optional<Path> file = text.map(Path::of);
      if (file.isPresent() && (Files.isDirectory(file.get()) || !Files.isReadable(file.get()))) {
        problem(Setting.PREFECT_API_SSL_CERT_FILE, text.get(), "a PEM file that can be read");
      }
      return file;
    } catch (InvalidPathException e) {
      problem(Setting.PREFECT_API_SSL_CERT_FILE, text.orElse(""), "a PEM file that can be read");
      return Optional.empty();
    }
  }

  private Optional<Secret> proxy(URI url) {
    String name =
        url.getScheme().equalsIgnoreCase("https") ? Setting.HTTPS_PROXY.name() : "HTTP_PROXY";
    Optional<String> text = anyCase(name);
    if (text.isEmpty() || NoProxy.matches(anyCase(Setting.NO_PROXY.name()).orElse(""), url)) {
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
    problems.add(name + " is no address such as http://host:3128");
    return Optional.empty();
  }

  private Target target(Optional<URI> url) {
    String prefix =
        text(Setting.METRIC_PREFIX).orElse("custom.googleapis.com/prefect").replaceAll("/+$", "");
    if (!PREFIX.matcher(prefix).matches() || prefix.length() > 100) {
      problem(
          Setting.METRIC_PREFIX,
          prefix,
          "a path such as custom.googleapis.com/prefect, at most 100 characters long");
    }
    String location = text(Setting.RESOURCE_LOCATION).orElse("global");
    if (!LOCATION.matcher(location).matches()) {
      problem(Setting.RESOURCE_LOCATION, location, "a region, a zone or global");
    }
    return new Target(
        text(Setting.GOOGLE_CLOUD_PROJECT),
        endpoint(),
        prefix,
        location,
        text(Setting.RESOURCE_NAMESPACE).or(() -> url.map(SettingsReader::namespace)).orElse(""),
        text(Setting.RESOURCE_JOB).orElse("prefect-gcm"));
  }

  private Endpoint endpoint() {
    Optional<String> address =
        address(Setting.MONITORING_ENDPOINT, "monitoring.googleapis.com:443");
    Optional<String> emulator = address(Setting.MONITORING_EMULATOR_HOST, "localhost:8085");
    if (address.isPresent() && emulator.isPresent()) {
      problems.add(
          "MONITORING_ENDPOINT and MONITORING_EMULATOR_HOST are both set; set the first for"
              + " Google's Cloud Monitoring, or the second for a server in place of it");
    }
    return emulator
        .map(Endpoint::emulator)
        .or(() -> address.map(Endpoint::at))
        .orElse(Endpoint.PUBLIC);
  }

  private Optional<String> address(Setting setting, String example) {
    Optional<String> address = text(setting);
    address
        .filter(text -> !isAddress(text))
        .ifPresent(text -> problem(setting, text, "host:port, such as " + example));
    return address;
  }

  private static boolean isAddress(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    int port = Integer.parseInt(matcher.group(2));
    return port > 0 && port < 65536;
  }

  /** The same for every execution. Servers that share a host need RESOURCE_NAMESPACE. */
  private static String namespace(URI url) {
    Matcher cloud = CLOUD.matcher(url.getPath());
    return cloud.find() ? cloud.group(1) + "/" + cloud.group(2) : url.getHost();
  }

  private void oneTask() {
    String count = environment.getOrDefault("CLOUD_RUN_TASK_COUNT", "1");
    if (!count.equals("1")) {
      problems.add(
          "CLOUD_RUN_TASK_COUNT is "
              + printable(count)
              + "; run the job with one task (--tasks=1), several would write the same series");
    }
  }

  private Duration duration(Setting setting, String standard, Duration least, Duration most) {
    String text = text(setting).orElse(standard);
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
          };
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    }
    problem(
        setting,
        text,
        "a duration such as 90s, 5m or 24h, from " + plain(least) + " to " + plain(most));
    return least.isZero() ? most : least;
  }

  private static String plain(Duration duration) {
    if (duration.toSeconds() % 3600 == 0 && !duration.isZero()) {
      return duration.toHours() + "h";
    }
    return duration.toSeconds() % 60 == 0 && !duration.isZero()
        ? duration.toMinutes() + "m"
        : duration.toSeconds() + "s";
  }

  private int whole(Setting setting, int standard, int least, int most) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return standard;
    }
    if (text.get().matches("\\d{1,9}")) {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    }
    problem(setting, text.get(), "a whole number from " + least + " to " + most);
    return standard;
  }

  private boolean flag(Setting setting) {
    String text = text(setting).orElse("false");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> {
        problem(setting, text, "true or false");
        yield false;
      }
    };
  }

  /** What looks like a misspelt setting of ours. */
  static List<String> warnings(Map<String, String> environment) {
    return environment.keySet().stream()
        .sorted()
        .flatMap(name ->
            Setting.meant(name).stream()
                .map(meant -> name + " is no setting and is ignored; " + meant + " is one"))
        .toList();
  }

  private void problem(Setting setting, String found, String allowed) {
    problems.add(setting + " is " + printable(found) + "; it must be " + allowed);
  }

  /** A text from outside as it may be printed: short, on one line, in quotes. */
  private static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return '"' + (line.length() > 80 ? line.substring(0, 80) + "…" : line) + '"';
  }

  /** A setting's text; one that is set to nothing counts as not set. */
  private Optional<String> text(Setting setting) {
    return Optional.ofNullable(environment.get(setting.name()))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** Proxy settings come in both cases; the lower one wins, as everywhere. */
  private Optional<String> anyCase(String name) {
    return Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))
        .or(() -> Optional.ofNullable(environment.get(name)))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
