package io.github.prefectgcm.history;

/**
 * A deployment that exists now.
 *
 * @param id Prefect's id; for asking Prefect, never for a label
 */
public record Deployment(String id, Origin origin) {}
