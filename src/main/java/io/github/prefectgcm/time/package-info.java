/** Time as it passes. Knows nothing else of the job. */
package io.github.prefectgcm.time;
