/**
 * How metrics are declared in a store, and how that differs from what they should be; with the port
 * of the place where they are declared.
 *
 * <p>Knows nothing of protobuf or Prefect.
 */
package io.github.prefectgcm.descriptor;
