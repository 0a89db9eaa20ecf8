package io.github.prefectgcm.metric;

/**
 * The store could not be read or written. The message is one sentence for the operator: it names
 * the setting, role or API to look at, and holds no secret. What was sent before may or may not
 * have been applied.
 */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean lasting;

  private StoreException(String message, boolean lasting) {
    super(message);
    this.lasting = lasting;
  }

  /** A later execution may succeed. */
  public static StoreException passing(String message) {
    return new StoreException(message, false);
  }

  /** It will not get better by itself. */
  public static StoreException lasting(String message) {
    return new StoreException(message, true);
  }

  public boolean isLasting() {
    return lasting;
  }
}
