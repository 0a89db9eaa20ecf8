package io.github.prefectgcm.prefect.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificates of a PEM file, as OpenSSL finds them: text around the blocks means nothing, and
 * neither do blocks of another kind. A block that is damaged spoils the file.
 */
final class Pem {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");
  private static final Set<String> CERTIFICATES =
      Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

  private final byte[] bytes;
  private final List<String> lines;
  private final List<X509Certificate> certificates = new ArrayList<>();
  private final Set<String> others = new LinkedHashSet<>();

  private Pem(byte[] bytes) {
    this.bytes = bytes;
    // A byte order mark is three characters here.
    this.lines =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replaceFirst("^\u00ef\u00bb\u00bf", "")
            .lines()
            .map(String::strip)
            .toList();
  }

  /**
   * Reads them all, at least one.
   *
   * @throws CertificateException with what is wrong with the file, as the rest of a sentence
   */
  static List<X509Certificate> certificates(byte[] file) throws CertificateException {
    var pem = new Pem(file);
    pem.read();
    if (pem.certificates.isEmpty()) {
      throw new CertificateException(pem.whyNone());
    }
    return List.copyOf(pem.certificates);
  }

  private void read() throws CertificateException {
    for (int i = 0; i < lines.size(); i++) {
      Matcher begin = BEGIN.matcher(lines.get(i));
      if (!begin.matches()) {
        continue;
      }
      int end = lines.subList(i, lines.size()).indexOf("-----END " + begin.group(1) + "-----");
      if (!CERTIFICATES.contains(begin.group(1))) {
        others.add(begin.group(1).toLowerCase(Locale.ROOT));
      } else if (end < 0) {
        throw damaged("has no end");
      } else {
        certificates.add(certificate(String.join("", lines.subList(i + 1, i + end))));
      }
    }
  }

  private X509Certificate certificate(String base64) throws CertificateException {
    try {
      // What a trusted certificate has besides comes after it, and is left unread.
      return certificate(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
    } catch (CertificateException | IllegalArgumentException e) {
      throw damaged("cannot be read");
    }
  }

  private CertificateException damaged(String how) {
    return new CertificateException(
        "is damaged: its certificate number %d %s".formatted(certificates.size() + 1, how));
  }

  private static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private String whyNone() {
    if (lines.stream().allMatch(String::isEmpty)) {
      return "is empty";
    }
    if (begins(0xff, 0xfe) || begins(0xfe, 0xff)) {
      return "is UTF-16 text: save it as ASCII or UTF-8";
    }
    if (begins(0xfe, 0xed, 0xfe, 0xed)) {
      return "is a Java key store: `keytool -exportcert -rfc` makes a PEM file of it";
    }
    if (begins(0x30)) {
      return binary();
    }
    if (!others.isEmpty()) {
      return "holds no certificate, but %s".formatted(String.join(", ", others));
    }
    return lines.stream().anyMatch(line -> line.contains("-----BEGIN CERTIFICATE-----"))
        ? "has its certificate on one line: the lines of a PEM file end in line breaks"
        : "holds no certificate: it must be a PEM file, with -----BEGIN CERTIFICATE-----";
  }

  private boolean begins(int... with) {
    for (int i = 0; i < with.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != with[i]) {
        return false;
      }
    }
    return true;
  }

  private String binary() {
    Optional<X509Certificate> der;
    try {
      der = Optional.of(certificate(bytes));
    } catch (CertificateException e) {
      der = Optional.empty();
    }
    return der.isPresent()
        ? "is a certificate in DER: `openssl x509 -inform der -out ca.pem` makes a PEM file of it"
        : "is binary, such as PKCS #12: it must be a PEM file, which is text";
  }
}
