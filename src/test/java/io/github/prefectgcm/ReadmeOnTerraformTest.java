package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** "Deploy" says what is in {@code terraform/}. */
class ReadmeOnTerraformTest {
  private static final Path FOLDER = Path.of("terraform");

  @Test
  void outputsExist() throws IOException {
    Set<String> named = found("terraform output (?:-raw )?(\\w+)", deploy());

    assertTrue(named.size() >= 4, named::toString);
    assertEquals(Set.of(), without(named, declared("output")));
  }

  @Test
  void variablesExist() throws IOException {
    Set<String> named = found("(?:`|-var=)([a-z_]+) ?= ?", deploy());
    named.addAll(found("TF_VAR_(\\w+)", deploy()));
    named.addAll(found("(?m)^ *([a-z_]+) += ", deploy()));
    named.removeAll(Set.of("source", "egress")); // of a module, and within network

    assertTrue(named.size() >= 10, named::toString);
    assertEquals(Set.of(), without(named, declared("variable")));
  }

  @Test
  void noOtherVariablesAreRequired() throws IOException {
    Set<String> required =
        Pattern.compile("(?ms)^variable \"(\\w+)\" \\{$(.*?)^}$")
            .matcher(files())
            .results()
            .filter(variable -> !variable.group(2).contains("\n  default "))
            .map(variable -> variable.group(1))
            .collect(Collectors.toSet());

    assertEquals(Set.of("project_id", "region", "prefect_api_url"), required);
  }

  @Test
  void rightsAreThoseThatAreGranted() throws IOException {
    String table = deploy().substring(deploy().indexOf("| Account | "));
    String rows = table.substring(0, table.indexOf("\n\n"));

    assertEquals(
        found("\"(monitoring\\.[a-z]\\w+\\.(?!com)\\w+)\"", files()),
        found("`(monitoring\\.\\w+\\.\\w+)`", rows));
    assertEquals(found("^(?!.*#).*\"(roles/[\\w.]+)\"", files()), found("`(roles/[\\w.]+)`", rows));
  }

  private static String deploy() throws IOException {
    String text = Files.readString(Path.of("docs", "deploy.md"));
    int from = text.indexOf("\n## Deploy\n");
    return text.substring(from, text.indexOf("\n## ", from + 1));
  }

  private static Set<String> declared(String kind) throws IOException {
    return found("^" + kind + " \"(\\w+)\"", files());
  }

  private static String files() throws IOException {
    var text = new StringBuilder();
    try (var files = Files.newDirectoryStream(FOLDER, "*.tf")) {
      for (Path file : files) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> all, Set<String> known) {
    var rest = new TreeSet<>(all);
    rest.removeAll(known);
    return rest;
  }
}
