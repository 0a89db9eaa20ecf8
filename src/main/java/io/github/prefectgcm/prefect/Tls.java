package io.github.prefectgcm.prefect;

import io.github.prefectgcm.history.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** Whom a connection trusts: the JVM's own certificates and those of the operator's file. */
final class Tls {
  private Tls() {}

  /** Nothing of TLS is loaded for a plain connection: that would be the bulk of its set-up. */
  static TlsSocketStrategy none() {
    return (socket, target, port, attachment, context) -> {
      throw new IOException("TLS on a plain connection");
    };
  }

  static TlsSocketStrategy trusting(Optional<Path> caFile) throws SourceException {
    // BUILTIN: the JDK compares the host name itself, in the handshake; no second look is needed.
    return new DefaultClientTlsStrategy(
        context(caFile), HostnameVerificationPolicy.BUILTIN, NoopHostnameVerifier.INSTANCE);
  }

  private static SSLContext context(Optional<Path> caFile) throws SourceException {
    try {
      if (caFile.isEmpty()) {
        return SSLContext.getDefault();
      }
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate extra : certificates(caFile.get())) {
        trusted.setCertificateEntry("extra-" + trusted.size(), extra);
      }
      for (var manager : trustOfTheJvm().getTrustManagers()) {
        if (manager instanceof X509TrustManager known) {
          for (Certificate own : known.getAcceptedIssuers()) {
            trusted.setCertificateEntry("jvm-" + trusted.size(), own);
          }
        }
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw SourceException.lasting(
          "TLS cannot be set up (%s): check the Java runtime's own certificates"
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static TrustManagerFactory trustOfTheJvm() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return factory;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws SourceException {
    byte[] pem;
    try {
      pem = Files.readAllBytes(file);
    } catch (IOException e) {
      throw SourceException.lasting(
          "PREFECT_API_SSL_CERT_FILE cannot be read: check that %s is there and readable"
              .formatted(file));
    }
    try {
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (!certificates.isEmpty()) {
        return certificates;
      }
    } catch (CertificateException e) {
      // Told below, like a file without any certificate.
    }
    throw SourceException.lasting(
        "PREFECT_API_SSL_CERT_FILE holds no certificate: %s must be a PEM file of certificates"
            .formatted(file));
  }
}
