package io.github.prefectgcm.config;

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
        "*                       | http://10.0.0.1/api       | true",
        "other, *                | http://host/api           | true",
        "host                    | http://host/api           | true",
        "HOST                    | http://Host/api           | true",
        "host                    | http://ghost/api          | false",
        "host.                   | http://host/api           | true",
        "host                    | http://host./api          | true",
        "example.org             | http://a.example.org/api  | true",
        "example.org             | http://example.org/api    | true",
        "example.org.            | http://a.example.org/api  | true",
        ".example.org            | http://a.example.org/api  | true",
        ".example.org            | http://example.org/api    | true",
        ".Example.ORG            | http://A.example.org./api | true",
        "*.example.org           | http://a.b.example.org/   | true",
        "example.org             | http://badexample.org/    | false",
        "a.example.org           | http://example.org/       | false",
        "org                     | http://example.org/       | true",
        "one, two ,host          | http://host/api           | true",
        "one two host            | http://host/api           | true",
        ",, ,                    | http://host/api           | false",
        ".                       | http://host/api           | false",
        "host:4200               | http://host:4200/api      | true",
        "host:4200               | http://host:4300/api      | false",
        "host:80                 | http://host/api           | true",
        "host:443                | https://host/api          | true",
        "host:443                | HTTPS://host/api          | true",
        "host:443                | http://host/api           | false",
        // Addresses are not names: what they end in means nothing.
        "10.0.0.1                | http://10.0.0.1:4200/api  | true",
        "10.0.0.1:4200           | http://10.0.0.1:4200/api  | true",
        "10.0.0.1                | http://110.0.0.1:4200/api | false",
        "0.0.1                   | http://10.0.0.1/api       | false",
        "1                       | http://10.0.0.1/api       | false",
        ".0.0.1                  | http://10.0.0.1/api       | false",
        // Networks, of addresses alone: no name is looked up.
        "10.0.0.0/8              | http://10.255.0.1/api     | true",
        "10.0.0.0/8              | http://11.0.0.1/api       | false",
        "192.168.4.0/22          | http://192.168.7.255/api  | true",
        "192.168.4.0/22          | http://192.168.8.0/api    | false",
        "10.1.2.3/32             | http://10.1.2.3/api       | true",
        "10.1.2.3/32             | http://10.1.2.2/api       | false",
        "0.0.0.0/0               | http://8.8.8.8/api        | true",
        "10.0.0.0/33             | http://10.0.0.1/api       | false",
        "10.0.0.0/x              | http://10.0.0.0/api       | false",
        "10.0.0.0/-1             | http://10.0.0.0/api       | false",
        "10.0.0.0/8              | http://localhost/api      | false",
        "10.0.0.0/8              | http://[::a00:1]/api      | false",
        "::1                     | http://[::1]:4200/api     | true",
        "0:0:0:0:0:0:0:1         | http://[::1]:4200/api     | true",
        "[::1]                   | http://[::1]:4200/api     | true",
        "[::1]:4200              | http://[::1]:4200/api     | true",
        "[::1]:4201              | http://[::1]:4200/api     | false",
        "fd00::/8                | http://[fd12:3::1]/api    | true",
        "fd00::/8                | http://[fe80::1]/api      | false",
        "2001:DB8::/32           | http://[2001:db8:1::1]/   | true",
        "fe80::/10               | http://[fe80::1%25eth0]/  | true",
      })
  void hostsAreRecognisedAsCurlDoes(String list, URI uri, boolean matches) {
    assertEquals(matches, new NoProxy(list).matches(uri));
  }
}
