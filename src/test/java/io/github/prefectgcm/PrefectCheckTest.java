package io.github.prefectgcm;

import io.github.prefectgcm.embedded.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    answer.says("9 fine, 1 failed, 3 not checked: it may pass");
  }

  @Test
  void anAddressThatLeadsElsewhereIsNotReachable() {
    URI elsewhere = site.prefect.apiUrl().resolve("/ui");
    site.environment.put("PREFECT_API_URL", elsewhere.toString());

    check(2)
        .begins("✗ Prefect reachable   " + elsewhere + " answered GET /health with a web page or");
  }

  @Test
  void aServerThatIsNotHealthySaysSo() {
    site.prefect.onEvery("/health", Fault.body("false"));

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
    site.prefect.onEvery("/flow_runs/history", Fault.status(403));

    CheckAnswer answer = check(2);

    answer.begins("✗ Prefect authorised  Prefect does not allow POST /flow_runs/history");
    answer.says("✓ Prefect version     3.8.8");
  }

  @Test
  void aServerThatIsTooOldIsToldApart() {
    site.prefect.onEvery("/admin/version", Fault.body("\"3.0.3\""));

    CheckAnswer answer = check(2);

    answer.says("✓ Prefect authorised  flow runs can be read");
    answer.says(
        "✗ Prefect version     Prefect server 3.0.3 is too old, the end_time filter needs 3.0.4 or"
            + " later: upgrade the server");
  }

  @Test
  void aVersionStaysInItsLineWhateverTheServerCallsIt() {
    site.prefect.onEvery("/admin/version", Fault.body("\"3.8.8\\n\\u001b[2Jx\""));

    check(0).says("✓ Prefect version     3.8.8  [2Jx");
  }

  @Test
  void aServerNeedNotTellItsVersion() {
    site.prefect.onEvery("/admin/version", Fault.status(404));

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
    site.prefect.onEvery("/health", Fault.status(200, Map.of("date", date), "true"));
  }

  private CheckAnswer check(int code) {
    return CheckAnswer.of(site, code);
  }
}
