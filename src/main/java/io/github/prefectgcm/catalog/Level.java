package io.github.prefectgcm.catalog;

import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A gauge that is measured now and has no past.
 *
 * @param measure the value of each series by its label values; absent if what it is measured from
 *     could not be read
 */
record Level(Metric metric, Function<Snapshot, Optional<Map<List<String>, Value>>> measure)
    implements Entry {}
