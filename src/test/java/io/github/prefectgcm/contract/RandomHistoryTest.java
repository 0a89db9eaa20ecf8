package io.github.prefectgcm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Undetailed;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.rest.PrefectSource;
import io.github.prefectgcm.time.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happened, and however small the pages: a window comes whole. */
class RandomHistoryTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"1, 300, 1", "2, 1000, 3", "3, 5000, 7", "4, 20000, 200"})
  void aWindowComesWhole(long seed, int runs, int limit) throws Exception {
    Workspace workspace = Workspace.random(seed, runs, NOON.minus(Duration.ofHours(2)), NOON);
    var window = new Window(NOON.minus(Duration.ofHours(1)), NOON.minus(Duration.ofMinutes(10)));
    var setup = EmbeddedPrefect.of(workspace, InstantSource.fixed(NOON)).limit(limit);
    try (var prefect = setup.start()) {
      for (boolean subflows : new boolean[] {false, true}) {
        var read = new ArrayList<FinishedRun>();
        try (var source = open(prefect.apiUrl(), subflows)) {
          source.finishedRuns(window, read::add);
        }
        var truth = workspace.finishedRuns(window, NOON, subflows);
        assertTrue(truth.size() > runs / 4, truth.size() + " runs");
        assertEquals(counted(truth), counted(read));
      }
    }
  }

  private static PrefectSource open(URI apiUrl, boolean subflows) {
    var connection =
        new Connection(
            apiUrl,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            subflows);
    return PrefectSource.open(connection, Time.real(() -> NOON), () -> Duration.ofSeconds(60));
  }

  private static Map<FinishedRun, Long> counted(Collection<FinishedRun> runs) {
    return runs.stream()
        .map(Undetailed::run)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
