package io.github.prefectgcm.embedded.prefect;

import java.util.function.Predicate;

/**
 * Which runs a query asks for.
 *
 * @param endTime and {@code expected}: also part of {@code matches}; told apart to narrow the
 *     search
 * @param open whether only types that are not final can match
 */
record RunFilter(Range endTime, Range expected, boolean open, Predicate<RunRow> matches) {}
