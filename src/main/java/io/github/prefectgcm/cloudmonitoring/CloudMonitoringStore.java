package io.github.prefectgcm.cloudmonitoring;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.monitoring.v3.MetricServiceClient;
import com.google.cloud.monitoring.v3.MetricServiceSettings;
import io.github.prefectgcm.descriptor.Descriptor;
import io.github.prefectgcm.descriptor.DescriptorRegistry;
import io.github.prefectgcm.descriptor.Timing;
import io.github.prefectgcm.ledger.PointStore;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.Point;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.Series;
import io.github.prefectgcm.metric.StoreException;
import io.github.prefectgcm.time.Time;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Google Cloud Monitoring, for the series of one target. */
public final class CloudMonitoringStore implements PointStore, DescriptorRegistry {
  private final RpcCalls calls;
  private final PointReader reader;
  private final PointWriter writer;
  private final DescriptorClient declarations;
  private final Runnable disconnect;

  private CloudMonitoringStore(
      MetricServiceClient client,
      Runnable disconnect,
      Requests requests,
      RpcFailureMessages diagnosis,
      Time time,
      Supplier<Duration> timeLeft,
      int maxSeries) {
    this.calls = new RpcCalls(time, timeLeft);
    this.reader = new PointReader(client, calls, requests, diagnosis);
    this.writer = new PointWriter(client, calls, requests, diagnosis, maxSeries);
    this.declarations = new DescriptorClient(client, calls, requests, diagnosis);
    this.disconnect = disconnect;
  }

  /**
   * Finds the credentials, starts to connect, and waits for an access token, but not for the
   * connection.
   *
   * @param timeToOpen for the credentials
   * @param timeLeft for all calls together, asked before each of them
   */
  public static CloudMonitoringStore open(
      Target target, Time time, Supplier<Duration> timeToOpen, Supplier<Duration> timeLeft)
      throws StoreException {
    return open(GoogleIdentity.find(target, timeToOpen), time, timeLeft);
  }

  /** The same, with one time for everything. */
  public static CloudMonitoringStore open(Target target, Time time, Supplier<Duration> timeLeft)
      throws StoreException {
    return open(target, time, timeLeft, timeLeft);
  }

  /** The same, with the credentials found already. */
  public static CloudMonitoringStore open(
      GoogleIdentity caller, Time time, Supplier<Duration> timeLeft) throws StoreException {
    CredentialsProvider credentials =
        caller
            .credentials()
            .<CredentialsProvider>map(FixedCredentialsProvider::create)
            .orElseGet(NoCredentialsProvider::create);
    return connect(caller, credentials, time, timeLeft);
  }

  /** Over a channel that is there already, without credentials; close leaves the channel open. */
  public static CloudMonitoringStore over(
      ManagedChannel channel, Target target, Time time, Supplier<Duration> timeLeft) {
    return over(channel, target, time, timeLeft, Batches.MAX_SERIES);
  }

  /**
   * The same with smaller requests than Cloud Monitoring allows.
   *
   * @param maxSeries most series in a request
   */
  public static CloudMonitoringStore over(
      ManagedChannel channel,
      Target target,
      Time time,
      Supplier<Duration> timeLeft,
      int maxSeries) {
    String project = target.project().orElse(GoogleIdentity.EMULATED_PROJECT);
    var provider = FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    try {
      MetricServiceClient client = client(provider, NoCredentialsProvider.create());
      return new CloudMonitoringStore(
          client,
          client::shutdownNow,
          new Requests(project, target),
          new RpcFailureMessages(project, target.endpoint(), Optional::empty),
          time,
          timeLeft,
          maxSeries);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // neither credentials nor a connection to be made
    }
  }

  private static CloudMonitoringStore connect(
      GoogleIdentity caller,
      CredentialsProvider credentials,
      Time time,
      Supplier<Duration> timeLeft)
      throws StoreException {
    Target target = caller.target();
    var transport = new Transport();
    MetricServiceClient client;
    try {
      client = client(transport.channel(target.endpoint()), credentials);
    } catch (IOException | RuntimeException e) {
      transport.close();
      throw StoreException.passing(
          "no connection to Cloud Monitoring can be set up (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
    Runnable disconnect =
        () -> {
          client.shutdownNow();
          transport.close();
        };
    try {
      // The channel connects meanwhile.
      String project = caller.project();
      caller.authorise();
      return new CloudMonitoringStore(
          client,
          disconnect,
          new Requests(project, target),
          new RpcFailureMessages(project, target.endpoint(), caller::email),
          time,
          timeLeft,
          Batches.MAX_SERIES);
    } catch (StoreException | RuntimeException | Error e) {
      disconnect.run();
      throw e;
    }
  }

  private static MetricServiceClient client(
      TransportChannelProvider channel, CredentialsProvider credentials) throws IOException {
    var settings =
        MetricServiceSettings.newBuilder()
            .setTransportChannelProvider(channel)
            .setCredentialsProvider(credentials)
            .setBackgroundExecutorProvider(
                InstantiatingExecutorProvider.newBuilder().setExecutorThreadCount(1).build());
    // What is tried again, and for how long, is decided in one place: Calls.
    settings.createTimeSeriesSettings().setRetryableCodes();
    settings.listTimeSeriesSettings().setRetryableCodes();
    settings.createMetricDescriptorSettings().setRetryableCodes();
    settings.listMetricDescriptorsSettings().setRetryableCodes();
    return MetricServiceClient.create(settings.build());
  }

  @Override
  public Optional<Point> newest(Series series, Instant since, Instant until) throws StoreException {
    return reader.newest(series, since, until);
  }

  @Override
  public Map<Series, Point> newest(Metric metric, Instant since, Instant until)
      throws StoreException {
    return reader.newest(metric, since, until);
  }

  @Override
  public List<Refusal> writeGroups(List<List<Sample>> groups) throws StoreException {
    return writer.write(groups);
  }

  @Override
  public Map<String, Descriptor> declared() throws StoreException {
    return declarations.declared();
  }

  @Override
  public void declare(Metric metric, Timing timing) throws StoreException {
    declarations.declare(metric, timing);
  }

  @Override
  public void close() {
    calls.close();
    disconnect.run();
  }
}
