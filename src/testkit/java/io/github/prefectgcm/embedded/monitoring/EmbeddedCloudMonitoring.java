package io.github.prefectgcm.embedded.monitoring;

import com.google.api.MetricDescriptor;
import com.google.monitoring.v3.CreateMetricDescriptorRequest;
import com.google.monitoring.v3.DeleteMetricDescriptorRequest;
import com.google.monitoring.v3.MetricServiceGrpc;
import com.google.monitoring.v3.MetricServiceGrpc.MetricServiceBlockingStub;
import com.google.monitoring.v3.TimeSeries;
import com.google.protobuf.Message;
import io.github.prefectgcm.embedded.Identity;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Cloud Monitoring as far as a writer of user-defined metrics sees it: the gRPC MetricService,
 * which refuses what the real one would refuse, in its words. It can be reached at a socket of the
 * loopback interface, with or without TLS, and in process, both with the same content.
 *
 * <p>Where Google's documentation leaves a choice it is as strict as can be; {@link
 * MonitoringOptions} has the rest. All projects exist, each with its own series.
 */
public final class EmbeddedCloudMonitoring implements AutoCloseable {
  private final SeriesStore store = new SeriesStore();
  private final WriteRules writes;
  private final MonitoringService service;
  private final MonitoringLog log = new MonitoringLog();
  private final List<Function<MonitoringCall, Optional<MonitoringFault>>> faults =
      new CopyOnWriteArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  private volatile InstantSource clock;
  private volatile MonitoringOptions options;
  private volatile Runnable silence = () -> {};
  private Optional<LoopbackServer> socket = Optional.empty();
  private Optional<LoopbackServer> secureSocket = Optional.empty();
  private Optional<Server> inProcess = Optional.empty();
  private Optional<ManagedChannel> ownChannel = Optional.empty();

  public EmbeddedCloudMonitoring(InstantSource clock) {
    this(clock, MonitoringOptions.DEFAULT);
  }

  public EmbeddedCloudMonitoring(InstantSource clock, MonitoringOptions options) {
    this.clock = clock;
    this.options = options;
    var descriptors = new Descriptors();
    writes = new WriteRules(descriptors, store);
    service = new MonitoringService(this, descriptors, writes, new Listing(descriptors, store));
  }

  /** Happens whenever a call is not answered. */
  public void onSilence(Runnable action) {
    silence = action;
  }

  void silent() {
    silence.run();
  }

  /** As {@code MONITORING_EMULATOR_HOST} wants it; opens the socket at the first call. */
  public synchronized String address() {
    LoopbackServer server = socket.orElseGet(() -> new LoopbackServer(service));
    socket = Optional.of(server);
    return server.address();
  }

  /**
   * As {@code MONITORING_ENDPOINT} wants it: with TLS, and only for calls with a token.
   *
   * @param isGood whether it takes a token
   */
  public synchronized String secureAddress(Identity identity, Predicate<String> isGood) {
    LoopbackServer server =
        secureSocket.orElseGet(() -> new LoopbackServer(service, identity, isGood));
    secureSocket = Optional.of(server);
    return server.address();
  }

  /** A new channel to the socket; closed with the server. */
  public synchronized ManagedChannel socketChannel() {
    return opened(NettyChannelBuilder.forTarget(address()).usePlaintext().build());
  }

  /** A new channel that calls the server in the caller's own thread; closed with the server. */
  public synchronized ManagedChannel inProcessChannel() {
    Server server = inProcess.orElseGet(this::startInProcess);
    inProcess = Optional.of(server);
    return opened(
        InProcessChannelBuilder.forAddress(server.getListenSockets().getFirst())
            .directExecutor()
            .build());
  }

  /** The generated client, in process. */
  public synchronized MetricServiceBlockingStub stub() {
    ManagedChannel channel = ownChannel.orElseGet(this::inProcessChannel);
    ownChannel = Optional.of(channel);
    return MetricServiceGrpc.newBlockingStub(channel);
  }

