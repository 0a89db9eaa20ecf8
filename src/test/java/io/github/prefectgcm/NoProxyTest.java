package io.github.prefectgcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | http://host/api           | false",
        "*                       | http://host/api           | true",
        "host                    | http://host/api           | true",
        "HOST                    | http://Host/api           | true",
        "host                    | http://ghost/api          | false",
        "example.org             | http://a.example.org/api  | true",
        "example.org             | http://example.org/api    | true",
        ".example.org            | http://a.example.org/api  | true",
        ".example.org            | http://example.org/api    | true",
        "*.example.org           | http://a.b.example.org/   | true",
        "example.org             | http://badexample.org/    | false",
        "a.example.org           | http://example.org/       | false",
        "one, two ,host          | http://host/api           | true",
        ",, ,                    | http://host/api           | false",
        "host:4200               | http://host:4200/api      | true",
        "host:4200               | http://host:4300/api      | false",
        "host:80                 | http://host/api           | true",
        "host:443                | https://host/api          | true",
        "host:443                | HTTPS://host/api          | true",
        "host:443                | http://host/api           | false",
        "10.0.0.1                | http://10.0.0.1:4200/api  | true",
        "10.0.0.1                | http://110.0.0.1:4200/api | false",
        "::1                     | http://[::1]:4200/api     | true",
        "[::1]                   | http://[::1]:4200/api     | true",
        "[::1]:4200              | http://[::1]:4200/api     | true",
        "[::1]:4201              | http://[::1]:4200/api     | false",
      })
  void hostsDomainsAndPortsAreRecognised(String list, URI url, boolean matches) {
    assertEquals(matches, NoProxy.matches(list, url));
  }
}
