package io.github.prefectgcm.metric;

/** A label key of a metric, with the description that people read in the metric explorer. */
public record Label(String key, String description) {}
