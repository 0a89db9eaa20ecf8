package io.github.prefectgcm.catalog;

import java.util.Locale;

/** Why a run is late, in the order in which reasons are looked for: the first that holds counts. */
enum LateReason {
  DEPLOYMENT_PAUSED,
  POOL_PAUSED,
  QUEUE_PAUSED,
  NO_WORKER,
  DEPLOYMENT_FULL,
  POOL_FULL,
  QUEUE_FULL,
  /** None of them, or what it would be seen by could not be read. */
  UNEXPLAINED;

  /** The name in lower case, as label values have it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
