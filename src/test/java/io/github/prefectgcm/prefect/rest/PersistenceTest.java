package io.github.prefectgcm.prefect.rest;

import static io.github.prefectgcm.prefect.rest.TestConnections.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.ReceivedRequest;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tries again, waits, and gives up in time. */
class PersistenceTest {
  private static final String ROUTE = "/flow_runs/history";
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final EmbeddedPrefect prefect =
      EmbeddedPrefect.of(new Workspace(1), InstantSource.fixed(NOON)).csrf().start();
  private final VirtualTime time = new VirtualTime(TestConnections.CLOCK);

  @BeforeEach
  void hearSilence() {
    prefect.onSilence(time::silence);
  }

  @AfterEach
  void stop() {
    prefect.close();
  }

  @Test
  void troubleThatPassesIsNotSeen() throws Exception {
    prefect.onNth(ROUTE, 2, HttpFault.status(503));
    prefect.onNth(ROUTE, 3, HttpFault.reset());
    prefect.onNth(ROUTE, 4, HttpFault.cut());
    try (var source = openFor(MINUTE)) {
      read(source);
    }
    // The first one fetched the CSRF token.
    assertEquals(5, prefect.requests(ROUTE).size());
  }

  @Test
  void theFirstResetIsMendedAtOnce() throws Exception {
    prefect.onNth(ROUTE, 2, HttpFault.reset());
    try (var source = openFor(Duration.ofMillis(400))) {
      // Half a second before the next try would be too long.
      read(source);
    }
  }

  @Test
  void oneTokenServesOneClientUntilItExpires() throws Exception {
    try (var source = TestConnections.open(prefect.apiUrl())) {
      read(source);
      read(source);
      assertEquals(1, prefect.requests("/csrf-token").size());
      prefect.expireCsrfTokens();
      read(source);
    }
    List<ReceivedRequest> fetched = prefect.requests("/csrf-token");
    assertEquals(2, fetched.size());
    assertEquals(fetched.getFirst().path(), fetched.getLast().path());
    assertEquals(5, prefect.requests(ROUTE).size());
  }

  @Test
  void manyReadersShareOneToken() throws Exception {
    try (var source = TestConnections.open(prefect.apiUrl());
        var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      var reads = new ArrayList<Future<?>>();
      for (int i = 0; i < 40; i++) {
        reads.add(readers.submit(() -> reading(source)));
      }
      for (Future<?> each : reads) {
        assertEquals(List.of(), each.get());
      }
    }
    assertEquals(1, prefect.requests("/csrf-token").size());
    assertTrue(prefect.mostAtOnce() <= 8);
  }

  private static Object reading(PrefectSource source) throws SourceException {
    return source.expectedRuns(NOON.minus(Duration.ofHours(24)), NOON);
  }

  @Test
  void aTokenThatIsNeverAcceptedIsGivenUp() {
    prefect.onEvery(
        ROUTE, HttpFault.status(403, Map.of(), "{\"detail\":\"Invalid CSRF token or client.\"}"));
    try (var source = TestConnections.open(prefect.apiUrl())) {
      var thrown = assertThrows(SourceException.class, () -> read(source));
      assertTrue(thrown.isLasting());
      assertTrue(String.valueOf(thrown.getMessage()).contains("PREFECT_API_URL"));
    }
    assertEquals(3, prefect.requests(ROUTE).size());
  }

  @Test
  void retryAfterIsRespected() throws Exception {
    prefect.onNth(ROUTE, 2, HttpFault.tooManyRequests("0.7"));
    try (var source = openFor(MINUTE)) {
      read(source);
    }
    assertEquals(Duration.ofMillis(700).toNanos(), time.nanos());
  }

  @Test
  void retryAfterMayBeADate() throws Exception {
    prefect.onNth(ROUTE, 2, HttpFault.tooManyRequests("Sun, 01 Mar 2026 12:00:01 GMT"));
    try (var source = openFor(MINUTE)) {
      read(source);
    }
    assertEquals(Duration.ofSeconds(1).toNanos(), time.nanos());
  }

  @Test
  void aRetryAfterBeyondTheDeadlineIsToldAtOnce() {
    prefect.onEvery(ROUTE, HttpFault.tooManyRequests("120"));
    try (var source = openFor(Duration.ofSeconds(60))) {
      var thrown = assertThrows(SourceException.class, () -> read(source));
      assertFalse(thrown.isLasting());
      assertEquals(
          "Prefect asks to wait 120 s before POST /flow_runs/history (it answered 429), longer than"
              + " DEADLINE allows: start the job less often or raise DEADLINE",
          thrown.getMessage());
    }
    assertEquals(1, prefect.requests(ROUTE).size());
  }

