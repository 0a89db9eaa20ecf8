package io.github.prefectgcm.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which finished runs are told one by one, and where people look at them. */
final class RunLogReader {
  private static final Pattern CLOUD =
      Pattern.compile("https://api\\.prefect\\.cloud/api/accounts/([^/]+)/workspaces/([^/]+)");

  private final SettingValues values;

  RunLogReader(SettingValues values) {
    this.values = values;
  }

  RunLogSettings read(Optional<URI> apiUrl) {
    return new RunLogSettings(mode(), uiUrl().or(() -> apiUrl.flatMap(RunLogReader::derived)));
  }

  private RunLogSettings.Mode mode() {
    String text = values.text(Setting.RUN_LOG).orElse("failed");
    return Arrays.stream(RunLogSettings.Mode.values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseGet(() -> {
          values.problem(Setting.RUN_LOG, text, "failed, all or off");
          return RunLogSettings.Mode.FAILED;
        });
  }

  private Optional<String> uiUrl() {
    Optional<String> text = values.text(Setting.PREFECT_UI_URL);
    text.filter(url -> !url.matches("https?://[^\\s/@]+(/[^\\s?#]*)?"))
        .ifPresent(url ->
            values.problem(
                Setting.PREFECT_UI_URL,
                url,
                "the address of Prefect's UI, such as https://prefect.example.com"));
    return text.map(url -> url.replaceFirst("/+$", ""));
  }

  /** Prefect serves its UI beside its API; Prefect Cloud has another host for it. */
  private static Optional<String> derived(URI apiUrl) {
    String url = apiUrl.toString();
    Matcher cloud = CLOUD.matcher(url);
    if (cloud.matches()) {
      return Optional.of(
          "https://app.prefect.cloud/account/%s/workspace/%s"
              .formatted(cloud.group(1), cloud.group(2)));
    }
    return url.endsWith("/api")
        ? Optional.of(url.substring(0, url.length() - "/api".length()))
        : Optional.empty();
  }
}
