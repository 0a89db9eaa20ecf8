package io.github.prefectgcm.cli;

import java.io.IOException;
import java.io.OutputStream;

/** A disk that is full, or a pipe that nobody reads. */
final class FullDisk extends OutputStream {
  private int room;

  FullDisk() {
    this(0);
  }

  /**
   * @param room bytes until it is full
   */
  FullDisk(int room) {
    this.room = room;
  }

  @Override
  public void write(int character) throws IOException {
    if (room == 0) {
      throw new IOException("No space left on device");
    }
    room--;
  }
}
