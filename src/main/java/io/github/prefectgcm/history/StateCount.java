package io.github.prefectgcm.history;

/**
 * One row of Prefect's run history: the runs expected in a span of time that are now in one state.
 *
 * @param stateName as Prefect shows it, free text
 * @param finished whether the state's type is final
 * @param estimatedRunTime seconds, summed over the runs
 */
public record StateCount(String stateName, boolean finished, long count, double estimatedRunTime) {}
