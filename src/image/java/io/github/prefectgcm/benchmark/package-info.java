/** What an execution takes as a process, beside a client that makes the same calls bare. */
package io.github.prefectgcm.benchmark;
