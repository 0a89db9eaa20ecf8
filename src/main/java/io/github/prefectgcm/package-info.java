/** The job: settings, one execution on one screen, exit codes. */
package io.github.prefectgcm;
