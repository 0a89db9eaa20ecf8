package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source file is as google-java-format leaves it. It runs as a test because the formatter
 * needs the JDK of the toolchain, not the one that happens to run Maven. {@code mvn -Pformat}
 * rewrites the files.
 */
class SourceFormatTest {

  @Test
  void sourcesAreFormatted() throws Exception {
    boolean rewrite = Boolean.getBoolean("format.rewrite");
    List<Path> files;
    try (var tree = Files.walk(Path.of("src"))) {
      files = tree.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    var formatter = new Formatter();
    var unformatted = new ArrayList<Path>();
    for (Path file : files) {
      String text = Files.readString(file);
      String formatted =
          formatter.formatSourceAndFixImports(RemoveUnusedImports.removeUnusedImports(text));
      if (!text.equals(formatted)) {
        unformatted.add(file);
        if (rewrite) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (!rewrite) {
      assertEquals(List.of(), unformatted, "not formatted; mvn -Pformat mends it");
    }
  }
}
