package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.alert.PolicyTable;
import io.github.prefectgcm.catalog.Catalog;
import io.github.prefectgcm.catalog.Entry;
import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.config.Setting;
import io.github.prefectgcm.metric.Label;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.ValueType;
import io.github.prefectgcm.promql.PromqlCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the papers say of the code is so. The tables in docs come from the code: {@code mvn
 * -Pformat} writes them anew.
 */
public class ReadmeTest {
  private static final Path SETTINGS = Path.of("docs", "settings.md");
  private static final Path METRICS = Path.of("docs", "metrics.md");
  private static final Path ALERTS = Path.of("docs", "alerts.md");
  private static final Path TROUBLESHOOTING = Path.of("docs", "troubleshooting.md");
  private static final List<Path> PAPERS =
      Stream.of(
              "README.md",
              "CONTRIBUTING.md",
              "DESIGN.md",
              "CHANGELOG.md",
              "docs/alerts.md",
              "docs/cost.md",
              "docs/deploy.md",
              "docs/metrics.md",
              "docs/settings.md",
              "docs/troubleshooting.md")
          .map(Path::of)
          .toList();

  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /** Variables of the reader's shell. */
  private static final Set<String> OF_OTHERS =
      Set.of("PROJECT", "REGION", "USER_PROJECT_OVERRIDE", "GOOGLE_BILLING_PROJECT");

  /** Properties of Maven's own plugins. */
  private static final Set<String> OF_MAVEN = Set.of("test", "it.test", "skipTests");

  @Test
  void tablesAreThoseOfTheCode() throws IOException {
    assertShows(SETTINGS, "settings", settings());
    assertShows(METRICS, "metrics", metrics());
    assertShows(METRICS, "labels", labels());
    assertShows(ALERTS, "alerts", alerts());
  }

