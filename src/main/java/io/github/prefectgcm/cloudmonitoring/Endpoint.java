package io.github.prefectgcm.cloudmonitoring;

/**
 * The server that takes the calls.
 *
 * @param address {@code host:port}
 * @param emulated whether it is none of Google's: in plaintext, and without credentials
 * @param advice what to check if it cannot be reached
 */
public record Endpoint(String address, boolean emulated, String advice) {
  private static final String NETWORK = "the network's egress and name resolution";

  /** Where Cloud Monitoring is unless somebody says otherwise. */
  public static final Endpoint PUBLIC =
      new Endpoint("monitoring.googleapis.com:443", false, NETWORK);

  /** Cloud Monitoring at another address, such as one of Private Service Connect. */
  public static Endpoint at(String address) {
    return new Endpoint(address, false, "MONITORING_ENDPOINT, " + NETWORK);
  }

  public static Endpoint emulator(String address) {
    return new Endpoint(address, true, "MONITORING_EMULATOR_HOST");
  }
}
