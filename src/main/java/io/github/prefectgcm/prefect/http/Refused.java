package io.github.prefectgcm.prefect.http;

/** The API said no; thrown where the caller may know a way out. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Response.Refusal<?> refusal;

  Refused(Response.Refusal<?> refusal) {
    super("refused", null, false, false);
    this.refusal = refusal;
  }

  public Response.Refusal<?> refusal() {
    return refusal;
  }
}
