package io.github.prefectgcm.cloudmonitoring;

/** A call that was not answered with OK, retries included. */
final class FaultException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  FaultException(Fault fault) {
    super(fault.code() + ": " + fault.text());
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}
