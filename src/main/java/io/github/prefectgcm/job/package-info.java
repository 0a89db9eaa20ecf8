/** One execution: its order, its time, and what it says of itself. */
package io.github.prefectgcm.job;
