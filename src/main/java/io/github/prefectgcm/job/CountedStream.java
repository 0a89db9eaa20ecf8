package io.github.prefectgcm.job;

import io.github.prefectgcm.catalog.RunStream;
import io.github.prefectgcm.history.Occurrence;
import java.time.Duration;

/**
 * A stream and how it is read.
 *
 * @param settle a window is closed once this much time has passed since its end
 * @param collector the name under which its success is told
 * @param companion what else becomes of its rows
 * @param <R> what is counted
 */
record CountedStream<R extends Occurrence>(
    RunStream<R> stream,
    Duration settle,
    String collector,
    StreamReader<R> reader,
    Companion<R> companion) {}
