package io.github.prefectgcm.config;

import io.github.prefectgcm.cloudmonitoring.CredentialsSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single settings of an environment by their types, and collects what is wrong with them. */
public final class SettingValues {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(s|m|h)");

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();
  private final Set<Setting> flawed = EnumSet.noneOf(Setting.class);

  SettingValues(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * A setting's text; one that is set to nothing counts as not set, and so does one that no setting
   * can be, which is a problem.
   */
  Optional<String> text(Setting setting) {
    Optional<String> text =
        Optional.ofNullable(environment.get(setting.name()))
            .map(String::strip)
            .filter(each -> !each.isEmpty());
    Optional<String> flaw = text.flatMap(each -> flaw(setting, each));
    if (flaw.isPresent()) {
      if (flawed.add(setting)) {
        problem(setting + " " + flaw.get());
      }
      return Optional.empty();
    }
    return text;
  }

  /** Whether it is there at all, be it set to nothing. */
  boolean isSet(Setting setting) {
    return environment.containsKey(setting.name());
  }

  /** Where Google's libraries look for credentials. */
  CredentialsSource credentials() {
    return CredentialsSource.of(environment);
  }

  private static Optional<String> flaw(Setting setting, String text) {
    return switch (setting) {
      // Of JSON only what is around it; its texts are looked at one by one.
      case PREFECT_CLIENT_CUSTOM_HEADERS -> Flaws.quotes(text);
      case PREFECT_API_AUTH_STRING ->
          Flaws.quotesAround(text).or(() -> Flaws.in(setting.name(), text));
      default -> Flaws.quotes(text).or(() -> Flaws.in(setting.name(), text));
    };
  }

  /** Whether the setting's text was a problem whatever the setting is for. */
  boolean isFlawed(Setting setting) {
    return flawed.contains(setting);
  }

  Duration duration(Setting setting, String standard, Duration least, Duration most) {
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

  int whole(Setting setting, int standard, int least, int most) {
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

  /** A sum of money, if there is one. */
  Optional<Double> amount(Setting setting) {
    Optional<String> text = text(setting);
    text.filter(each -> !each.matches("\\d{1,9}(\\.\\d{1,4})?"))
        .ifPresent(each -> problem(setting, each, "dollars, such as 25 or 7.50"));
    return text.filter(each -> each.matches("\\d{1,9}(\\.\\d{1,4})?")).map(Double::valueOf);
  }

  boolean flag(Setting setting) {
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

  Optional<String> address(Setting setting, String example) {
    Optional<String> address = text(setting);
    address
        .filter(text -> !isAddress(text))
        .ifPresent(text ->
            problem(
                setting
                    + " is "
                    + (text.contains("@") ? "an address with a user name" : printable(text))
                    + "; it must be host:port, such as "
                    + example
                    + remark(text)));
    return address;
  }

  private static String remark(String text) {
    if (text.contains("/")) {
      return ", without scheme and path";
    }
    if (text.contains("_")) {
      return ", without underscores";
    }
    if (!text.chars().allMatch(c -> c < 128)) {
      return ", in ASCII";
    }
    return text.matches("[\\w.-]+:-?\\d+") ? ", with a port from 1 to 65535" : "";
  }

  /** By the rules of a URI, which are those of gRPC: no name has an underscore. */
  private static boolean isAddress(String text) {
    try {
      URI uri = new URI("//" + text);
      return text.equals(uri.getRawAuthority())
          && uri.getUserInfo() == null
          && uri.getHost() != null
          && PrefectAddress.isPort(uri.getPort());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  void problem(Setting setting, String found, String allowed) {
    problem(setting + " is " + printable(found) + "; it must be " + allowed);
  }

  /** Told once, however many settings it is about. */
  void problem(String sentence) {
    if (!problems.contains(sentence)) {
      problems.add(sentence);
    }
  }

  List<String> problems() {
    return problems;
  }

  /** A text from outside as it may be printed: short, on one line, in quotes. */
  public static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return '"' + (line.length() > 80 ? line.substring(0, 80) + "…" : line) + '"';
  }
}
