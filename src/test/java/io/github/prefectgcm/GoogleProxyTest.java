package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GoogleProxyTest {
  @Test
  void followsHttpsProxy() {
    assertEquals(
        Map.of("https.proxyHost", "proxy.corp", "https.proxyPort", "3128"),
        GoogleProxy.properties(
            Map.of("HTTPS_PROXY", "http://me:secret@proxy.corp:3128/"), Map.of()));
  }

  @Test
  void lowerCaseWins() {
    assertEquals(
        Map.of("https.proxyHost", "a", "https.proxyPort", "80"),
        GoogleProxy.properties(Map.of("HTTPS_PROXY", "b:1", "https_proxy", "a"), Map.of()));
  }

  @Test
  void spareHostsAndTheirDomains() {
    assertEquals(
        "localhost|127.*|[::1]|prefect.corp|*.prefect.corp|googleapis.com|*.googleapis.com",
        GoogleProxy.properties(
                Map.of(
                    "HTTPS_PROXY", "proxy:3128", "NO_PROXY", "prefect.corp:4200, .googleapis.com,"),
                Map.of())
            .get("http.nonProxyHosts"));
  }

  @Test
  void propertiesOfTheJvmWin() {
    assertEquals(
        Map.of(),
        GoogleProxy.properties(Map.of("HTTPS_PROXY", "proxy:1"), Map.of("https.proxyHost", "own")));
  }

  @Test
  void nothingToDo() {
    assertEquals(Map.of(), GoogleProxy.properties(Map.of(), Map.of()));
    assertEquals(Map.of(), GoogleProxy.properties(Map.of("HTTPS_PROXY", "http://"), Map.of()));
  }
}
