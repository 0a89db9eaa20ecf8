package io.github.prefectgcm.embedded.monitoring;

/** Something that Cloud Monitoring may take without a word, and that a writer must never send. */
public record Violation(StoredSeries series, String text) {}
