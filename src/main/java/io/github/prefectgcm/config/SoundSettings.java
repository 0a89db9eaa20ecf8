package io.github.prefectgcm.config;

import io.github.prefectgcm.cloudmonitoring.Target;
import io.github.prefectgcm.prefect.http.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What of the settings can be used, even if something is wrong with others.
 *
 * @param problems a sentence each
 * @param all absent if there are problems
 * @param prefect absent if one is about it
 * @param target absent if one is about it
 * @param deadline the usual one if that is wrong
 */
public record SoundSettings(
    List<String> problems,
    Optional<Settings> all,
    Optional<Connection> prefect,
    Optional<Target> target,
    Duration deadline,
    boolean dryRun) {

  private static final Duration USUAL = Duration.ofMinutes(4);

  public static SoundSettings of(Map<String, String> environment) {
    Optional<Settings> all = Optional.empty();
    List<String> problems = List.of();
    try {
      all = Optional.of(Settings.from(environment));
    } catch (Settings.Invalid e) {
      problems = e.problems();
    }
    return new SoundSettings(
        problems,
        all,
        sound(environment, SettingsReader::prefect),
        sound(environment, SettingsReader::target),
        sound(environment, SettingsReader::deadline).orElse(USUAL),
        sound(environment, SettingsReader::dryRun).orElse(false));
  }

  /** A part of its own, so that it is sound whatever is wrong with another one. */
  private static <T> Optional<T> sound(
      Map<String, String> environment, Function<SettingsReader, T> part) {
    return new SettingsReader(environment).readIfSound(part);
  }
}
