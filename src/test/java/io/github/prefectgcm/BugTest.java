package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.cli.ExitCode;
import io.github.prefectgcm.cli.Log;
import io.github.prefectgcm.cli.ShutdownHook;
import io.github.prefectgcm.cli.StatusLine;
import io.github.prefectgcm.cloudmonitoring.CloudMonitoringStore;
import io.github.prefectgcm.config.Settings;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.job.Execution;
import io.github.prefectgcm.job.ExecutionContext;
import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever something throws what it must not, this is said, and the report is written. */
class BugTest {
  /** The number of the write that has all levels. */
  private static final int LEVELS = 4;

  private static final Duration LEFT = Duration.ofSeconds(30);

  private final AtomicInteger closed = new AtomicInteger();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** Throws at one call of one method; the first is number 1. */
  record Row(Class<?> port, String method, int nth, Throwable thrown) {
    boolean strikes(Method called, AtomicInteger calls) {
      return called.getName().equals(method) && calls.incrementAndGet() == nth;
    }

    @Override
    public String toString() {
      return "%s at call %d of %s.%s"
          .formatted(thrown.getClass().getSimpleName(), nth, port.getSimpleName(), method);
    }
  }

  static Stream<Row> rows() {
    Stream<Row> source =
        Arrays.stream(Source.class.getMethods())
            .map(Method::getName)
            .filter(method -> !method.equals("close"))
            .distinct()
            .sorted()
            .map(method -> new Row(Source.class, method, 1, new IllegalStateException("odd")));
    // The watermark and each ledger are read first, then come three windows.
    Stream<Row> store =
        Stream.concat(
            IntStream.rangeClosed(1, 7).mapToObj(nth -> storeRow("newest", nth)),
            IntStream.rangeClosed(1, 3).mapToObj(nth -> storeRow("write", nth)));
    Stream<Row> errors =
        Stream.of(
            new Row(Source.class, "contact", 1, new StackOverflowError("odd")),
            new Row(Source.class, "currentRuns", 1, new NoClassDefFoundError("odd")),
            new Row(PointStore.class, "write", 1, new AssertionError("odd")));
    return Stream.of(source, store, errors).flatMap(rows -> rows);
  }

  private static Row storeRow(String method, int nth) {
    return new Row(PointStore.class, method, nth, new NullPointerException("odd"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void reportIsWrittenAllTheSame(Row row) throws Exception {
    try (var site = new Site()) {
      int code = execute(site, row);

      String text = text();
      assertEquals(ExitCode.AGAIN, code, text);
      assertEquals(
          1, text.lines().filter(line -> line.contains("a bug of prefect-gcm")).count(), text);
      assertTrue(text.contains(row.thrown().getClass().getName() + ": odd"), text);
      assertTrue(text.contains("\tat "), "no stack: " + text);
      assertTrue(text.lines().anyMatch(line -> line.contains(" refused, ")), "no sum: " + text);
      assertEquals(1, closed.get(), "the store was not closed once");
      assertEquals(
          Optional.of(0.0), site.newest("exporter/up", Map.of()).map(StoredPoint::real), text);
      boolean asked = !row.method().equals("contact");
      assertEquals(asked, site.newest("server/healthy", Map.of()).isPresent(), text);
    }
  }

  /** The next execution finds nothing lost and nothing counted twice. */
  @ParameterizedTest
  @MethodSource("rows")
  void theNextExecutionGoesOn(Row row) throws Exception {
    try (var site = new Site()) {
      execute(site, row);
      site.now = site.now.plus(Duration.ofMinutes(5));

      site.executeWell();

      assertEquals(4, finished(site));
    }
  }

  @Test
  void aReportThatFailsSaysAtLeastThatSomethingIsWrong() throws Exception {
    try (var site = new Site()) {
      assertEquals(ExitCode.AGAIN, execute(site, storeRow("write", LEVELS)), text());
      assertEquals(
          Optional.of(0.0), site.newest("exporter/up", Map.of()).map(StoredPoint::real), text());
      assertEquals(1, closed.get());
    }
  }

  /** Too late for a metric that is written already; the exit code tells. */
  @Test
  void aBugInTheVeryLastWriteIsSaidToo() throws Exception {
    try (var site = new Site()) {
      assertEquals(ExitCode.AGAIN, execute(site, storeRow("write", LEVELS + 1)), text());
      assertTrue(text().contains("a bug of prefect-gcm"), text());
      assertEquals(1, closed.get());
    }
  }

  @Test
  void aStoreThatCannotBeOpenedIsSaidToo() throws Exception {
    try (var site = new Site()) {
      int code =
          execute(
              site,
              source -> source,
              () -> {
                throw new IllegalArgumentException("odd");
              });

      assertEquals(ExitCode.AGAIN, code);
      assertTrue(text().contains("a bug of prefect-gcm, please report it: java.lang.Illegal"));
      assertTrue(text().lines().anyMatch(line -> line.contains(" refused, ")), text());
    }
  }

  private static double finished(Site site) {
    return site.cloud.series("flow_run/finished_count").values().stream()
        .mapToDouble(points -> points.getLast().real())
        .sum();
  }

  private int execute(Site site, Row row) throws Exception {
    var calls = new AtomicInteger();
    Settings settings = Settings.from(site.environment);
    return execute(
        site,
        source -> row.port() == Source.class ? striking(Source.class, source, row, calls) : source,
        () -> {
          PointStore store = CloudMonitoringStore.open(settings.target(), site.time, () -> LEFT);
          return row.port() == PointStore.class
              ? striking(PointStore.class, store, row, calls)
              : counted(store);
        });
  }

  private int execute(Site site, UnaryOperator<Source> around, Callable<PointStore> opening)
      throws Exception {
    Settings settings = Settings.from(site.environment);
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    var log = new Log(out, out, false, new StatusLine(out, OptionalInt::empty));
    try (var source = PrefectSource.open(settings.prefect(), site.time, () -> LEFT)) {
      return new Execution(
              settings,
              around.apply(source),
              opening,
              ExecutionContext.start(Duration.ofMinutes(1), site.time, log, ShutdownHook.none()),
              "test")
          .run();
    }
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private PointStore counted(PointStore store) {
    var never = new Row(PointStore.class, "", 0, new AssertionError());
    return striking(PointStore.class, store, never, new AtomicInteger());
  }

  private <T> T striking(Class<T> port, T real, Row row, AtomicInteger calls) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close") && port == PointStore.class) {
                closed.incrementAndGet();
              }
              if (row.strikes(method, calls)) {
                throw row.thrown();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
