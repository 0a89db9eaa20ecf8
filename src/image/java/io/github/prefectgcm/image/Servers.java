package io.github.prefectgcm.image;

import io.github.prefectgcm.embedded.Identity;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.EmbeddedMetadataServer;
import io.github.prefectgcm.embedded.monitoring.StoredPoint;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.workspace.TypicalWorkspace;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All that an execution on Google Cloud talks to, on loopback: Prefect over TLS and with a key,
 * Cloud Monitoring over TLS, and the metadata server that has the token for it. Their clock stands
 * still until it is set; the job takes Prefect's for its own.
 */
public final class Servers implements AutoCloseable {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** Three windows; as far back as the first execution goes. */
  private static final Duration STEP = Duration.ofMinutes(15);

  /** A window is read once SETTLE has passed since its end. */
  private static final Duration LAG = Duration.ofSeconds(70);

  private static final int STEPS = 4;
  private static final String KEY = "pnu_embedded";
  private static final String TOKEN = "ya29.embedded";
  private static final String PROJECT = "embedded-project";

  private final Identity identity;
  private final EmbeddedPrefect prefect;
  private final EmbeddedCloudMonitoring cloud;
  private final EmbeddedMetadataServer metadata;
  private final Workspace workspace =
      TypicalWorkspace.between(NOON.minus(STEP), NOON.plus(STEP.multipliedBy(STEPS)));
  private volatile Predicate<String> isGood = TOKEN::equals;
  private volatile Instant now = NOON.plus(LAG);

  /** Keys and certificates go to a folder. */
  public Servers(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    identity = Identity.make(folder, "prefect.test", "monitoring.test");
    prefect = EmbeddedPrefect.of(workspace, () -> now).apiKey(KEY).tls(identity.context()).start();
    cloud = new EmbeddedCloudMonitoring(() -> now);
    metadata = new EmbeddedMetadataServer(PROJECT, TOKEN);
  }

  /** Settings of an execution, as on Cloud Run. */
  public Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    environment.put("PREFECT_API_URL", prefect.apiUrl().toString());
    environment.put("PREFECT_API_KEY", KEY);
    environment.put(
        "MONITORING_ENDPOINT", cloud.secureAddress(identity, token -> isGood.test(token)));
    environment.put("GCE_METADATA_HOST", metadata.address());
    environment.put("CLOUD_RUN_JOB", "prefect-gcm");
    return environment;
  }

  /** For {@code -Djavax.net.ssl.trustStore} of the execution. */
  public Path trustStore() {
    return identity.trustStore();
  }

  public EmbeddedMetadataServer metadata() {
    return metadata;
  }

  /**
   * Cloud Monitoring takes these tokens from now on, and no longer those of the metadata server.
   */
  public void accept(Predicate<String> tokens) {
    isGood = tokens;
  }

  /** Moves the clock on by three windows, four times at most. */
  public void advance() {
    now = now.plus(STEP);
  }

  /**
   * Checks that an execution has written what it had to.
   *
   * @throws IllegalStateException if something is missing or wrong
   */
  public String arrived() {
    Instant due = now.minus(LAG);
    List<Instant> marks =
        cloud.series("exporter/window_count").values().stream()
            .map(points -> points.getLast().end())
            .distinct()
            .toList();
    if (!marks.equals(List.of(due))) {
      throw new IllegalStateException("the watermarks are " + marks + " and not " + due);
    }
    long counted =
        cloud.series("flow_run/finished_count").values().stream()
            .mapToLong(points -> points.getLast().whole())
            .sum();
    var past = new Window(NOON.minus(STEP), due);
    long ended = workspace.finishedRuns(past, now, false).size();
    if (counted != ended) {
      throw new IllegalStateException(counted + " runs were counted, " + ended + " have ended");
    }
    if (!cloud.violations().isEmpty()) {
      throw new IllegalStateException(cloud.violations().toString());
    }
    Collection<List<StoredPoint>> series = cloud.series().values();
    return "%d runs counted, %d points in %d series"
        .formatted(counted, series.stream().mapToInt(List::size).sum(), series.size());
  }

  @Override
  public void close() {
    metadata.close();
    cloud.close();
    prefect.close();
  }
}
