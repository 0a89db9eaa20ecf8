package io.github.prefectgcm.history;

/**
 * The source could not be read. The message is one sentence for the operator: it names the setting
 * to look at and the next step, and holds no secret.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1;

  private final String sentence;
  private final String trouble;
  private final boolean lasting;
  private final boolean late;

  private SourceException(String trouble, String message, boolean lasting, boolean late) {
    super(message);
    this.sentence = message;
    this.trouble = trouble;
    this.lasting = lasting;
    this.late = late;
  }

  /** A later execution may succeed. */
  public static SourceException passing(String message) {
    return passing(message, message);
  }

  /** The same, where the message also says what was under way when the trouble came. */
  public static SourceException passing(String trouble, String message) {
    return new SourceException(trouble, message, false, false);
  }

  /** No time was left; a later execution goes on. */
  public static SourceException late(String message) {
    return new SourceException(message, message, false, true);
  }

  /** It will not get better by itself. */
  public static SourceException lasting(String message) {
    return lasting(message, message);
  }

  /** The same, where the message also says what was under way when the trouble came. */
  public static SourceException lasting(String trouble, String message) {
    return new SourceException(trouble, message, true, false);
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  /** What is wrong, whatever was asked: the same for all calls that fail for the same cause. */
  public String trouble() {
    return trouble;
  }

  public boolean isLasting() {
    return lasting;
  }

  /** Whether only time was short; after another trouble that is a mere consequence. */
  public boolean isLate() {
    return late;
  }
}
