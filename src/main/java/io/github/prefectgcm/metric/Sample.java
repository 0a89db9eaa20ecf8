package io.github.prefectgcm.metric;

/** A point and the series it belongs to. */
public record Sample(Series series, Point point) {}
