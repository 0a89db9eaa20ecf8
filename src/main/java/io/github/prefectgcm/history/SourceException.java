package io.github.prefectgcm.history;

/**
 * The source could not be read. The message is one sentence for the operator: it names the setting
 * to look at and the next step, and holds no secret.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean lasting;

  private SourceException(String message, boolean lasting) {
    super(message);
    this.lasting = lasting;
  }

  /** A later execution may succeed. */
  public static SourceException passing(String message) {
    return new SourceException(message, false);
  }

  /** It will not get better by itself. */
  public static SourceException lasting(String message) {
    return new SourceException(message, true);
  }

  public boolean isLasting() {
    return lasting;
  }
}
