package io.github.prefectgcm.prefect.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/** Signs certificates of every kind that a server may have; keytool makes only some, and slowly. */
public final class Authority {
  /** In ASN.1: {@code ecdsa-with-SHA256}, and the extensions by their last number. */
  private static final byte[] ALGORITHM =
      sequence(der(0x06, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

  private static final int ALTERNATIVE_NAMES = 17;
  private static final int BASIC_CONSTRAINTS = 19;
  private static final int EXTENDED_USE = 37;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final KeyPair keys;
  private final X509Certificate certificate;

  private Authority(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /** What a certificate says besides. */
  record Terms(Instant from, Duration life, String host, boolean forServers) {
    private static final Duration YEAR = Duration.ofDays(365);

    static final Terms GOOD =
        new Terms(Instant.parse("2020-01-01T00:00:00Z"), YEAR.multipliedBy(80), "127.0.0.1", true);

    Terms expired() {
      return new Terms(from, YEAR, host, forServers);
    }

    Terms early() {
      return new Terms(from.plus(YEAR.multipliedBy(79)), YEAR, host, forServers);
    }

    Terms host(String name) {
      return new Terms(from, life, name, forServers);
    }

    Terms forClients() {
      return new Terms(from, life, host, false);
    }
  }

  public static Authority make(String name) throws GeneralSecurityException, IOException {
    KeyPair keys = pair();
    var itself = new X500Principal("CN=" + name);
    byte[] constraints = extension(BASIC_CONSTRAINTS, sequence(der(0x01, 0xff)));
    return new Authority(
        keys, sign(itself, keys, itself, keys, Terms.GOOD.from(), Terms.GOOD.life(), constraints));
  }

  X509Certificate certificate() {
    return certificate;
  }

  public String pem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  static String pem(String kind, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), kind);
  }

  byte[] privateKey() {
    return keys.getPrivate().getEncoded();
  }

  /** TLS of a server with a certificate of this authority. */
  SSLContext server(Terms terms) throws GeneralSecurityException, IOException {
    KeyPair own = pair();
    int use = terms.forServers() ? 1 : 2;
    byte[] extensions =
        concat(
            extension(ALTERNATIVE_NAMES, sequence(name(terms.host()))),
            extension(
                EXTENDED_USE, sequence(der(0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, use))));
    X509Certificate leaf =
        sign(
            certificate.getSubjectX500Principal(),
            keys,
            new X500Principal("CN=server"),
            own,
            terms.from(),
            terms.life(),
            extensions);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", own.getPrivate(), new char[0], new Certificate[] {leaf, certificate});
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static KeyPair pair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509Certificate sign(
      X500Principal issuer,
      KeyPair issuerKeys,
      X500Principal subject,
      KeyPair keys,
      Instant from,
      Duration life,
      byte[] extensions)
      throws GeneralSecurityException, IOException {
    byte[] body =
        sequence(
            tagged(0xa0, der(0x02, 2)),
            tagged(0x02, BigInteger.valueOf(System.nanoTime()).toByteArray()),
            ALGORITHM,
            issuer.getEncoded(),
            sequence(time(from), time(from.plus(life))),
            subject.getEncoded(),
            keys.getPublic().getEncoded(),
            tagged(0xa3, sequence(extensions)));
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuerKeys.getPrivate());
    signature.update(body);
    byte[] signed =
        sequence(body, ALGORITHM, tagged(0x03, concat(new byte[] {0}, signature.sign())));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(signed));
  }

  private static byte[] name(String host) throws IOException {
    return Character.isDigit(host.charAt(0))
        ? tagged(0x87, InetAddress.ofLiteral(host).getAddress())
        : tagged(0x82, host.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] extension(int number, byte[] value) {
    return sequence(der(0x06, 0x55, 0x1d, number), tagged(0x04, value));
  }

  private static byte[] time(Instant time) {
    return tagged(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, concat(parts));
  }

  private static byte[] der(int tag, int... content) {
    var bytes = new byte[content.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return tagged(tag, bytes);
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 128) {
      out.write(content.length);
    } else {
      out.write(content.length < 256 ? 0x81 : 0x82);
      if (content.length >= 256) {
        out.write(content.length >> 8);
      }
      out.write(content.length & 0xff);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
