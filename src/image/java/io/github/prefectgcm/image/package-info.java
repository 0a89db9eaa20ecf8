/**
 * What the container image is made and tried with: a production-like execution of the job as a
 * process, whatever that process is.
 */
package io.github.prefectgcm.image;
