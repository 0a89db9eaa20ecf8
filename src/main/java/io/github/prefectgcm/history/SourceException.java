package io.github.prefectgcm.history;

/**
 * The source could not be read. The message is one sentence for the operator: it names the setting
 * to look at and the next step, and holds no secret.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1;

  private enum Kind {
    PASSING,
    LATE,
    LASTING,
    DENIED
  }

  private final String sentence;
  private final String trouble;
  private final Kind kind;

  private SourceException(String trouble, String message, Kind kind) {
    super(message);
    this.sentence = message;
    this.trouble = trouble;
    this.kind = kind;
  }

  /** A later execution may succeed. */
  public static SourceException passing(String message) {
    return passing(message, message);
  }

  /** The same, where the message also says what was under way when the trouble came. */
  public static SourceException passing(String trouble, String message) {
    return new SourceException(trouble, message, Kind.PASSING);
  }

  /** No time was left; a later execution goes on. */
  public static SourceException late(String message) {
    return new SourceException(message, message, Kind.LATE);
  }

  /** It will not get better by itself. */
  public static SourceException lasting(String message) {
    return lasting(message, message);
  }

  /** The same, where the message also says what was under way when the trouble came. */
  public static SourceException lasting(String trouble, String message) {
    return new SourceException(trouble, message, Kind.LASTING);
  }

  /** The source itself does not allow this; that will not get better by itself. */
  public static SourceException denied(String trouble, String message) {
    return new SourceException(trouble, message, Kind.DENIED);
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
    return kind == Kind.LASTING || kind == Kind.DENIED;
  }

  /** Whether it is the source that answers, and does not allow this. */
  public boolean isDenied() {
    return kind == Kind.DENIED;
  }

  /** Whether only time was short; after another trouble that is a mere consequence. */
  public boolean isLate() {
    return kind == Kind.LATE;
  }
}
