package io.github.prefectgcm.benchmark;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.protobuf.Message;
import io.github.prefectgcm.embedded.Identity;
import io.github.prefectgcm.embedded.monitoring.EmbeddedCloudMonitoring;
import io.github.prefectgcm.embedded.monitoring.EmbeddedMetadataServer;
import io.github.prefectgcm.embedded.prefect.EmbeddedPrefect;
import io.github.prefectgcm.embedded.prefect.Workspace;
import io.github.prefectgcm.workspace.TypicalWorkspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One and the same workspace in plaintext and behind TLS, and a Cloud Monitoring for every
 * execution, which holds what the execution before has written.
 */
final class BenchmarkSite implements AutoCloseable {
  private static final Instant BEFORE = Instant.parse("2026-03-01T12:01:10Z");
  private static final Instant NOW = BEFORE.plus(Duration.ofMinutes(15));
  private static final String KEY = "pnu_benchmark";
  private static final String TOKEN = "ya29.benchmark";

  private final Identity identity;
  private final EmbeddedMetadataServer metadata;
  private final EmbeddedPrefect plain;
  private final EmbeddedPrefect secure;
  private volatile Instant now = BEFORE;
  private List<Message> past = List.of();

  BenchmarkSite(Path folder) throws Exception {
    Workspace workspace = TypicalWorkspace.between(BEFORE.minus(Duration.ofMinutes(20)), NOW);
    identity = Identity.make(folder, "localhost");
    metadata = new EmbeddedMetadataServer("benchmark", TOKEN);
    plain = EmbeddedPrefect.start(workspace, () -> now);
    secure = EmbeddedPrefect.of(workspace, () -> now).apiKey(KEY).tls(identity.context()).start();
  }

  /** Something that executes the job with these settings. */
  interface Execution {
    void run(Map<String, String> settings) throws Exception;
  }

  /** Executes the job twice, and holds on to what the first has written; returns the second. */
  Recording prepare(Execution execution) throws Exception {
    past = record(execution).calls();
    now = NOW;
    plain.forgetRequests();
    return record(execution);
  }

  private Recording record(Execution execution) throws Exception {
    Queue<Message> calls = new ConcurrentLinkedQueue<>();
    try (var cloud = cloud()) {
      cloud.faults(call -> {
        calls.add(call.request());
        return Optional.empty();
      });
      execution.run(settings(cloud, false));
    }
    return new Recording(
        plain.requests().stream().map(Recording.Exchange::of).toList(), List.copyOf(calls));
  }

  /** An execution against a Cloud Monitoring of its own. */
  void execute(boolean tls, Execution execution) throws Exception {
    try (var cloud = cloud()) {
      execution.run(settings(cloud, tls));
    }
  }

  private Map<String, String> settings(EmbeddedCloudMonitoring cloud, boolean tls) {
    return tls
        ? Map.of(
            "PREFECT_API_URL",
            secure.apiUrl().toString(),
            "PREFECT_API_KEY",
            KEY,
            "MONITORING_ENDPOINT",
            cloud.secureAddress(identity, TOKEN::equals),
            "GCE_METADATA_HOST",
            metadata.address(),
            "CLOUD_RUN_JOB",
            "prefect-gcm",
            "JAVA_TOOL_OPTIONS",
            "-Djavax.net.ssl.trustStore=" + identity.trustStore())
        : Map.of(
            "PREFECT_API_URL", plain.apiUrl().toString(),
            "CLOUD_RUN_JOB", "prefect-gcm",
            "MONITORING_EMULATOR_HOST", cloud.address());
  }

  private EmbeddedCloudMonitoring cloud() {
    var cloud = new EmbeddedCloudMonitoring(() -> BEFORE);
    for (Message call : past) {
      if (call instanceof CreateTimeSeriesRequest create) {
        var _ = cloud.stub().createTimeSeries(create);
      }
    }
    cloud.setNow(now);
    return cloud;
  }

  @Override
  public void close() {
    plain.close();
    secure.close();
    metadata.close();
  }
}
