/**
 * The four dashboards: what they show, once, and how it is written down for Cloud Monitoring and
 * for Grafana.
 */
package io.github.prefectgcm.dashboard;
