package io.github.prefectgcm.dashboard;

import static io.github.prefectgcm.dashboard.Panel.areas;
import static io.github.prefectgcm.dashboard.Panel.bars;
import static io.github.prefectgcm.dashboard.Panel.card;
import static io.github.prefectgcm.dashboard.Panel.lines;
import static io.github.prefectgcm.dashboard.Section.section;
import static io.github.prefectgcm.dashboard.Standard.added;
import static io.github.prefectgcm.dashboard.Standard.highest;
import static io.github.prefectgcm.dashboard.Standard.latest;
import static io.github.prefectgcm.dashboard.Standard.lowest;

import java.util.List;

/** Whether work pools and workers take what is due. */
final class Infrastructure {
  static final Dashboard DASHBOARD =
      new Dashboard(
          "infrastructure",
          "Prefect: Infrastructure",
          "Whether work pools and workers take what is due. Runs that wait have one of four causes:"
              + " the pool is paused, it has no worker, a concurrency limit is reached, or the"
              + " infrastructure behind it does not come up. From top to bottom, this page tells"
              + " them apart.",
          List.of(Filter.WORKSPACE, Filter.WORK_POOL),
          List.of(
              section(
                  "Work pools",
                  "Can they take work?",
                  card(
                      "Ready",
                      "Work pools that can take work. Pools of which Prefect keeps no status, such"
                          + " as those of agents, are not counted.",
                      latest("work_pool/ready")),
                  card(
                      "Paused",
                      "Work pools that somebody paused. Their runs become late and start when the"
                          + " pool is resumed.",
                      latest("work_pool/paused"),
                      Limits.ANY),
                  card(
                      "Workers online",
                      "Workers that send heartbeats.",
                      latest("work_pool/worker_count").where("status", "online"),
                      Limits.NONE),
                  card(
                      "Workers stale",
                      "Prefect still calls them online, but three heartbeats did not come: they"
                          + " died, or are cut off. Restart them.",
                      latest("work_pool/worker_count").where("status", "stale"),
                      Limits.ANY),
                  lines(
                      "Ready by work pool",
                      "1: can take work. 0: paused, or nothing polls it.",
                      lowest("work_pool/ready").by("work_pool_name")),
                  lines(
                      "Paused by work pool",
                      "1: somebody paused it.",
                      highest("work_pool/paused").by("work_pool_name"))),
              section(
                  "Workers",
                  "Are they there?",
                  areas(
                          "Workers by status",
                          "Records of dead workers stay in Prefect as offline and mean nothing;"
                              + " online falling, or stale rising, does.",
                          latest("work_pool/worker_count").by("status"))
                      .wide(16),
                  lines(
                          "Workers online by work pool",
                          "A pool at 0 starts nothing.",
                          latest("work_pool/worker_count")
                              .where("status", "online")
                              .by("work_pool_name"))
                      .wide(16),
                  lines(
                          "Age of the last heartbeat by work pool",
                          "Time since any worker of the pool was heard. Above the line: all of them"
                              + " are gone, or cannot reach Prefect.",
                          highest("work_pool/last_heartbeat_age").by("work_pool_name"),
                          Limits.HEARTBEAT)
                      .wide(16)),
              section(
                  "What waits",
                  "Due, and not running",
                  areas(
                      "Backlog by work pool",
                      "Runs that are due, late, pending or waiting for a concurrency slot.",
                      latest("flow_run/current_count")
                          .where("state", "due", "late", "pending", "awaiting_concurrency_slot")
                          .by("work_pool_name")),
                  areas(
                      "Why runs are late",
                      "Should have started more than 15 s ago, by what holds them back: something"
                          + " paused, no worker, or no free slot. Falls in steps when workers are"
                          + " back.",
                      latest("flow_run/late_count").by("reason")),
                  lines(
                      "Longest wait by work pool",
                      "How overdue the most overdue late run is. A line that rises as fast as time"
                          + " passes is a pool in which nothing starts.",
                      highest("flow_run/oldest_late_age").by("work_pool_name"),
                      Limits.LATE),
                  lines(
                      "Longest pending by work pool",
                      "Handed to the infrastructure and not started: image pulls, quotas, nodes"
                          + " that do not come.",
                      highest("flow_run/oldest_age").where("state", "pending").by("work_pool_name"),
                      Limits.PENDING)),
              section(
                  "What runs",
                  "And what never did",
                  areas(
                          "Running by work pool",
                          "How busy each pool is. Flat at its concurrency limit with late runs"
                              + " beside: raise the limit.",
                          latest("flow_run/current_count")
                              .where("state", "running")
                              .by("work_pool_name"))
                      .wide(16),
                  lines(
                          "Longest running by work pool",
                          "A run that is far older than its flow's usual time hangs: look at it in"
                              + " Prefect and cancel it.",
                          highest("flow_run/oldest_age")
                              .where("state", "running")
                              .by("work_pool_name"),
                          Limits.RUNNING)
                      .wide(16),
                  bars(
                          "Never started by work pool",
                          "Runs that ended without having entered RUNNING. Several at once: the"
                              + " infrastructure did not come up.",
                          added("flow_run/never_started_count").by("work_pool_name"))
                      .wide(16))));

  private Infrastructure() {}
}
