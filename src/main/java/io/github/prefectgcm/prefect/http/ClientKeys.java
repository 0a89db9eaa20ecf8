package io.github.prefectgcm.prefect.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The certificates that the job can show to a server: none. What comes of that looks like any
 * broken connection, so this notes that a server asked for one.
 */
@SuppressWarnings("NullAway") // what is none is null by the JDK's contract
final class ClientKeys extends X509ExtendedKeyManager {
  private final AtomicBoolean asked = new AtomicBoolean();

  boolean wereAskedFor() {
    return asked.get();
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    asked.set(true);
    return null;
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return null;
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return null;
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return null;
  }
}