  @Test
  void noTimeLeftMeansNoRequest() {
    try (var source = open(Duration.ZERO)) {
      assertDeadline(source);
    }
    assertEquals(List.of(), prefect.requests());
  }

  @Test
  void theDeadlineEndsACallWithoutAnswer() {
    prefect.onEvery(ROUTE, HttpFault.silence());
    try (var source = openFor(Duration.ofMillis(300))) {
      assertDeadline(source);
    }
  }

  @Test
  void theDeadlineEndsABodyThatTrickles() {
    prefect.onEvery("/csrf-token", HttpFault.trickle(1, Duration.ofMillis(50)));
    try (var source = openFor(Duration.ofMillis(600))) {
      assertDeadline(source);
    }
  }

  @Test
  void aBodyThatTricklesTooLongIsTriedAgain() throws Exception {
    prefect.onNth("/csrf-token", 1, HttpFault.trickle(1, Duration.ofMillis(50)));
    try (var source = openFor(MINUTE)) {
      read(source);
    }
    assertEquals(2, prefect.requests("/csrf-token").size());
  }

  @Test
  void theDeadlineEndsTheTries() {
    prefect.onEvery(ROUTE, HttpFault.status(503));
    try (var source = openFor(Duration.ofMillis(800))) {
      assertDeadline(source);
    }
    assertEquals(2, prefect.requests(ROUTE).size());
  }

  @Test
  void anInterruptEndsACall() throws Exception {
    prefect.onEvery(ROUTE, HttpFault.silence());
    try (var source = TestConnections.open(prefect.apiUrl())) {
      var thrown = new CompletableFuture<SourceException>();
      Thread reader = Thread.ofVirtual().start(() -> failing(source, thrown));
      awaitRequest();
      reader.interrupt();
      assertFalse(thrown.join().isLasting());
    }
  }

  @Test
  void closingEndsACallAndAWait() throws Exception {
    prefect.onNth(ROUTE, 1, HttpFault.silence());
    prefect.onNth(ROUTE, 2, HttpFault.tooManyRequests("30"));
    var source = TestConnections.open(prefect.apiUrl());
    var silent = new CompletableFuture<SourceException>();
    var waiting = new CompletableFuture<SourceException>();
    Thread.ofVirtual().start(() -> failing(source, silent));
    awaitRequest();
    Thread.ofVirtual().start(() -> failing(source, waiting));
    source.close();
    assertFalse(silent.join().isLasting());
    assertFalse(waiting.join().isLasting());
    assertThrows(SourceException.class, () -> read(source));
  }

  private void awaitRequest() throws InterruptedException {
    while (prefect.requests(ROUTE).isEmpty()) {
      var _ = new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
    }
  }

  private static void failing(PrefectSource source, CompletableFuture<SourceException> thrown) {
    try {
      read(source);
    } catch (SourceException e) {
      thrown.complete(e);
    }
  }

  @Test
  void noTryBeginsForWhichThereIsNoTime() {
    prefect.onEvery(ROUTE, HttpFault.status(500));
    try (var source = open(MINUTE, MINUTE, Duration.ofMillis(50))) {
      assertTells("it answered 500", source);
    }
    assertEquals(1, prefect.requests(ROUTE).size());
  }

  @Test
  void aTryThatTheDeadlineCutsShortDoesNotHideTheTroubleBefore() {
    prefect.onNth(ROUTE, 1, HttpFault.status(500));
    prefect.onNth(ROUTE, 2, HttpFault.silence());
    try (var source = open(MINUTE, MINUTE, Duration.ofMillis(150), Duration.ZERO)) {
      assertTells("it answered 500", source);
    }
    assertEquals(2, prefect.requests(ROUTE).size());
  }

  private static void assertTells(String trouble, PrefectSource source) {
    String message =
        String.valueOf(assertThrows(SourceException.class, () -> read(source)).getMessage());
    assertTrue(message.contains(trouble), message);
  }

  private static void assertDeadline(PrefectSource source) {
    var thrown = assertThrows(SourceException.class, () -> read(source));
    assertFalse(thrown.isLasting());
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.startsWith("DEADLINE was used up while reading Prefect ("), message);
  }

  /** A source with these times left, one after the other, each time that it asks. */
  private PrefectSource open(Duration... left) {
    var times = List.of(left).iterator();
    return PrefectSource.open(TestConnections.to(prefect.apiUrl()), time, times::next);
  }

  /** A source with that much time from now on. */
  private PrefectSource openFor(Duration most) {
    return PrefectSource.open(
        TestConnections.to(prefect.apiUrl()), time, () -> most.minusNanos(time.nanos()));
  }

  private static void read(PrefectSource source) throws SourceException {
    var _ = source.expectedRuns(NOON.minus(Duration.ofHours(24)), NOON);
  }
}