  /** Creates a descriptor in a project ({@code projects/…}), as somebody else than the job may. */
  public void describe(String project, MetricDescriptor descriptor) {
    var _ =
        stub()
            .createMetricDescriptor(
                CreateMetricDescriptorRequest.newBuilder()
                    .setName(project)
                    .setMetricDescriptor(descriptor)
                    .build());
  }

  /** Deletes a descriptor, as somebody may who mends it. */
  public void undescribe(String project, String type) {
    var _ =
        stub()
            .deleteMetricDescriptor(
                DeleteMetricDescriptorRequest.newBuilder()
                    .setName(project + "/metricDescriptors/" + type)
                    .build());
  }

  public Instant now() {
    return clock.instant();
  }

  /** Sets the server's clock, which stands still then. */
  public void setNow(Instant now) {
    clock = InstantSource.fixed(now);
  }

  public MonitoringOptions options() {
    return options;
  }

  /** From now on, also for what is stored already. */
  public synchronized void configure(UnaryOperator<MonitoringOptions> change) {
    options = change.apply(options);
  }

  /** The plan is asked about every call; the first plan that answers decides. */
  public void faults(Function<MonitoringCall, Optional<MonitoringFault>> plan) {
    faults.add(plan);
  }

  /** Hits the nth call of a method from now, the next one being the first. */
  public void fault(MonitoringMethod method, int nth, MonitoringFault fault) {
    var seen = new AtomicInteger();
    faults(call ->
        call.method() == method && seen.incrementAndGet() == nth
            ? Optional.of(fault)
            : Optional.empty());
  }

  /** Hits all calls of a method. */
  public void always(MonitoringMethod method, MonitoringFault fault) {
    faults(call -> call.method() == method ? Optional.of(fault) : Optional.empty());
  }

  /** Refuses chosen series, with INVALID_ARGUMENT, in every write. */
  public void poison(Predicate<TimeSeries> series, String text) {
    writes.poisons().add(new Poison(series, text));
  }

  /** Forgets all faults and poisons. */
  public void heal() {
    faults.clear();
    writes.poisons().clear();
  }

  public MonitoringLog log() {
    return log;
  }

  /** What no rule refuses and no writer should send, in the order it came. */
  public List<Violation> violations() {
    return List.of(writes.violations().toArray(Violation[]::new));
  }

  /** All that is stored, visible to readers or not; the points of a series oldest first. */
  public Map<StoredSeries, List<StoredPoint>> series() {
    return series("");
  }

  /**
   * All that is stored of a metric.
   *
   * @param metricTypeOrSuffix such as {@code flow_run/finished_count}
   */
  public Map<StoredSeries, List<StoredPoint>> series(String metricTypeOrSuffix) {
    synchronized (service) {
      return store.snapshot(metricTypeOrSuffix);
    }
  }

  @Override
  public synchronized void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    socket.ifPresent(LoopbackServer::close);
    secureSocket.ifPresent(LoopbackServer::close);
    inProcess.ifPresent(Server::shutdownNow);
  }

  Optional<MonitoringFault> received(MonitoringMethod method, Message request) {
    MonitoringCall call = log.add(method, now(), request);
    // Every plan is asked, so that each counts all calls.
    return faults.stream().map(plan -> plan.apply(call)).flatMap(Optional::stream).toList().stream()
        .findFirst();
  }

  void dropConnections() {
    Optional<LoopbackServer> open;
    synchronized (this) {
      open = socket;
    }
    open.ifPresent(LoopbackServer::dropConnections);
  }

  private Server startInProcess() {
    try {
      return InProcessServerBuilder.forName(InProcessServerBuilder.generateName())
          .directExecutor()
          .addService(service)
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ManagedChannel opened(ManagedChannel channel) {
    channels.add(channel);
    return channel;
  }
}
