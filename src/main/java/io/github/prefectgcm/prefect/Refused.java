package io.github.prefectgcm.prefect;

/** The API said no; thrown where the caller may know a way out. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Reply.Refusal<?> refusal;

  Refused(Reply.Refusal<?> refusal) {
    super("refused", null, false, false);
    this.refusal = refusal;
  }

  Reply.Refusal<?> refusal() {
    return refusal;
  }
}
