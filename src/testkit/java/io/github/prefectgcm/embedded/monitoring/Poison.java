package io.github.prefectgcm.embedded.monitoring;

import com.google.monitoring.v3.TimeSeries;
import java.util.function.Predicate;

/** Refuses chosen series with a text of the test's. */
record Poison(Predicate<TimeSeries> series, String text) {}
