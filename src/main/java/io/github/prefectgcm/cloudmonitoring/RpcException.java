package io.github.prefectgcm.cloudmonitoring;

/** A call that was not answered with OK, retries included. */
final class RpcException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient RpcFailure fault;

  RpcException(RpcFailure fault) {
    super(fault.code() + ": " + fault.text());
    this.fault = fault;
  }

  RpcFailure fault() {
    return fault;
  }
}
