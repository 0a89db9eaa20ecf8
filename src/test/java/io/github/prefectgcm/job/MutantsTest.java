package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The exactly-once test can fail: each rule that keeps runs from being lost or doubled is broken
 * once, in the source, and some schedule notices.
 */
@Tag("thorough")
class MutantsTest {
  private static final int SCHEDULES = 2_000;

  @TempDir private Path folder;

  /** One place of the source and what stands there in the mutant. */
  record Edit(String file, String original, String mutant) {}

  /**
   * A broken rule.
   *
   * @param first the schedule to begin with: one that is known to notice, as long as neither the
   *     schedules nor the rules change
   */
  record Mutant(String name, int first, List<Edit> edits) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Mutant> mutants() {
    return Stream.of(
        mutant(
            "the watermark is written first",
            4,
            new Edit(
                "job/CatchUp.java",
                "ReadWindow<R> read = ParallelReads.join(reading.remove());",
                "ReadWindow<R> read = ParallelReads.join(reading.remove());"
                    + "watermark.move(window.start(), window.end());"),
            new Edit(
                "job/CatchUp.java",
                "account.written(watermark.move(window.start(), window.end()) ? 1 : 0);",
                "")),
        mutant(
            "a metric that is somebody else's holds the watermark",
            9,
            new Edit(
                "ledger/WindowResult.java",
                "return unsettled.isEmpty();",
                "return unsettled.isEmpty() && misfits.isEmpty();")),
        mutant(
            "what a run can move between goes out in several requests",
            593,
            new Edit(
                "ledger/Recorder.java",
                "store.writeGroups(WriteGroup.of(samples))",
                "store.write(samples)")),
        mutant(
            "a series without a point counts what its group has counted",
            160,
            new Edit(
                "ledger/Ledger.java",
                "Optional.ofNullable(written.get(WriteGroup.of(series)))",
                "Optional.<Instant>empty()")),
        mutant(
            "what only one execution knows is added to what a read shows",
            9,
            new Edit(
                "ledger/UnrepeatableCounters.java",
                "this.start = now.minusMillis(period.toMillis() / 2);",
                "this.start = now.truncatedTo(java.time.temporal.ChronoUnit.DAYS);")),
        mutant(
            "the base is taken from the watermark alone",
            73,
            new Edit(
                "catalog/WindowTotals.java",
                "return counted.isEmpty() || time.isAfter(counted.get());",
                "return true;")),
        mutant(
            "a streak alone says that a deployment never succeeded",
            84,
            new Edit("catalog/NeverSucceeded.java", "return conclusive\n", "return true\n"),
            new Edit(
                "catalog/NeverSucceeded.java",
                "completed.getOrDefault(deployment, counted ? 1L : 0L) == 0",
                "true")),
        mutant(
            "both ends are closed",
            0,
            new Edit(
                "job/CatchUp.java",
                ".read(\n            window,",
                ".read(\n            new Window(window.start().minusNanos(1000), window.end()),"),
            new Edit(
                "catalog/WindowTotals.java",
                "time.isAfter(counted.get())",
                "!time.isBefore(counted.get())")),
        mutant(
            "a refused point is used as base",
            8,
            new Edit("ledger/Recorder.java", "!refused.contains(sample.series())", "true")),
        mutant(
            "there is no second try, refused counts as there",
            56,
            new Edit("ledger/Recorder.java", "again.add(change);", "")),
        mutant(
            "nothing looks back when the watermark is unreadable",
            172,
            new Edit(
                "ledger/Agenda.java",
                "period.multipliedBy(Math.max(1, backfill.dividedBy(period)))",
                "period")));
  }

  private static Mutant mutant(String name, int first, Edit... edits) {
    return new Mutant(name, first, List.of(edits));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isNoticed(Mutant mutant) throws Exception {
    System.out.println("breaking a rule: " + mutant);
    for (Edit edit : mutant.edits()) {
      apply(edit);
    }
    compile();
    try (var loader = new MutantLoader(folder.resolve("classes"))) {
      Method play =
          loader
              .loadClass("io.github.prefectgcm.job.Schedule")
              .getDeclaredMethod("play", long.class);
      play.setAccessible(true);
      int seed = mutant.first();
      int last = seed + SCHEDULES;
      while (seed < last && survives(play, seed)) {
        seed++;
      }
      assertTrue(seed < last, "no schedule notices that " + mutant);
      System.out.printf("noticed by schedule %d: %s%n", seed, mutant);
    }
  }

  private static boolean survives(Method play, long seed) throws IllegalAccessException {
    try {
      play.invoke(null, seed);
      return true;
    } catch (InvocationTargetException e) {
      return !(e.getCause() instanceof AssertionError);
    }
  }

  private void apply(Edit edit) throws IOException {
    Path copy = folder.resolve("source").resolve(edit.file());
    Path original = Path.of("src/main/java/io/github/prefectgcm").resolve(edit.file());
    String text = Files.readString(Files.exists(copy) ? copy : original);
    int places = text.split(java.util.regex.Pattern.quote(edit.original()), -1).length - 1;
    assertEquals(1, places, "the source has changed: " + edit);
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, text.replace(edit.original(), edit.mutant()));
  }

  private void compile() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    try (var sources = Files.walk(folder.resolve("source"))) {
      String[] files =
          sources.filter(Files::isRegularFile).map(Path::toString).toArray(String[]::new);
      String[] options = {
        "-proc:none",
        "-nowarn",
        "-d",
        classes.toString(),
        "-cp",
        System.getProperty("java.class.path")
      };
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  Stream.of(options, files).flatMap(Stream::of).toArray(String[]::new));
      assertEquals(0, result, "the mutant does not compile");
    }
  }

  /** Loads all classes of ours anew, those of the mutant first. */
  private static final class MutantLoader extends URLClassLoader {
    MutantLoader(Path classes) throws IOException {
      super(new URL[] {classes.toUri().toURL()}, MutantsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.github.prefectgcm.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      URL own = findResource(file);
      try (InputStream in =
          own == null ? getParent().getResourceAsStream(file) : own.openStream()) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
