package io.github.prefectgcm.demo;

import java.time.Duration;

/**
 * A deployment and how its runs usually go.
 *
 * @param every time between scheduled runs
 * @param at time of day of the first
 * @param typical median run time
 * @param spread standard deviation of the run time's logarithm
 * @param trouble share of runs that fail
 */
record SimulatedDeployment(
    String flow,
    String name,
    SimulatedPool pool,
    Duration every,
    Duration at,
    Duration typical,
    double spread,
    double trouble) {}
