package io.github.prefectgcm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever cannot be the address of Prefect's API is told with what is wrong, and the right one.
 */
class PrefectAddressTest {
  private static final String NAME = "PREFECT_API_URL";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:4200/api",
        "HTTP://Prefect.Example:80/api",
        "https://prefect.example/x-y_z~1/api",
        "http://10.0.0.7:65535/api",
        "http://[::1]:4200/api",
        "http://prefect-1:1",
        "http://prefect.default.svc.cluster.local.:4200/api",
        "http://host/runs/api",
        "https://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "https://API.prefect.cloud:443/api/accounts/0a-1/workspaces/0b-2",
        "https://private.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "https://private.prefect.cloud/any",
        "https://notprefect.cloud/api",
      })
  void theAddressOfAnApiIsTakenAsItIs(String text) {
    assertEquals(Optional.of(URI.create(text)), read(text + "//"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Without a scheme, or with another one.
        "localhost:4200/api | begin with http:// or https://, such as http://localhost:4200/api",
        "prefect.example/api | begin with http:// or https://, such as http://prefect.example/api",
        "ftp://host/api | begin with http:// or https://, such as http://localhost:4200/api",
        "ws://host/api | begin with http:// or https://, such as http://localhost:4200/api",
        "htp://host/api | begin with http:// or https://, such as http://localhost:4200/api",
        "http:/host/api | begin with http:// or https://, such as http://localhost:4200/api",
        "http//host/api | begin with http:// or https://, such as http://localhost:4200/api",
        "//host/api | begin with http:// or https://, such as http://localhost:4200/api",
        "sqlite+aiosqlite:///prefect.db | begin with http:// or https://, such as"
            + " http://localhost:4200/api",
        // Hosts.
        "http:///api | name a host, such as http://localhost:4200/api",
        "http://:4200/api | name a host, such as http://localhost:4200/api",
        "http:// | name a host, such as http://localhost:4200/api",
        "http://prefect_server:4200/api | be an address whose host name has no underscore; give"
            + " the server an alias without one",
        "https://präfekt.example/api | have its host name in ASCII: xn--prfekt-cua.example",
        "http://::1:4200/api | have an IPv6 address in brackets, such as http://[::1]:4200/api",
        "http://[::x]:4200/api | have a host and a path of letters, digits, hyphens and dots",
        "http://ho..st/api | have a host name of letters, digits, hyphens and dots",
        "http://-host/api | have a host name of letters, digits, hyphens and dots",
        "http://10.0.0.256/api | have a host name of letters, digits, hyphens and dots",
        "http://a,http://b/api | be one address, without spaces, commas and semicolons",
        "http://a:4200/api;http://b:4200/api | be one address, without spaces, commas and"
            + " semicolons",
        "http://ho st/api | be one address, without spaces, commas and semicolons",
        // Ports.
        "http://host:99999/api | have a port from 1 to 65535 after the host's colon",
        "http://host:65536/api | have a port from 1 to 65535 after the host's colon",
        "http://host:0/api | have a port from 1 to 65535 after the host's colon",
        "http://host:-1/api | have a port from 1 to 65535 after the host's colon",
        "http://host:99999999999/api | have a port from 1 to 65535 after the host's colon",
        "http://host:/api | have a port from 1 to 65535 after the host's colon",
        "http://host:42OO/api | have a port from 1 to 65535 after the host's colon",
        "http://[::1]:0/api | have a port from 1 to 65535 after the host's colon",
        // Paths.
        "http://host\\api | have slashes, not backslashes",
        "http://host//api | have a path of ASCII characters without empty parts, such as /api",
        "http://host/äpi | have a path of ASCII characters without empty parts, such as /api",
        "http://host/{api} | have a host and a path of letters, digits, hyphens and dots",
        "http://host/%zz | have a host and a path of letters, digits, hyphens and dots",
        "http://host/api#top | have no query or fragment (what follows ? or #), such as"
            + " http://localhost:4200/api",
        // What a browser shows of a server of one's own, and routes of the API.
        "http://host:4200/dashboard | be the address of the API, not one of its routes or a page:"
            + " perhaps http://host:4200/api",
        "http://host:4200/runs/flow-run/0a-1 | be the address of the API, not one of its routes or"
            + " a page: perhaps http://host:4200/api",
        "https://host/prefect/work-pools | be the address of the API, not one of its routes or a"
            + " page: perhaps https://host/prefect/api",
        "https://host/prefect/api/health | be the address of the API, not one of its routes or a"
            + " page: perhaps https://host/prefect/api",
        "http://host:4200/docs | be the address of the API, not one of its routes or a page:"
            + " perhaps http://host:4200/api",
        // Prefect Cloud.
        "app.prefect.cloud/account/0a-1/workspace/0b-2 | be"
            + " https://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "https://app.prefect.cloud/account/0a-1/workspace/0b-2/dashboard | be"
            + " https://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "https://app.prefect.cloud/api/accounts/0a-1/workspaces/0b-2 | be"
            + " https://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "https://api.prefect.cloud/account/0a-1/workspace/0b-2 | be"
            + " https://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "https://api.prefect.cloud./api/accounts/0a-1/workspaces/0b-2 | be"
            + " https://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "https://api.prefect.cloud/api | be"
            + " https://api.prefect.cloud/api/accounts/…/workspaces/…, as `prefect config view`"
            + " shows it",
        "https://app.prefect.cloud | be"
            + " https://api.prefect.cloud/api/accounts/…/workspaces/…, as `prefect config view`"
            + " shows it",
        "https://api.prefect.cloud/api/accounts/…/workspaces/… | be"
            + " https://api.prefect.cloud/api/accounts/…/workspaces/…, as `prefect config view`"
            + " shows it",
        "https://api.prefect.cloud/api/accounts/<account>/workspaces/<workspace> | be"
            + " https://api.prefect.cloud/api/accounts/…/workspaces/…, as `prefect config view`"
            + " shows it",
        "http://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2 | begin with https, or the key"
            + " would be sent in plaintext: it is"
            + " https://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "HTTP://Api.Prefect.Cloud.:80/api/accounts/0a-1/workspaces/0b-2 | begin with https, or the"
            + " key would be sent in plaintext: it is"
            + " https://api.prefect.cloud/api/accounts/0a-1/workspaces/0b-2",
        "http://private.prefect.cloud/any | begin with https, or the key would be sent in"
            + " plaintext: it is https://api.prefect.cloud/api/accounts/…/workspaces/…, as"
            + " `prefect config view` shows it",
      })
  void whatIsNoneIsToldWithWhatItMustBe(String text, String demand) {
    assertEquals(
        List.of("PREFECT_API_URL is \"%s\"; it must %s".formatted(text, demand)), problems(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://me:hunter2@prefect/api | PREFECT_API_URL is an address with a user name; it must"
            + " have no user name or password: those go into PREFECT_API_AUTH_STRING, and the"
            + " address is one such as http://localhost:4200/api",
        "http://prefect/api?token=hunter2 | PREFECT_API_URL is an address with a query; it must"
            + " have no query or fragment (what follows ? or #), such as"
            + " http://localhost:4200/api",
        "https://app.prefect.cloud/account/0a/workspace/0b/runs?state=hunter2 | PREFECT_API_URL is"
            + " an address with a query; it must be"
            + " https://api.prefect.cloud/api/accounts/0a/workspaces/0b",
        "pnu_hunter2 | PREFECT_API_URL is an API key; it must be the address of the API; the key"
            + " goes into PREFECT_API_KEY",
        "admin:hunter2 | PREFECT_API_URL is no address; it must begin with http:// or https://,"
            + " such as http://localhost:4200/api",
      })
  void secretsInItAreNotRepeated(String text, String sentence) {
    assertEquals(List.of(sentence), problems(text));
    assertFalse(sentence.contains("hunter2"));
  }

  @Test
  void itMustBeSet() {
    assertEquals(
        List.of(
            "PREFECT_API_URL is not set; it must be the address of Prefect's API, such as"
                + " http://localhost:4200/api"),
        problems(" "));
  }

  @Test
  void quotesAreToldOnce() {
    assertEquals(
        List.of("PREFECT_API_URL is in quotes; leave them out, what reads it keeps them"),
        problems("\"http://localhost:4200/api\""));
  }

  private static Optional<URI> read(String text) {
    return new PrefectAddress(new SettingValues(Map.of(NAME, text))).read();
  }

  private static List<String> problems(String text) {
    var values = new SettingValues(Map.of(NAME, text));
    assertEquals(Optional.empty(), new PrefectAddress(values).read());
    return values.problems();
  }
}
