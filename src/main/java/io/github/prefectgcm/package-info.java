/** The process: it reads environment, streams and signals once, and ends with an exit code. */
package io.github.prefectgcm;
