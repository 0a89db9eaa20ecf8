package io.github.prefectgcm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, passwords and headers: what cannot be one is told, and never repeated. */
class CredentialSettingsTest {
  private static final String KEY = "PREFECT_API_KEY";
  private static final String AUTH = "PREFECT_API_AUTH_STRING";
  private static final String HEADERS = "PREFECT_CLIENT_CUSTOM_HEADERS";
  private static final String CLOUD = "https://api.prefect.cloud/api/accounts/a-1/workspaces/w-2";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Bearer pnu_hush | begins with \"Bearer\"; it must be the key alone",
        "admin:hush | has a colon, as no key has; user:password goes into PREFECT_API_AUTH_STRING",
        "https://hush/api | is an address; the address goes into PREFECT_API_URL",
        "******** | is a mask of the key; it must be the key itself",
        "pnu_hush, pnu_hush | has a character that no key has; it must be letters, digits and - ."
            + " _ ~ + /",
        "pnu_hüsh | has a character that no key has; it must be letters, digits and - . _ ~ + /",
        "pnu_hu⏎sh | has a line break in it; remove it",
        "pnu_hu\u0007sh | has a control character (U+0007) in it; remove it",
        "pnu_\u200bhush | has an invisible character (U+200B) in it; remove it",
        "pnu_hush\u00a0 | has a space that is no plain one (U+00A0) in it; remove it",
        "\"pnu_hush\" | is in quotes; leave them out, what reads it keeps them",
        "'pnu_hush | is in quotes; leave them out, what reads it keeps them",
        "“pnu_hush” | is in quotes; leave them out, what reads it keeps them",
        "\"\" | is in quotes; leave them out, what reads it keeps them",
        "$KEY | holds the name of a variable, not its value; what sets it does not expand"
            + " variables",
        "${KEY} | holds the name of a variable, not its value; what sets it does not expand"
            + " variables",
        "{{ .Values.key }} | holds the name of a variable, not its value; what sets it does not"
            + " expand variables",
        "<your key> | is still a placeholder; replace it by the value",
        "… | is still a placeholder; replace it by the value",
        "PREFECT_API_KEY=pnu_hush | begins with its own name; leave out PREFECT_API_KEY=",
      })
  void whatCannotBeAKeyIsTold(String text, String said) {
    assertTold(Map.of("PREFECT_API_URL", CLOUD, KEY, lines(text)), KEY + " " + said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "hush | has no colon; it must be user:password",
        "pnu_hush | is a key of Prefect Cloud; it goes into PREFECT_API_KEY",
        "Basic YWRtaW46aHVzaA== | begins with \"Basic\"; it must be user:password as they are",
        "admin:hu⏎sh | has a line break in it; remove it",
        "admin:\u200bhush | has an invisible character (U+200B) in it; remove it",
        "'admin:hush' | is in quotes; leave them out, what reads it keeps them",
        "\"admin:hush\" | is in quotes; leave them out, what reads it keeps them",
        "$AUTH_STRING | holds the name of a variable, not its value; what sets it does not expand"
            + " variables",
      })
  void whatCannotBeUserAndPasswordIsTold(String text, String said) {
    assertTold(Map.of(AUTH, lines(text)), AUTH + " " + said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin:päss wörd", "admin:\"", "admin:$x'", ":p", "admin:", "a:b:c"})
  void aPasswordMayHaveAnyCharacterThatCanBeTyped(String text) throws Exception {
    assertEquals(
        text, Settings.from(with(Map.of(AUTH, text))).prefect().authString().get().reveal());
  }

  @Test
  void prefectCloudTakesNoAuthString() {
    assertTold(
        Map.of("PREFECT_API_URL", CLOUD, AUTH, "admin:hush"),
        "PREFECT_API_AUTH_STRING is for a self-hosted server; Prefect Cloud takes PREFECT_API_KEY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "hush",
        "X-Token: hush",
        "[]",
        "[{\"X\": \"hush\"}]",
        "{\"X\": null}",
        "{\"X\": {}}",
        "{\"X\": [\"hush\"]}",
        "{\"X\": [1, 2]}",
        "{\"X\": \"hush",
      })
  void whatIsNoObjectOfTextsIsTold(String text) {
    assertTold(
        Map.of(HEADERS, text),
        HEADERS + " is no JSON object of texts, such as {\"X-Token\": \"…\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length",
        "content-type",
        "CONTENT-ENCODING",
        "Transfer-Encoding",
        "Host",
        "Connection",
        "Keep-Alive",
        "Upgrade",
        "HTTP2-Settings",
        "TE",
        "Trailer",
        "Expect",
        "Accept",
        "accept-encoding",
        "Range",
        "If-None-Match",
        "Via",
        "Date",
        "user-agent",
        "Prefect-Csrf-Token",
        "prefect-csrf-client",
        "Proxy-Authorization",
        "X-PREFECT-API-VERSION",
      })
  void aHeaderOfTheJobsOwnIsRefusedWithTheList(String name) {
    assertTold(
        Map.of(HEADERS, "{\"%s\": \"hush\"}".formatted(name)),
        HEADERS
            + " names the header \"%s\", which is the job's own; so are Accept,".formatted(name)
            + " Accept-Encoding, Connection, Date, Expect, Host, HTTP2-Settings, Keep-Alive, Range,"
            + " TE, Trailer, Transfer-Encoding, Upgrade, User-Agent, Via, X-Prefect-Api-Version and"
            + " what begins with Content-, If-, Prefect-Csrf-, Proxy-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"X Token\": \"hush\"} | names the header \"X Token\", which is no header name",
        "{\"\": \"hush\"} | names the header \"\", which is no header name",
        "{\"X:\": \"hush\"} | names the header \"X:\", which is no header name",
        "{\"X\\n\": \"hush\"} | names the header \"X \", which is no header name",
        "{\"X-Tökén\": \"hush\"} | names the header \"X-Tökén\", which is no header name",
        "{\"X\": \"hu\\nsh\"} | gives X a value with characters that no header can have: it must be"
            + " ASCII, in one line",
        "{\"X\": \"hu\\u0000sh\"} | gives X a value with characters that no header can have: it"
            + " must be ASCII, in one line",
        "{\"X\": \"hush\\u007f\"} | gives X a value with characters that no header can have: it"
            + " must be ASCII, in one line",
        "{\"X\": \"hüsh\"} | gives X a value with characters that no header can have: it must be"
            + " ASCII, in one line",
        "{\"X\": \" \"} | gives X no value",
        "{\"X-A\": \"hush\", \"x-a\": \"hush\"} | names the header \"x-a\" twice",
        "'{\"X\": \"hush\"}' | is in quotes; leave them out, what reads it keeps them",
      })
  void whatCannotBeAHeaderIsTold(String text, String said) {
    assertTold(Map.of(HEADERS, text), HEADERS + " " + said);
  }

  @Test
  void headersMayStandOnSeveralLinesAndReplaceAuthorization() throws Exception {
    var settings =
        Settings.from(
            with(Map.of(HEADERS, "{\n\t\"Authorization\": \"Bearer a b\",\r\n\"X\": 1}")));
    assertEquals(2, settings.prefect().headers().size());
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "LOCALHOST, true",
    "127.0.0.1, true",
    "127.8.9.1, true",
    "[::1], true",
    "0.0.0.0, true",
    "10.1.2.3, true",
    "172.16.0.1, true",
    "172.32.0.1, false",
    "192.168.1.1, true",
    "169.254.1.1, true",
    "100.64.0.1, true",
    "100.128.0.1, false",
    "8.8.8.8, false",
    "[fe80::1], true",
    "[fd12::1], true",
    "[fc00::1], true",
    "[2001:db8::1], false",
    "[::ffff:10.0.0.1], true",
    "prefect, true",
    "prefect.local, true",
    "prefect.internal, true",
    "prefect.internal., true",
    "prefect.ns.svc, true",
    "prefect.ns.svc.cluster.local, true",
    "prefect.home.arpa, true",
    "prefect.lan, true",
    "internal.example, false",
    "prefect.example.org, false",
    "local.prefect.io, false",
    "1.2.3.4.5, false",
  })
  void aHostIsPrivateByItsName(String host, boolean isPrivate) {
    assertEquals(isPrivate, Plaintext.isPrivate(host));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "PREFECT_API_KEY | pnu_hush | PREFECT_API_KEY",
        "PREFECT_API_AUTH_STRING | a:hush | PREFECT_API_AUTH_STRING",
        "PREFECT_CLIENT_CUSTOM_HEADERS | {\"X-Team\": \"x\", \"X-Api-Token\": \"hush\"} | The"
            + " header X-Api-Token of PREFECT_CLIENT_CUSTOM_HEADERS",
      })
  void aSecretInPlaintextToAPublicHostIsAWarning(String name, String text, String what)
      throws Exception {
    assertEquals(
        Optional.of(
            what
                + " is sent in plaintext to prefect.example, which is no private host: set"
                + " PREFECT_API_URL to an https address"),
        warning("http://prefect.example/api", name, text));
    assertEquals(Optional.empty(), warning("https://prefect.example/api", name, text));
    assertEquals(Optional.empty(), warning("http://prefect.internal/api", name, text));
    assertEquals(Optional.empty(), warning("http://prefect.example/api", "PERIOD", "5m"));
  }

  private static Optional<String> warning(String url, String name, String text)
      throws Settings.Invalid {
    return Plaintext.warning(
        Settings.from(with(Map.of("PREFECT_API_URL", url, name, text))).prefect());
  }

  /** A table has no place for a line break. */
  private static String lines(String text) {
    return text.replace('⏎', '\n');
  }

  private static void assertTold(Map<String, String> more, String sentence) {
    var thrown = assertThrows(Settings.Invalid.class, () -> Settings.from(with(more)));
    assertEquals(List.of(sentence), thrown.problems());
    assertFalse(sentence.contains("hush"));
  }

  private static Map<String, String> with(Map<String, String> more) {
    var environment = new HashMap<>(Map.of("PREFECT_API_URL", "http://localhost:4200/api"));
    environment.putAll(more);
    return environment;
  }
}
