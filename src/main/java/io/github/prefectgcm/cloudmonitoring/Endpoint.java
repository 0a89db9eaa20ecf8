package io.github.prefectgcm.cloudmonitoring;

import java.util.Optional;

/**
 * The server that takes the calls.
 *
 * @param address {@code host:port}
 * @param emulated whether it is none of Google's: in plaintext, and without credentials
 * @param advice what to check if it cannot be reached
 * @param proxy the variable that names the proxy on the way, if there is one
 */
public record Endpoint(String address, boolean emulated, String advice, Optional<String> proxy) {
  private static final String NETWORK = "the network's egress and name resolution";

  /** Where Cloud Monitoring is unless somebody says otherwise. */
  public static final Endpoint PUBLIC =
      new Endpoint("monitoring.googleapis.com:443", false, NETWORK, Optional.empty());

  /** Cloud Monitoring at another address, such as one of Private Service Connect. */
  public static Endpoint at(String address) {
    return new Endpoint(address, false, "MONITORING_ENDPOINT, " + NETWORK, Optional.empty());
  }

  public static Endpoint emulator(String address) {
    return new Endpoint(address, true, "MONITORING_EMULATOR_HOST", Optional.empty());
  }

  /** The same, behind the proxy that a variable names. */
  public Endpoint through(String variable) {
    return new Endpoint(
        address, emulated, variable + ", NO_PROXY, " + advice, Optional.of(variable));
  }
}
