package io.github.prefectgcm.history;

/**
 * One row of Prefect's run history: the runs expected in a span of time that are now in one state.
 *
 * @param stateName as Prefect shows it, free text
 * @param typeName the name that Prefect gives to a state of this type unless told otherwise
 * @param finished whether the state's type is final
 * @param estimatedRunTime seconds, summed over the runs; negative where a clock went backwards
 */
public record StateCount(
    String stateName, String typeName, boolean finished, long count, double estimatedRunTime) {}
