/**
 * The alert policies in {@code terraform/alerts}: that they are what Cloud Monitoring takes, ask
 * for what the job writes, and fire when they should and at no other time.
 */
package io.github.prefectgcm.alert;
