package io.github.prefectgcm.catalog;

import static io.github.prefectgcm.catalog.Levels.flag;
import static io.github.prefectgcm.catalog.Levels.gauge;
import static io.github.prefectgcm.catalog.Levels.row;

import io.github.prefectgcm.metric.DoubleValue;
import io.github.prefectgcm.metric.ValueType;
import java.util.List;
import java.util.Map;

/** Levels of the Prefect server itself. */
final class ServerMetrics {
  static final List<Level> LEVELS =
      List.of(
          new Level(
              gauge(
                  "server/healthy",
                  ValueType.INT64,
                  "1",
                  "Prefect healthy",
                  "1 if Prefect's health route says so; 0 if not, and also if Prefect cannot be"
                      + " reached."),
              seen -> seen.healthy().map(healthy -> Map.of(row(), flag(healthy)))),
          new Level(
              gauge(
                  "server/ready",
                  ValueType.INT64,
                  "1",
                  "Prefect ready",
                  "1 if Prefect can use its database, 0 if not, and also if Prefect cannot be"
                      + " reached. Not written for a server that does not say."),
              seen -> seen.ready().map(ready -> Map.of(row(), flag(ready)))),
          new Level(
              gauge(
                  "server/request_latency",
                  ValueType.DOUBLE,
                  "s",
                  "Prefect request latency",
                  "Median time that Prefect took to answer the requests of this execution. Not"
                      + " written if it answered none."),
              seen ->
                  seen.traffic()
                      .medianLatency()
                      .map(latency -> Map.of(row(), new DoubleValue(Counters.seconds(latency))))));

  private ServerMetrics() {}
}
