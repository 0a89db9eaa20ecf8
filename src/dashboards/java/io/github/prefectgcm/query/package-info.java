/**
 * Queries of dashboards, read back from their files: whether they ask for what is written, and what
 * they answer over stored points.
 */
package io.github.prefectgcm.query;
