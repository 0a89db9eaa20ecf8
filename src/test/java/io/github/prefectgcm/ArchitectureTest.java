package io.github.prefectgcm;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Each package knows what it is meant to know; a new package or edge is added here on purpose. */
class ArchitectureTest {
  private static final String ROOT = "io.github.prefectgcm";

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

  /** Packages, and what each knows besides; third parties by the library that they belong to. */
  private static final Map<String, Set<String>> KNOWS =
      Map.of(
          "",
          Set.of(
              ".catalog",
              ".cloudmonitoring",
              ".history",
              ".metric",
              ".prefect",
              ".time",
              "gson",
              "java.io",
              "java.lang.foreign",
              "java.net",
              "java.nio.charset",
              "java.nio.file",
              "java.util.concurrent",
              "java.util.logging",
              "java.util.regex"),
          ".history",
          Set.of(),
          ".metric",
          Set.of(),
          ".time",
          Set.of("java.util.concurrent"),
          ".catalog",
          Set.of(".history", ".metric"),
          ".prefect",
          Set.of(
              ".history",
              ".time",
              "gson",
              "httpclient",
              "java.io",
              "java.net",
              "java.nio.charset",
              "java.nio.file",
              "java.security",
              "java.security.cert",
              "java.time.format",
              "java.util.concurrent",
              "java.util.concurrent.atomic",
              "java.util.concurrent.locks",
              "java.util.regex",
              "java.util.zip",
              "javax.net.ssl"),
          ".cloudmonitoring",
          Set.of(
              ".metric",
              ".time",
              "google",
              "grpc",
              "java.io",
              "java.net",
              "java.util.concurrent",
              "java.util.regex"));

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

  private static final Pattern EDGE = Pattern.compile("\\s+(\\S+)\\s+-> (\\S+)\\s.*");

  @Test
  void everyPackageKnowsWhatItIsMeantToKnow() {
    var expected = new TreeMap<String, Set<String>>();
    KNOWS.forEach((name, known) -> expected.put(name, new TreeSet<>(known)));

    assertEquals(lines(expected), lines(edges()));
  }

  private static String lines(Map<String, Set<String>> edges) {
    return edges.entrySet().stream()
        .map(edge -> ROOT + edge.getKey() + " knows " + String.join(", ", edge.getValue()))
        .collect(joining("\n"));
  }

  private static Map<String, Set<String>> edges() {
    var known = new TreeMap<String, Set<String>>();
    for (String line : jdeps().lines().toList()) {
      Matcher edge = EDGE.matcher(line);
      if (edge.matches() && edge.group(1).startsWith(ROOT)) {
        Set<String> ofPackage = known.computeIfAbsent(name(edge.group(1)), name -> new TreeSet<>());
        if (!PLAIN.contains(edge.group(2))) {
          ofPackage.add(name(edge.group(2)));
        }
      }
    }
    return known;
  }

  /** Ours without their root, those of a library by its name, any other one as it is. */
  private static String name(String packageName) {
    if (packageName.equals(ROOT) || packageName.startsWith(ROOT + ".")) {
      return packageName.substring(ROOT.length());
    }
    return LIBRARIES.entrySet().stream()
        .filter(library ->
            packageName.equals(library.getKey()) || packageName.startsWith(library.getKey() + "."))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(packageName);
  }

  private static String jdeps() {
    var out = new StringWriter();
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(out),
                "-verbose:package",
                Path.of("target", "classes").toString());
    assertEquals(0, code, out::toString);
    return out.toString();
  }
}
