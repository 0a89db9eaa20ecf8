package io.github.prefectgcm.check;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.prefectgcm.Site;
import io.github.prefectgcm.embedded.prefect.HttpFault;
import io.github.prefectgcm.embedded.prefect.ServerResponse;
import io.github.prefectgcm.embedded.prefect.ServerStateType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code prefect-gcm check} says of Prefect. */
class PrefectCheckTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void prefectThatIsNotThereDoesNotHideGoogle() throws IOException {
    site.environment.put("PREFECT_API_URL", "http://localhost:" + CheckAnswer.freePort() + "/api");

    CheckAnswer answer = check(1);

    answer.begins("✗ Prefect reachable   Prefect cannot be reached at http://localhost:");
    answer.says("– Prefect authorised  not checked: something before it failed");
    answer.says("– Prefect version     not checked: something before it failed");
    answer.says("– Prefect clock       not checked: something before it failed");
    answer.says("✓ may write           tried with a point that is too old to be taken");
    answer.says("– next window         not checked: something before it failed");
    answer.says("8 fine, 1 failed, 4 not checked: it may pass");
  }

  @Test
  void anAddressThatLeadsElsewhereIsNotReachable() {
    URI elsewhere = site.prefect.apiUrl().resolve("/ui");
    site.environment.put("PREFECT_API_URL", elsewhere.toString());

    check(2)
        .begins("✗ Prefect reachable   " + elsewhere + " answered GET /health with a web page or");
  }

  /** What other servers answer: not one of these is Prefect, however friendly. */
  @ParameterizedTest
  @MethodSource
  void anyOtherServerIsNotReachable(HttpFault answer, String said) {
    site.prefect.onEvery("*", answer);

    CheckAnswer told = check(2);

    told.begins("✗ Prefect reachable   " + said.replace("{}", site.prefect.apiUrl().toString()));
    told.says("– Prefect authorised  not checked: something before it failed");
    told.says("✓ Cloud Monitoring    answers at " + site.cloud.address());
  }

  static Stream<Arguments> anyOtherServerIsNotReachable() {
    String words = ", but not in the words of Prefect: check PREFECT_API_URL; if something stands";
    return Stream.of(
        arguments(HttpFault.html(200), "{} answered GET /health with a web page"),
        arguments(HttpFault.html(401), "{} refused GET /health (401)" + words),
        arguments(HttpFault.html(403), "{} refused GET /health (403)" + words),
        arguments(
            HttpFault.status(403, Map.of(), "{\"detail\":\"Not authenticated\"}"),
            "{} refused GET /health (403)" + words),
        arguments(HttpFault.html(404), "There is no GET /health at {} (404)"),
        arguments(
            HttpFault.status(404, Map.of(), "{\"detail\":\"Not Found\"}"),
            "There is no POST /flow_runs/history at {} (404)"),
        arguments(
            HttpFault.body("{\"status\":\"ok\"}"), "Prefect answered with a missing or unusable"),
        arguments(
            (HttpFault)
                (request, server) ->
                    request.path().equals("/health")
                        ? ServerResponse.json(200, "true")
                        : ServerResponse.detail(405, "Method Not Allowed"),
            "There is no POST /flow_runs/history at {} (405)"));
  }

  @Test
  void aHealthyPrefectInTroubleIsReachable() {
    site.prefect.onEvery("/flow_runs/history", HttpFault.tooManyRequests("3600"));
    site.prefect.onEvery("/admin/version", HttpFault.status(404));

    CheckAnswer answer = check(1);

    answer.says("✓ Prefect reachable   " + site.prefect.apiUrl());
    answer.begins("✗ Prefect authorised  Prefect asks to wait 3600 s before POST /flow_runs/hi");
  }

  @Test
  void aWindowThatCannotBeReadIsToldWithTheReason() {
    site.executeWell();
    site.prefect.onEvery("/flow_runs/filter", HttpFault.nulled("end_time"));

    CheckAnswer answer = check(2);

    answer.says("✓ Prefect authorised  flow runs can be read");
    answer.begins(
        "✗ next window         2026-03-01T12:00:00Z to 2026-03-01T12:05:00Z cannot be read: Prefect"
            + " answered with a missing or unusable end_time");
    answer.says("12 fine, 1 failed, 0 not checked: it will not get better by itself");
  }

  @Test
  void aRunThatPrefectCannotShowIsToldAndCostsOnlyItself() {
    site.executeWell();
    site.workspace
        .finished(
            site.daily, ServerStateType.FAILED, Site.NOON.plusSeconds(110), Duration.ofSeconds(1))
        .unreadable();

    check(0)
        .says(
            "✓ next window         2026-03-01T12:00:00Z to 2026-03-01T12:05:00Z, can be counted"
                + " from 2026-03-01T12:06:00Z on, in 4 min; so far 3 runs; Prefect cannot show 1"
                + " row, its own log says why");
  }

  @Test
  void aServerThatIsNotHealthySaysSo() {
    site.prefect.onEvery("/health", HttpFault.body("false"));

    check(0)
        .says(
            "✓ Prefect reachable   "
                + site.prefect.apiUrl()
                + ", although it says that it is not healthy");
  }

  @Test
  void theWrongKeyIsToldApart() {
    site.environment.put("PREFECT_API_AUTH_STRING", "admin:wrong");

    CheckAnswer answer = check(2);

    answer.says("✓ Prefect reachable   " + site.prefect.apiUrl());
    answer.begins("✗ Prefect authorised  Prefect refused the credentials (401): set ");
    answer.says("– Prefect version     not checked: something before it failed");
    answer.says("✓ Prefect clock       as ours");
  }

  @Test
  void aKeyThatMayNotReadRunsIsToldApart() {
    site.prefect.onEvery("/flow_runs/history", HttpFault.status(403));

    CheckAnswer answer = check(2);

    answer.begins("✗ Prefect authorised  Prefect does not allow POST /flow_runs/history");
    answer.says("✓ Prefect version     3.8.8");
  }

  @Test
  void aServerThatIsTooOldIsToldApart() {
    site.prefect.onEvery("/admin/version", HttpFault.body("\"3.0.3\""));

    CheckAnswer answer = check(2);

    answer.says("✓ Prefect authorised  flow runs can be read");
    answer.says(
        "✗ Prefect version     Prefect server 3.0.3 is too old, the end_time filter needs 3.0.4 or"
            + " later: upgrade the server");
  }

  @Test
  void aVersionStaysInItsLineWhateverTheServerCallsIt() {
    site.prefect.onEvery("/admin/version", HttpFault.body("\"3.8.8\\n\\u001b[2Jx\""));

    check(0).says("✓ Prefect version     3.8.8  [2Jx");
  }

  @Test
  void aServerNeedNotTellItsVersion() {
    site.prefect.onEvery("/admin/version", HttpFault.status(404));

    check(0).says("– Prefect version     not checked: the server does not tell");
  }

  @Test
  void aClockThatIsALittleOffIsTold() {
    prefectsClock("Sun, 01 Mar 2026 11:57:30 GMT");

    check(0).says("✓ Prefect clock       4 min 30 s behind ours");
  }

  @Test
  void aClockThatIsFarOffIsAFault() {
    prefectsClock("Sun, 01 Mar 2026 12:32:00 GMT");

    check(2)
        .says(
            "✗ Prefect clock       30 min ahead of ours: set the server's clock, all points take"
                + " their time from it");
  }

  private void prefectsClock(String date) {
    site.prefect.onEvery("/health", HttpFault.status(200, Map.of("date", date), "true"));
  }

  private CheckAnswer check(int code) {
    return CheckAnswer.of(site, code);
  }
}
