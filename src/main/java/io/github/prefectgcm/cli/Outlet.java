package io.github.prefectgcm.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Standard output or standard error: takes the status line away before anything is printed, and
 * knows whether all of it arrived, which a {@link PrintStream} alone keeps to itself.
 */
public final class Outlet extends OutputStream {
  private final OutputStream to;
  private final StatusLine status;
  private volatile Optional<String> fault = Optional.empty();

  public Outlet(OutputStream to, StatusLine status) {
    this.to = to;
    this.status = status;
  }

  /** Containers often have no locale, and Java would print names in ASCII then. */
  public PrintStream printer() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  /** Why something that was printed did not arrive, if so: a sentence. */
  public Optional<String> fault() {
    return fault;
  }

  @Override
  public void write(int character) throws IOException {
    write(new byte[] {(byte) character}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    status.erase();
    try {
      to.write(bytes, from, length);
    } catch (IOException e) {
      fault =
          Optional.of(
              "standard output cannot be written to ("
                  + e.getMessage()
                  + "): not all of it arrived");
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }
}
