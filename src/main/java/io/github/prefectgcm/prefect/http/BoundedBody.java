package io.github.prefectgcm.prefect.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Breaks off a body that never ends.
 *
 * <p>A full page is 200 rows with up to half a megabyte of parameters each; nothing of that is
 * kept.
 */
final class BoundedBody extends FilterInputStream {
  static final long MOST = 512L << 20;

  private long left = MOST;

  BoundedBody(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int read) throws IOException {
    left -= read;
    if (left < 0) {
      throw new IOException("more than " + (MOST >> 20) + " MiB in one answer");
    }
  }
}
