package io.github.prefectgcm.prefect.http;

import java.io.IOException;

/** A connection broke after the server had asked for a certificate, and was given none. */
final class CertificateWanted extends IOException {
  private static final long serialVersionUID = 1;

  private final IOException broken;

  CertificateWanted(IOException broken) {
    super(broken);
    this.broken = broken;
  }

  IOException broken() {
    return broken;
  }
}
