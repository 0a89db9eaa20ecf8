package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code terraform/README.md} lists, as terraform-docs does, what the files declare. */
class TerraformReadmeTest {
  private static final Path FOLDER = Path.of("terraform");
  private static final Path README = FOLDER.resolve("README.md");
  private static final String BEGIN = "<!-- BEGIN_TF_DOCS -->\n";
  private static final String END = "<!-- END_TF_DOCS -->\n";
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^(variable|output) \"(\\w+)\" \\{\\n(.*?)^}$");

  @Test
  void inputsAndOutputsAreThoseOfTheFiles() throws IOException {
    String text = Files.readString(README);
    String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
    String expected = before + tables() + text.substring(text.indexOf(END));
    if (Boolean.getBoolean("format.rewrite")) {
      Files.writeString(README, expected);
    } else {
      assertEquals(expected, text, "mvn -Pformat mends it");
    }
  }

  @ParameterizedTest
  @MethodSource
  void examplesSetVariablesThatExist(Path example) throws IOException {
    String text = Files.readString(example.resolve("main.tf"));
    List<String> set =
        Pattern.compile("(?ms)^module \"\\w+\" \\{\\n(.*?)^}$")
            .matcher(text)
            .results()
            .flatMap(
                module -> Pattern.compile("(?m)^  (\\w+) +=").matcher(module.group(1)).results())
            .map(name -> name.group(1))
            .toList();
    var known = declared("variable").keySet();

    assertTrue(set.containsAll(List.of("source", "project_id", "region", "prefect_api_url")));
    assertEquals(
        List.of(),
        set.stream().filter(name -> !name.equals("source") && !known.contains(name)).toList());
    assertTrue(
        Files.readString(README).contains("(examples/" + example.getFileName() + ")"),
        "README names no " + example);
  }

  static Stream<Path> examplesSetVariablesThatExist() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER.resolve("examples"))) {
      return folders.sorted().toList().stream();
    }
  }

  private static String tables() throws IOException {
    var text = new StringBuilder("## Inputs\n\n");
    text.append("| Name | Description | Type | Default | Required |\n");
    text.append("|------|-------------|------|---------|:--------:|\n");
    declared("variable")
        .forEach((name, body) -> {
          Optional<String> fallback = value(body, "default");
          text.append(
              "| <a name=\"input_%s\"></a> [%s](#input\\_%s) | %s | `%s` | %s | %s |\n"
                  .formatted(
                      name,
                      escaped(name),
                      escaped(name),
                      description(body),
                      type(body),
                      fallback.map(each -> "`" + each + "`").orElse("n/a"),
                      fallback.isPresent() ? "no" : "yes"));
        });
    text.append("\n## Outputs\n\n| Name | Description |\n|------|-------------|\n");
    declared("output")
        .forEach((name, body) ->
            text.append(
                "| <a name=\"output_%s\"></a> [%s](#output\\_%s) | %s |\n"
                    .formatted(name, escaped(name), escaped(name), description(body))));
    return text.toString();
  }

  private static Map<String, String> declared(String kind) throws IOException {
    var found = new TreeMap<String, String>();
    try (var files = Files.newDirectoryStream(FOLDER, "*.tf")) {
      for (Path file : files) {
        BLOCK
            .matcher(Files.readString(file))
            .results()
            .filter(block -> block.group(1).equals(kind))
            .forEach(block -> found.put(block.group(2), block.group(3)));
      }
    }
    return found;
  }

  private static String description(String body) {
    return value(body, "description")
        .map(text -> text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("|", "\\|"))
        .orElseThrow();
  }

  /** An object's fields are in its file. */
  private static String type(String body) {
    return value(body, "type")
        .map(type -> type.startsWith("object(") ? "object" : type)
        .orElseThrow();
  }

  private static Optional<String> value(String body, String argument) {
    return Pattern.compile("(?m)^  " + argument + " += (.*)$")
        .matcher(body)
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst();
  }

  private static String escaped(String name) {
    return name.replace("_", "\\_");
  }
}
