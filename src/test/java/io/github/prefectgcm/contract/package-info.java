/**
 * What must hold for any Prefect server, asked of the embedded one and of a real one through the
 * reader that the job uses.
 */
package io.github.prefectgcm.contract;
