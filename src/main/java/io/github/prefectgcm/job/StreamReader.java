package io.github.prefectgcm.job;

import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.Window;
import java.util.function.Consumer;

/** Hands over everything of a stream that happened in a window, each once, the last first. */
interface StreamReader<R> {
  void read(Window window, Consumer<R> each) throws SourceException;
}
