package io.github.prefectgcm.prefect.http;

import io.github.prefectgcm.history.SourceException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/**
 * Whom a connection trusts: the JVM's own authorities and those of the operator's file.
 *
 * @param keys of no client; it notes whether a server asked for some
 */
record Tls(TlsSocketStrategy strategy, ClientKeys keys) {

  /** Nothing of TLS is loaded for a plain connection: that would be the bulk of its set-up. */
  static TlsSocketStrategy none() {
    return (socket, target, port, attachment, context) -> {
      throw new IOException("TLS on a plain connection");
    };
  }

  static Tls trusting(Optional<CaFile> caFile) throws SourceException {
    var keys = new ClientKeys();
    // BUILTIN: the JDK compares the host name itself, in the handshake; no second look is needed.
    var strategy =
        new DefaultClientTlsStrategy(
            context(caFile, keys),
            HostnameVerificationPolicy.BUILTIN,
            NoopHostnameVerifier.INSTANCE);
    return new Tls(strategy, keys);
  }

  private static SSLContext context(Optional<CaFile> caFile, ClientKeys keys)
      throws SourceException {
    try {
      var context = SSLContext.getInstance("TLS");
      TrustManagerFactory trusted =
          caFile.isEmpty() ? trust(Optional.empty()) : trust(Optional.of(store(caFile.get())));
      context.init(new KeyManager[] {keys}, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw SourceException.lasting(
          "TLS cannot be set up (%s): check the Java runtime's own certificates"
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static KeyStore store(CaFile caFile) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate extra : caFile.certificates()) {
      store.setCertificateEntry("extra-" + store.size(), extra);
    }
    for (TrustManager manager : trust(Optional.empty()).getTrustManagers()) {
      if (manager instanceof X509TrustManager known) {
        for (Certificate own : known.getAcceptedIssuers()) {
          store.setCertificateEntry("jvm-" + store.size(), own);
        }
      }
    }
    return store;
  }

  /** In what a store holds; without one, in what the JVM trusts. */
  private static TrustManagerFactory trust(Optional<KeyStore> store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store.orElse(null));
    return factory;
  }
}
