package io.github.prefectgcm.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and a certificate for servers on this machine, made new with the JDK's keytool. */
public final class Identity {
  private static final String NAME = "server";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final KeyStore keys;
  private final Path trustStore;

  private Identity(KeyStore keys, Path trustStore) {
    this.keys = keys;
    this.trustStore = trustStore;
  }

  /**
   * For {@code 127.0.0.1} and some names.
   *
   * @param folder where its files go
   */
  public static Identity make(Path folder, String... names)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve("keys.p12");
    keytool(file, "san=ip:127.0.0.1,dns:" + String.join(",dns:", names));
    var keys = KeyStore.getInstance(file.toFile(), PASSWORD);
    Path trustStore = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(trustStore)) {
      trusting(keys).store(out, null);
    }
    return new Identity(keys, trustStore);
  }

  /**
   * For {@code -Djavax.net.ssl.trustStore}: this certificate and all that a JVM trusts anyway, so
   * that loading it is the work that it always is.
   */
  public Path trustStore() {
    return trustStore;
  }

  public SSLContext context() throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(managers().getKeyManagers(), null, null);
    return context;
  }

  public KeyManagerFactory managers() throws GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    return managers;
  }

  private static KeyStore trusting(KeyStore keys) throws IOException, GeneralSecurityException {
    Path known = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    var from = KeyStore.getInstance(known.toFile(), PASSWORD);
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (String alias : Collections.list(from.aliases())) {
      trusted.setCertificateEntry(alias, from.getCertificate(alias));
    }
    trusted.setCertificateEntry(NAME, keys.getCertificate(NAME));
    return trusted;
  }

  private static void keytool(Path file, String names) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-J-XX:-UsePerfData", // its traces in the temporary directory would stay in an image
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + NAME,
            "-ext",
            names,
            "-alias",
            NAME,
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed");
    }
  }
}
