package io.github.prefectgcm.ledger;

import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.Value;

/**
 * What a window adds to a cumulative series.
 *
 * @param since what was added after the point that the ledger shows for the series, or in the whole
 *     window if it shows none or an older one
 */
public record Increment(Series series, Value since) {}
