/** Workspaces to show to the job: random ones beside their truth, and a typical one. */
package io.github.prefectgcm.workspace;
