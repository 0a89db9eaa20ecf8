package io.github.prefectgcm.metric;

/**
 * The store could not be read or written. The message is one sentence for the operator: it names
 * the setting, role or API to look at, and holds no secret. What was sent before may or may not
 * have been applied.
 */
public final class StoreException extends Exception {
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

  private StoreException(String trouble, String message, Kind kind) {
    super(message);
    this.sentence = message;
    this.trouble = trouble;
    this.kind = kind;
  }

  /** A later execution may succeed. */
  public static StoreException passing(String message) {
    return passing(message, message);
  }

  /** The same, where the message also says what was under way when the trouble came. */
  public static StoreException passing(String trouble, String message) {
    return new StoreException(trouble, message, Kind.PASSING);
  }

  /** No time was left; a later execution goes on. */
  public static StoreException late(String message) {
    return new StoreException(message, message, Kind.LATE);
  }

  /** It will not get better by itself. */
  public static StoreException lasting(String message) {
    return lasting(message, message);
  }

  /** The same, where the message also says what was under way when the trouble came. */
  public static StoreException lasting(String trouble, String message) {
    return new StoreException(trouble, message, Kind.LASTING);
  }

  /** It answers, but does not allow this; that will not get better by itself. */
  public static StoreException denied(String trouble, String message) {
    return new StoreException(trouble, message, Kind.DENIED);
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

  /** Whether it answers, but does not allow this. */
  public boolean isDenied() {
    return kind == Kind.DENIED;
  }

  /** Whether only time was short; after another trouble that is a mere consequence. */
  public boolean isLate() {
    return kind == Kind.LATE;
  }
}
