package io.github.prefectgcm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.prefectgcm.cloudmonitoring.Endpoint;
import io.github.prefectgcm.prefect.http.ProxyServer;
import io.github.prefectgcm.prefect.http.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One reading of the proxy variables, for everything that the job connects to. */
class ProxiesTest {
  private static final URI HTTP = URI.create("http://host:4200/api");
  private static final URI HTTPS = URI.create("https://host/api");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PROXY=http://a:1,HTTPS_PROXY=http://b:2              | HTTP_PROXY=a:1   |"
            + " HTTPS_PROXY=b:2",
        "http_proxy=http://a:1,HTTP_PROXY=http://b:2               | http_proxy=a:1   | -",
        "https_proxy=http://a:1,HTTPS_PROXY=http://b:2             | -                |"
            + " https_proxy=a:1",
        "https_proxy=,HTTPS_PROXY=http://b:2,ALL_PROXY=http://c:3  | ALL_PROXY=c:3    | -",
        "HTTPS_PROXY=,ALL_PROXY=http://c:3                         | ALL_PROXY=c:3    | -",
        "all_proxy=c:3,HTTPS_PROXY=http://b:2                      | all_proxy=c:3    |"
            + " HTTPS_PROXY=b:2",
        "HTTP_PROXY=http://a:1,REQUEST_METHOD=GET                  | -                | -",
        "http_proxy=http://a:1,REQUEST_METHOD=GET                  | http_proxy=a:1   | -",
        "ALL_PROXY=c:3,NO_PROXY=host                               | -                | -",
        "ALL_PROXY=c:3,no_proxy=,NO_PROXY=host                     | ALL_PROXY=c:3    |"
            + " ALL_PROXY=c:3",
        "ALL_PROXY=c:3,NO_PROXY=host:443                           | ALL_PROXY=c:3    | -",
        "''                                                        | -                | -",
      })
  void theVariableIsThatOfTheScheme(String environment, String http, String https) {
    var proxies = new Proxies(environment(environment));
    assertEquals(http, named(proxies.to(HTTP)));
    assertEquals(https, named(proxies.to(HTTPS)));
  }

  private static String named(Optional<ProxyServer> proxy) {
    return proxy.map(its -> its.variable() + "=" + its.host() + ":" + its.port()).orElse("-");
  }

  @ParameterizedTest
  @CsvSource({
    "proxy, proxy, 80",
    "proxy:3128, proxy, 3128",
    "HTTP://Proxy:3128/, Proxy, 3128",
    "http://squid_proxy:3128, squid_proxy, 3128",
    "http://10.0.0.1:65535/path?query, 10.0.0.1, 65535",
    "http://[::1]:3128, ::1, 3128",
    "[fd00::1], fd00::1, 80",
  })
  void aProxyIsAHostAndAPort(String text, String host, int port) {
    assertEquals(
        Optional.of(new ProxyServer("HTTPS_PROXY", host, port, Optional.empty())),
        new Proxies(Map.of("HTTPS_PROXY", text)).to(HTTPS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u:p | u | p",
        "u | u | ''",
        ":p | '' | p",
        "u:p:q | u | p:q",
        "u:p@ss | u | p@ss",
        "u%40corp:p%3A%2F%C3%A4 | u@corp | p:/ä",
        "u:50% | u | 50%",
        "u:%zz+ | u | %zz+",
        "u:pä | u | pä",
        "DOMAIN\\u:p | DOMAIN\\u | p",
      })
  void aLoginIsDecoded(String text, String user, String password) {
    assertEquals(
        Optional.of(new ProxyServer.Login(user, new Secret(password))),
        new Proxies(Map.of("HTTPS_PROXY", "http://" + text + "@proxy:3128"))
            .to(HTTPS)
            .orElseThrow()
            .login());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "socks5://u:hush@host | must be an HTTP proxy, such as http://host:3128, not one for"
            + " socks5",
        "https://host:3128 | must begin with http://, which is how the proxy itself is spoken to;"
            + " what goes through it to an https address is encrypted all the same",
        "http://host:99999 | must have a port from 1 to 65535",
        "http://host:0 | must have a port from 1 to 65535",
        "http://host: | must name a host and perhaps a port, such as http://host:3128",
        "http://host:31 28 | must name a host and perhaps a port, such as http://host:3128",
        "http:// | must name a host and perhaps a port, such as http://host:3128",
        "http://:3128 | must name a host and perhaps a port, such as http://host:3128",
        "http://u:hush@ | must name a host and perhaps a port, such as http://host:3128; in a user"
            + " name and a password / is %2F, ? is %3F and # is %23",
        "http://u:hu/sh@host:3128 | must name a host and perhaps a port, such as http://host:3128;"
            + " in a user name and a password / is %2F, ? is %3F and # is %23",
        "http://a:1,http://b:2 | must name a host and perhaps a port, such as http://host:3128",
        "http://ho st | must name a host and perhaps a port, such as http://host:3128",
        "::1:3128 | must name a host and perhaps a port, such as http://host:3128",
        "\"http://host:3128\" | is in quotes; leave them out, what reads it keeps them",
        "$PROXY | holds the name of a variable, not its value; what sets it does not expand"
            + " variables",
        "HTTPS_PROXY=http://host:1 | begins with its own name; leave out HTTPS_PROXY=",
      })
  void whatIsNoProxyIsToldWithoutItsPassword(String text, String said) {
    var proxies = new Proxies(Map.of("HTTPS_PROXY", text));
    assertEquals(Optional.of("HTTPS_PROXY " + said), proxies.problem(HTTPS));
    assertEquals(Optional.empty(), proxies.to(HTTPS));
    assertEquals(Optional.empty(), proxies.problem(HTTP), "it is not on this way");
    assertFalse(said.contains("hush"));
  }

  @Test
  void quotesAroundNoProxyAreTold() {
    assertEquals(
        Optional.of("no_proxy is in quotes; leave them out, what reads it keeps them"),
        new Proxies(Map.of("no_proxy", "'host'")).problem(HTTP));
  }

  /** Each variable is told once, though both Prefect and Google are behind it. */
  @Test
  void theJobDoesNotStartWithAProxyThatItCannotUse() {
    var environment =
        Map.of(
            "PREFECT_API_URL",
            "https://prefect.internal/api",
            "https_proxy",
            "socks5://proxy:1080");
    var thrown =
        org.junit.jupiter.api.Assertions.assertThrows(
            Settings.Invalid.class, () -> Settings.from(environment));
    assertEquals(
        List.of("https_proxy must be an HTTP proxy, such as http://host:3128, not one for socks5"),
        thrown.problems());
  }

  @Test
  void googleIsBehindTheProxyForHttpsWhateverPrefectIsBehind() throws Exception {
    var environment = new HashMap<>(Map.of("PREFECT_API_URL", "http://prefect:4200/api"));
    environment.put("https_proxy", "http://proxy:3128");
    Settings settings = Settings.from(environment);
    assertEquals(Optional.empty(), settings.prefect().proxy());
    assertEquals(Endpoint.PUBLIC.through("https_proxy"), settings.target().endpoint());
    environment.put("NO_PROXY", ".googleapis.com");
    assertEquals(Endpoint.PUBLIC, Settings.from(environment).target().endpoint());
  }

  @Test
  void theSelectorSaysTheSame() {
    var proxies = new Proxies(Map.of("https_proxy", "http://u:p@proxy:3128", "NO_PROXY", ".corp"));
    assertEquals(
        List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy", 3128))),
        proxies.select(HTTPS));
    assertEquals(List.of(Proxy.NO_PROXY), proxies.select(HTTP));
    assertEquals(List.of(Proxy.NO_PROXY), proxies.select(URI.create("https://a.corp/")));
  }

  @ParameterizedTest
  @CsvSource({
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://169.254.169.254/",
    "http://[fd20:ce::254]/",
    "http://127.0.0.1:8080/",
    "https://127.0.0.1:8085",
  })
  void whatIsOnThisMachinesLinkIsNeverBehindAProxy(URI address) {
    var environment = environment("ALL_PROXY=proxy:3128,GCE_METADATA_HOST=127.0.0.1:8080");
    environment.put("MONITORING_EMULATOR_HOST", "127.0.0.1:8085");
    assertEquals(List.of(Proxy.NO_PROXY), new Proxies(environment).select(address));
  }

  private static Map<String, String> environment(String pairs) {
    var environment = new HashMap<String, String>();
    for (String pair : pairs.split(",", -1)) {
      if (pair.contains("=")) {
        environment.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
      }
    }
    return environment;
  }
}