  /** All papers are linked from the first one that people read. */
  @Test
  void readmeLeadsToEveryPaper() throws IOException {
    String text = Files.readString(Path.of("README.md"));
    try (var docs = Files.list(Path.of("docs"))) {
      for (Path paper : docs.filter(each -> each.toString().endsWith(".md")).toList()) {
        assertTrue(text.contains("](docs/" + paper.getFileName() + ")"), paper::toString);
      }
    }
    assertTrue(text.lines().count() < 130, "README is longer than two screens or so");
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    for (Path paper : PAPERS) {
      for (String link : groups(LINK, prose(paper))) {
        if (!link.matches("https?://.*") && !leadsSomewhere(paper, link)) {
          broken.add(paper + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Path paper, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? paper : paper.resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1
            || groups(HEADING, prose(target)).stream()
                .anyMatch(heading -> anchor(heading).equals(parts[1])));
  }

  @Test
  void mavenCommandsCanBeGiven() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String tests = sources("src");
    var unknown = new ArrayList<String>();
    for (Path paper : PAPERS) {
      String text = Files.readString(paper);
      groups(Pattern.compile("\\bmvn [^\\n`]*?-P(\\w+)"), text).stream()
          .filter(profile -> !pom.contains("<id>" + profile + "</id>"))
          .forEach(profile -> unknown.add(paper + ": -P" + profile));
      groups(Pattern.compile("-D(?:it\\.)?test=(\\w+)"), text).stream()
          .filter(test -> !tests.contains("class " + test + " "))
          .forEach(test -> unknown.add(paper + ": -Dtest=" + test));
      groups(Pattern.compile("(?<![\\w-])-D([\\w.-]+)="), text).stream()
          .filter(name -> !OF_MAVEN.contains(name) && !tests.contains('"' + name + '"'))
          .forEach(name -> unknown.add(paper + ": -D" + name));
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void commandsNameFilesAndSettingsThatExist() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    Set<String> settings =
        Arrays.stream(Setting.values()).map(Setting::name).collect(Collectors.toSet());
    settings.addAll(
        groups(Pattern.compile("(?m)^ARG (\\w+)"), Files.readString(Path.of("Dockerfile"))));
    String tests = sources("src");
    var unknown = new ArrayList<String>();
    for (Path paper : PAPERS) {
      String commands = blocks(paper, "sh");
      groups(Pattern.compile("\\b((?:src|docs|\\.ci)/[\\w./-]+)"), commands).stream()
          .filter(file -> !Files.exists(Path.of(file)))
          .forEach(file -> unknown.add(paper + ": " + file));
      groups(Pattern.compile("\\btarget/([\\w-]+)\\.jar"), commands).stream()
          .filter(jar -> !pom.contains("<finalName>" + jar + "</finalName>"))
          .forEach(jar -> unknown.add(paper + ": target/" + jar + ".jar"));
      groups(Pattern.compile("\\b([A-Z][A-Z_]{4,})="), commands).stream()
          .filter(name ->
              !settings.contains(name)
                  && !OF_OTHERS.contains(name)
                  && !tests.contains("getenv(\"" + name + "\")"))
          .forEach(name -> unknown.add(paper + ": " + name));
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void exitCodesAreThoseOfTheJob() throws IOException {
    List<String> codes =
        groups(Pattern.compile("(?m)^\\| (\\d) \\|"), section(TROUBLESHOOTING, "Exit codes"));
    assertEquals(
        Stream.of(ExitCode.DONE, ExitCode.AGAIN, ExitCode.BROKEN).map(String::valueOf).toList(),
        codes);
  }

  @Test
  void messagesAreThoseOfTheJob() throws IOException {
    String literals = sources("src/main").replaceAll("\"\\s*\\+\\s*\"", "");
    List<String> messages =
        groups(
            Pattern.compile("(?m)^\\| `([^`]+)` \\|"), section(TROUBLESHOOTING, "Troubleshooting"));
    assertTrue(messages.size() > 20, "the tables cannot be found");
    assertEquals(
        List.of(),
        messages.stream()
            .filter(message ->
                Arrays.stream(message.split("…", -1))
                    .anyMatch(part -> !literals.contains(part.strip())))
            .toList(),
        "nothing in the sources says this");
  }

  @Test
  void queriesNameMetricsAndLabelsThatExist() throws IOException {
    Pattern query =
        Pattern.compile("custom_googleapis_com:prefect_(\\w+)(?:\\{([^}]*)})?", Pattern.MULTILINE);
    for (Path paper : PAPERS) {
      for (MatchResult found : query.matcher(Files.readString(paper)).results().toList()) {
        Metric metric =
            queried(found.group(1)).orElseThrow(() -> new AssertionError(found.group()));
        String matchers = Optional.ofNullable(found.group(2)).orElse("");
        for (String key : groups(Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)"), matchers)) {
          assertTrue(
              key.equals("monitored_resource")
                  || metric.labels().stream().anyMatch(label -> label.key().equals(key)),
              () -> found.group() + " has no label " + key);
        }
      }
    }
  }

  @Test
  void queriesInBlocksShowSomething() throws IOException {
    for (Path paper : PAPERS) {
      for (String query : blocks(paper, "promql").split("\n\n|(?m)^#.*$", -1)) {
        if (!query.isBlank()) {
          assertEquals(List.of(), PromqlCheck.problems(query), query);
        }
      }
    }
  }

  @Test
  void metricsInTheTextExist() throws IOException {
    List<String> names =
        Catalog.ALL.entries().stream().map(Entry::metric).map(Metric::name).toList();
    Pattern name = Pattern.compile("`((?:flow_run|deployment|work_pool|server|exporter)/\\w+)");
    for (Path paper : PAPERS) {
      for (String found : groups(name, prose(paper))) {
        assertTrue(names.contains(found), () -> paper + ": " + found);
      }
    }
  }

  private static String metrics() {
    var rows = new ArrayList<List<String>>();
    for (Entry entry : Catalog.ALL.entries()) {
      Metric metric = entry.metric();
      rows.add(
          List.of(
              code(metric.name()),
              metric.kind().name(),
              metric.valueType().name(),
              code(metric.unit()),
              metric.labels().stream()
                  .map(label -> code(label.key()))
                  .collect(Collectors.joining(", ")),
              metric.description() + (entry.standard() ? "" : " Not in the default set.")));
    }
    return table(List.of("Metric", "Kind", "Type", "Unit", "Labels", "What it says"), rows);
  }

  /** A key that means different things has a row for each, with the metrics that it is about. */
  private static String labels() {
    var metrics = new LinkedHashMap<Label, List<String>>();
    for (Entry entry : Catalog.ALL.entries()) {
      for (Label label : entry.metric().labels()) {
        metrics.computeIfAbsent(label, each -> new ArrayList<>()).add(entry.metric().name());
      }
    }
    var rows = new ArrayList<List<String>>();
    metrics.forEach((label, names) -> {
      boolean several =
          metrics.keySet().stream().filter(each -> each.key().equals(label.key())).count() > 1;
      String of =
          several
              ? names.stream().map(ReadmeTest::code).collect(Collectors.joining(", ", " of ", ""))
              : "";
      rows.add(List.of(code(label.key()) + of, label.description()));
    });
    return table(List.of("Label", "What it says"), rows);
  }

  private static String alerts() throws IOException {
    return table(
        List.of("Policy", "Severity", "Tells, by default"),
        PolicyTable.rows().stream()
            .map(row -> List.of(code(row.get(0)), row.get(1), row.get(2)))
            .toList());
  }

  private static String settings() {
    var rows = new ArrayList<List<String>>();
    for (Setting setting : Setting.values()) {
      String standard = setting.standard();
      boolean words = standard.contains(" ") || standard.equals("required") || standard.equals("-");
      rows.add(
          List.of(
              code(setting.name()),
              words ? standard.replaceFirst("^-$", "") : code(standard),
              setting.meaning()));
    }
    return table(List.of("Name", "Default", "Meaning"), rows);
  }

  private static String table(List<String> heads, List<List<String>> rows) {
    var text = new StringBuilder(line(heads)).append("|---".repeat(heads.size())).append("|\n");
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"))
        .replace("|  |", "| |");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** What stands between two comments in a paper is this text, or becomes it. */
  public static void assertShows(Path paper, String name, String shown) throws IOException {
    String text = Files.readString(paper);
    String written = replaced(text, name, shown);
    if (Boolean.getBoolean("format.rewrite")) {
      Files.writeString(paper, written);
    } else {
      assertEquals(written, text, () -> paper + " is not up to date; mvn -Pformat mends it");
    }
  }

  /** The text with what stands between two comments replaced. */
  private static String replaced(String text, String name, String table) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    assertTrue(from >= begin.length() && to >= from, () -> "nothing between " + begin + end);
    return text.substring(0, from) + "\n" + table + "\n" + text.substring(to);
  }

  /** The metric that a PromQL name means; distributions have names for their parts. */
  private static Optional<Metric> queried(String name) {
    return Catalog.ALL.entries().stream()
        .map(Entry::metric)
        .filter(metric -> {
          String own = metric.name().replace('/', '_');
          boolean part =
              metric.valueType() == ValueType.DISTRIBUTION
                  && name.matches(own + "_(bucket|count|sum)");
          return name.equals(own) || part;
        })
        .findFirst();
  }

  private static String section(Path paper, String heading) throws IOException {
    String text = Files.readString(paper);
    int from = text.indexOf("\n## " + heading + "\n");
    assertTrue(from >= 0, () -> paper + " has no section " + heading);
    int to = text.indexOf("\n## ", from + 1);
    return text.substring(from, to < 0 ? text.length() : to);
  }

  private static String blocks(Path paper, String language) throws IOException {
    return FENCE
        .matcher(Files.readString(paper))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .collect(Collectors.joining("\n"));
  }

  private static String prose(Path paper) throws IOException {
    return FENCE.matcher(Files.readString(paper)).replaceAll("");
  }

  /** As GitHub makes it from a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** All sources below a directory, as one text. */
  private static String sources(String directory) throws IOException {
    var text = new StringBuilder();
    try (var files = Files.walk(Path.of(directory))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
