package io.github.prefectgcm.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TonesTest {
  /** Below this, two colours side by side are hard to tell apart. */
  private static final double FAR = 28;

  private static final Pattern COLOR = Pattern.compile("--([\\w-]+): #([0-9a-f]{6});");

  @Test
  void everyStateHasAColourOfItsOwn() {
    List<String> runs =
        Tones.states()
            .filter(state -> !List.of("online", "stale", "offline").contains(state))
            .toList();
    assertEquals(12, runs.size());
    schemes().forEach(colors -> assertEquals(List.of(), alike(colors, runs)));
    schemes()
        .forEach(colors ->
            assertEquals(List.of(), alike(colors, List.of("online", "stale", "offline"))));
  }

  @Test
  void allOtherColoursCanBeToldApart() {
    List<String> hues = IntStream.range(0, Tones.HUES).mapToObj(hue -> "hue-" + hue).toList();
    schemes().forEach(colors -> assertEquals(List.of(), alike(colors, hues)));
  }

  @Test
  void aNameKeepsItsColourOnAPage() {
    var tones = new Tones(List.of("b", "a", "c", "completed"));
    assertEquals(List.of("hue-2", "hue-0"), tones.of(List.of("c", "b")));
    assertEquals(List.of("accent"), tones.of(List.of("c")));
    assertEquals(List.of("completed", "nobody"), tones.of(List.of("completed", "no pool")));
  }

  @Test
  void noColourIsTakenTwiceAsLongAsThereAreOthers() {
    List<String> many = IntStream.range(0, 40).mapToObj("flow %02d"::formatted).toList();
    var tones = new Tones(many);
    List<String> some = IntStream.range(0, Tones.HUES).mapToObj(i -> many.get(i * 2)).toList();
    assertEquals(Tones.HUES, new HashSet<>(tones.of(some)).size());
    assertEquals(40, tones.of(many).size());
  }

  /** Colours by name, in light and in dark. */
  private static Stream<Map<String, String>> schemes() {
    String[] parts = PageTemplate.resource("/demo/look.css").split(":root\\[data-theme=dark]", -1);
    assertEquals(2, parts.length);
    return Stream.of(parts)
        .map(part ->
            COLOR
                .matcher(part)
                .results()
                .collect(Collectors.toMap(color -> color.group(1), color -> color.group(2))));
  }

  private static List<String> alike(Map<String, String> colors, List<String> names) {
    var alike = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        double distance = distance(color(colors, names.get(i)), color(colors, names.get(j)));
        if (distance < FAR) {
          alike.add(names.get(i) + " " + names.get(j) + " " + distance);
        }
      }
    }
    return alike;
  }

  private static String color(Map<String, String> colors, String name) {
    return Optional.ofNullable(colors.get(name))
        .orElseThrow(() -> new AssertionError("no colour " + name));
  }

  private static double distance(String one, String other) {
    return Math.sqrt(
        IntStream.of(0, 2, 4)
            .mapToDouble(at ->
                Integer.parseInt(one, at, at + 2, 16) - Integer.parseInt(other, at, at + 2, 16))
            .map(difference -> difference * difference)
            .sum());
  }
}
