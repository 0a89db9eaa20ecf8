package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.CurrentRun;
import io.github.prefectgcm.history.Deployment;
import io.github.prefectgcm.history.FinishedRun;
import io.github.prefectgcm.history.Inventory;
import io.github.prefectgcm.history.Outcomes;
import io.github.prefectgcm.history.OwnerTag;
import io.github.prefectgcm.history.ServerStatus;
import io.github.prefectgcm.history.Source;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.StartedRun;
import io.github.prefectgcm.history.StateCount;
import io.github.prefectgcm.history.Traffic;
import io.github.prefectgcm.history.Window;
import io.github.prefectgcm.history.WorkPool;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.history.Worker;
import io.github.prefectgcm.prefect.http.Api;
import io.github.prefectgcm.prefect.http.Connection;
import io.github.prefectgcm.prefect.http.RetryPolicy;
import io.github.prefectgcm.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A Prefect workspace, read over its REST API. */
public final class PrefectSource implements Source {
  private final Api api;
  private final Paginator pages;
  private final JsonObject filter;
  private final ServerProbe greeting;
  private final InventoryReader stock;
  private final FinishedRunReader finishedRuns;
  private final StartedRunReader startedRuns;
  private final CurrentRunReader currentRuns;
  private final QueueReader queues;
  private final LimitReader limits;
  private final RunHistoryReader expectedRuns;

  PrefectSource(
      Connection connection,
      OwnerTag ownerTag,
      Time time,
      Supplier<Duration> timeLeft,
      RetryPolicy patience) {
    api = new Api(connection, time, timeLeft, patience);
    pages = new Paginator(api);
    filter = QueryJson.flowRuns(connection.includeSubflows());
    var flows = new NameCache(pages, "flows", OwnerTag.NONE);
    var deployments = new NameCache(pages, "deployments", ownerTag);
    greeting = new ServerProbe(api, connection.apiUrl());
    var directory = new DeploymentDirectory();
    stock = new InventoryReader(pages, flows, deployments, directory);
    finishedRuns = new FinishedRunReader(pages, flows, deployments, directory, filter);
    startedRuns = new StartedRunReader(pages, flows, deployments, filter);
    currentRuns = new CurrentRunReader(pages, filter);
    queues = new QueueReader(pages);
    limits = new LimitReader(pages);
    expectedRuns = new RunHistoryReader(api, filter);
  }

  /**
   * Connects at the first question, not yet now.
   *
   * @param ownerTag which tag names an owner
   * @param time ours, beside which that of the server is read
   * @param timeLeft how long the present phase of the execution may still take; no call, wait or
   *     retry goes on for longer
   */
  public static PrefectSource open(
      Connection connection, OwnerTag ownerTag, Time time, Supplier<Duration> timeLeft) {
    return new PrefectSource(connection, ownerTag, time, timeLeft, RetryPolicy.USUAL);
  }

  /** The same, where nothing has an owner. */
  public static PrefectSource open(Connection connection, Time time, Supplier<Duration> timeLeft) {
    return open(connection, OwnerTag.NONE, time, timeLeft);
  }

  @Override
  public ServerStatus contact() {
    return greeting.exchange();
  }

  @Override
  public Inventory inventory() throws SourceException {
    return stock.inventory();
  }

  @Override
  public void finishedRuns(Window window, Consumer<FinishedRun> each) throws SourceException {
    finishedRuns.read(window, each);
  }

  @Override
  public void startedRuns(Window window, Consumer<StartedRun> each) throws SourceException {
    startedRuns.read(window, each);
  }

  @Override
  public Map<Deployment, Outcomes> outcomes(List<Deployment> deployments, Instant until, int calls)
      throws SourceException {
    return new PastOutcomeReader(pages, filter, until, calls).read(deployments);
  }

  @Override
  public void currentRuns(Instant now, Consumer<CurrentRun> each) throws SourceException {
    currentRuns.read(now, each);
  }

  @Override
  public List<Worker> workers(Collection<WorkPool> pools) throws SourceException {
    return stock.workers(pools);
  }

  @Override
  public List<WorkQueue> workQueues() throws SourceException {
    return queues.read();
  }

  @Override
  public List<ConcurrencyLimit> concurrencyLimits() throws SourceException {
    return limits.read();
  }

  @Override
  public long scheduledRuns(Instant from, Instant to) throws SourceException {
    return currentRuns.scheduled(from, to);
  }

  @Override
  public Optional<Boolean> ready() {
    return greeting.ready();
  }

  @Override
  public Traffic traffic() {
    return api.traffic();
  }

  @Override
  public List<StateCount> expectedRuns(Instant from, Instant to) throws SourceException {
    return expectedRuns.read(from, to);
  }

  @Override
  public long unreadable() {
    return pages.unreadable();
  }

  @Override
  public void close() {
    api.close();
  }
}
