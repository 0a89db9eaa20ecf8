/** Commands that only look, or that change descriptors: no points are written here. */
package io.github.prefectgcm.check;
