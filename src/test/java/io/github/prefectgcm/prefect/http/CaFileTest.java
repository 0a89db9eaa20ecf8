package io.github.prefectgcm.prefect.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.prefectgcm.history.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of authorities is read as OpenSSL reads it, and what it is instead is told. */
class CaFileTest {
  private static Authority one;
  private static Authority other;

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws Exception {
    one = Authority.make("one");
    other = Authority.make("other");
  }

  @Test
  void certificatesAreFoundAmongOtherThings() throws Exception {
    String text =
        String.join(
            "\n",
            "# ----- our authorities -----",
            "subject=CN = one",
            one.pem(),
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----",
            Authority.pem("PRIVATE KEY", one.privateKey()),
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n!!!!",
            "-----END RSA PRIVATE KEY-----",
            "-------------",
            other.pem(),
            "-----END CERTIFICATE-----",
            "bye");
    assertReads(text.getBytes(UTF_8), one, other);
    assertReads(text.replace("\n", "\r\n").getBytes(UTF_8), one, other);
    assertReads(("\ufeff" + one.pem()).getBytes(UTF_8), one);
    assertReads(("Für uns\n" + one.pem()).getBytes(ISO_8859_1), one);
    assertReads(one.pem().replaceAll("(?m)^|$", " ").getBytes(UTF_8), one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"})
  void aCertificateHasSeveralNames(String kind) throws Exception {
    assertReads(Authority.pem(kind, one.certificate().getEncoded()).getBytes(UTF_8), one);
  }

  /** Of a trusted certificate, what it is trusted for follows it. */
  @Test
  void whatFollowsATrustedCertificateMeansNothing() throws Exception {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(one.certificate().getEncoded());
    bytes.writeBytes(new byte[] {0x30, 0x03, 0x0c, 0x01, 'x'});
    assertReads(Authority.pem("TRUSTED CERTIFICATE", bytes.toByteArray()).getBytes(UTF_8), one);
  }

  @Test
  void whatIsNoneIsToldForWhatItIs() throws Exception {
    assertTold("is empty", "\n \r\n".getBytes(UTF_8));
    assertTold("is empty", new byte[0]);
    assertTold("is UTF-16 text: save it as ASCII or UTF-8", one.pem().getBytes(UTF_16));
    assertTold(
        "is a certificate in DER: `openssl x509 -inform der -out ca.pem` makes a PEM file of it",
        one.certificate().getEncoded());
    assertTold(
        "is binary, such as PKCS #12: it must be a PEM file, which is text", store("PKCS12"));
    assertTold(
        "is a Java key store: `keytool -exportcert -rfc` makes a PEM file of it", store("JKS"));
    assertTold(
        "holds no certificate, but private key, certificate request",
        (Authority.pem("PRIVATE KEY", one.privateKey())
                + Authority.pem("CERTIFICATE REQUEST", new byte[9]))
            .getBytes(UTF_8));
    assertTold(
        "holds no certificate: it must be a PEM file, with -----BEGIN CERTIFICATE-----",
        "no certificate".getBytes(UTF_8));
    assertTold(
        "has its certificate on one line: the lines of a PEM file end in line breaks",
        one.pem().replace("\n", "\\n").getBytes(UTF_8));
    assertTold(
        "has its certificate on one line: the lines of a PEM file end in line breaks",
        one.pem().replace("\n", " ").getBytes(UTF_8));
    assertTold(
        "is damaged: its certificate number 2 has no end",
        (one.pem() + other.pem().replaceFirst("-----END.*", "")).getBytes(UTF_8));
    assertTold(
        "is damaged: its certificate number 2 cannot be read",
        (one.pem() + other.pem().replaceFirst("\nM", "\n!")).getBytes(UTF_8));
    assertTold(
        "is damaged: its certificate number 1 cannot be read",
        Authority.pem("CERTIFICATE", "no certificate".getBytes(UTF_8)).getBytes(UTF_8));
  }

  @Test
  void whatIsNoFileIsTold() throws Exception {
    assertTold("is not there", folder.resolve("nowhere.pem"));
    assertTold("is a directory: it must be a file", folder);
    assertTold("is no regular file", Path.of("/dev/zero"));
  }

  private static byte[] store(String type) throws Exception {
    var store = KeyStore.getInstance(type);
    store.load(null, null);
    store.setCertificateEntry("one", one.certificate());
    var out = new ByteArrayOutputStream();
    store.store(out, "changeit".toCharArray());
    return out.toByteArray();
  }

  private void assertReads(byte[] bytes, Authority... expected) throws Exception {
    List<X509Certificate> certificates =
        List.of(expected).stream().map(Authority::certificate).toList();
    assertEquals(certificates, CaFile.read(file(bytes)).certificates());
  }

  private void assertTold(String why, byte[] bytes) throws IOException {
    assertTold(why, file(bytes));
  }

  private static void assertTold(String why, Path file) {
    var thrown = assertThrows(SourceException.class, () -> CaFile.read(file));
    assertEquals(
        "PREFECT_API_SSL_CERT_FILE names \"%s\", which %s".formatted(file, why),
        thrown.getMessage());
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("ca.pem"), bytes);
  }
}
