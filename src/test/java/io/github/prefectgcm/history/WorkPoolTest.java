package io.github.prefectgcm.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkPoolTest {

  @ParameterizedTest
  @CsvSource({
    "process, true",
    "kubernetes, true",
    "docker, true",
    "'', true",
    "push, true",
    "cloud-run:push, false",
    "Cloud-Run:PUSH, false",
    "prefect:managed, false",
    "prefect-agent, false",
    "Prefect-Agent, false",
  })
  void workersPollAllButPushManagedAndAgentPools(String type, boolean hasWorkers) {
    assertEquals(hasWorkers, new WorkPool("pool", type, Optional.of(true), false).hasWorkers());
  }
}
