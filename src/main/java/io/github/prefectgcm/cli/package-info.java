/**
 * What a person types and sees: commands, help, log lines, tables, exit codes.
 *
 * <p>Knows nothing of Prefect or Google.
 */
package io.github.prefectgcm.cli;
