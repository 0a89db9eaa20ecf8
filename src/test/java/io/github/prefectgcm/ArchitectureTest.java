package io.github.prefectgcm;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Each package of the job knows what {@code architecture.txt} lets it know, each source root what
 * it may build on. A new package or edge is added there on purpose.
 */
class ArchitectureTest {
  private static final String ROOT = "io.github.prefectgcm";
  private static final Path ALLOWED = Path.of("src/test/resources/architecture.txt");
  private static final Path JOB = Path.of("target", "classes");
  private static final Path TESTS = Path.of("target", "test-classes");

  /** What of the JDK anybody may use: no network, no threads, no environment. */
  private static final Set<String> PLAIN =
      Set.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.time",
          "java.time.temporal",
          "java.util",
          "java.util.function",
          "java.util.stream");

  private static final Map<String, String> LIBRARIES =
      Map.of(
          "com.google.gson", "gson",
          "org.apache.hc", "httpclient",
          "com.google.api", "google",
          "com.google.auth", "google",
          "com.google.cloud", "google",
          "com.google.common", "google",
          "com.google.monitoring", "google",
          "com.google.protobuf", "google",
          "com.google.rpc", "google",
          "io.grpc", "grpc");

  /** Which source roots each may build on, besides itself. The tests of a product may know it. */
  private static final Map<String, Set<String>> ROOTS =
      Map.of(
          "main", Set.of(),
          "testkit", Set.of("main"),
          "dashboards", Set.of("main", "testkit"),
          "demo", Set.of("main", "testkit", "dashboards"),
          "image", Set.of("main", "testkit"),
          "test", Set.of("main", "testkit", "dashboards", "demo", "image"));

  private static final Pattern EDGE = Pattern.compile("\\s+(\\S+)\\s+-> (\\S+)\\s.*");

  @Test
  void everyPackageKnowsWhatItIsMeantToKnow() throws IOException {
    var found = new StringBuilder();
    packages()
        .forEach((name, known) ->
            found.append(name).append(" -> ").append(String.join(", ", known)).append('\n'));

    assertEquals(Files.readString(ALLOWED), found.toString());
  }

  @Test
  void packagesHaveNoCycles() {
    Map<String, Set<String>> left = packages();
    left.forEach((name, known) -> known.retainAll(left.keySet()));
    boolean found = true;
    while (found) {
      Set<String> leaves = new TreeSet<>(left.keySet());
      leaves.removeIf(name -> !left.getOrDefault(name, Set.of()).isEmpty());
      found = !leaves.isEmpty();
      left.keySet().removeAll(leaves);
      left.values().forEach(known -> known.removeAll(leaves));
    }

    assertEquals(Map.of(), left);
  }

  @Test
  void sourceRootsBuildOnlyOnWhatTheyMay() throws IOException {
    Map<String, String> rootOf = new HashMap<>();
    sources().forEach((path, name) -> rootOf.put(name, path.getName(1).toString()));
    var wrong = new TreeSet<String>();
    var roots = new TreeSet<String>();
    for (Path classes : List.of(JOB, TESTS)) {
      for (String[] edge : edges("-verbose:class", classes)) {
        String from = rootOf.getOrDefault(topLevel(edge[0]), "");
        String to = rootOf.getOrDefault(topLevel(edge[1]), from);
        roots.add(from);
        if (!from.equals(to) && !ROOTS.getOrDefault(from, Set.of()).contains(to)) {
          wrong.add(edge[0] + " (" + from + ") knows " + edge[1] + " (" + to + ")");
        }
      }
    }

    assertTrue(roots.containsAll(ROOTS.keySet()), roots::toString);
    assertEquals(Set.of(), wrong);
  }

  @Test
  void noTwoClassesHaveOneSimpleName() throws IOException {
    Map<String, Set<Path>> byName =
        sources().keySet().stream()
            .filter(path -> !path.endsWith("package-info.java"))
            .collect(
                groupingBy(
                    path -> path.getFileName().toString(),
                    TreeMap::new,
                    mapping(path -> path, toCollection(TreeSet::new))));
    assertTrue(byName.size() > 300, "the sources cannot be found");
    byName.values().removeIf(paths -> paths.size() == 1);

    assertEquals(Map.of(), byName);
  }

  /** The packages of the job, and what each knows besides plain Java. */
  private static Map<String, Set<String>> packages() {
    var known = new TreeMap<String, Set<String>>();
    for (String[] edge : edges("-verbose:package", JOB)) {
      Set<String> ofPackage = known.computeIfAbsent(name(edge[0]), name -> new TreeSet<>());
      if (!PLAIN.contains(edge[1])) {
        ofPackage.add(name(edge[1]));
      }
    }
    return known;
  }

  /** All sources by path, with the full name of the class in each. */
  private static Map<Path, String> sources() throws IOException {
    var sources = new TreeMap<Path, String>();
    try (var files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        // src/ROOT/java/PACKAGE/NAME.java
        String name = file.subpath(3, file.getNameCount()).toString();
        sources.put(file, name.replace(".java", "").replace('/', '.'));
      }
    }
    return sources;
  }

  private static String topLevel(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** Ours without their root, those of a library by its name, any other one as it is. */
  private static String name(String packageName) {
    if (packageName.equals(ROOT)) {
      return "(root)";
    }
    if (packageName.startsWith(ROOT + ".")) {
      return packageName.substring(ROOT.length() + 1);
    }
    return LIBRARIES.entrySet().stream()
        .filter(library ->
            packageName.equals(library.getKey()) || packageName.startsWith(library.getKey() + "."))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(packageName);
  }

  private static List<String[]> edges(String detail, Path classes) {
    var out = new StringWriter();
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(out),
                "--multi-release",
                "base",
                "--ignore-missing-deps",
                detail,
                classes.toString());
    assertEquals(0, code, out::toString);
    var edges = new ArrayList<String[]>();
    for (String line : out.toString().lines().toList()) {
      Matcher edge = EDGE.matcher(line);
      if (edge.matches() && edge.group(1).startsWith(ROOT)) {
        edges.add(new String[] {edge.group(1), edge.group(2)});
      }
    }
    return edges;
  }
}
