package io.github.prefectgcm.history;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A workspace whose history can be read. Every method may be called from several threads at once,
 * answers whole or throws, and retries what is worth retrying within the time it was given.
 */
public interface Source extends AutoCloseable {

  /** Asks whether it is there, for its clock and its version. Never throws. */
  ServerStatus contact();

  Inventory inventory() throws SourceException;

  /**
   * Hands over every run that ended in the window exactly once, the last to end first; runs that
   * ended in the same microsecond come in any order. After an exception nothing that was handed
   * over counts.
   */
  void finishedRuns(Window window, Consumer<FinishedRun> each) throws SourceException;

  /** The same for every run that entered RUNNING for the first time in the window. */
  void startedRuns(Window window, Consumer<StartedRun> each) throws SourceException;

  /**
   * The outcomes of deployments up to and including an instant, read in at most about {@code calls}
   * requests; deployments that did not fit are missing from the answer. Those first in the list
   * come first.
   */
  Map<Deployment, Outcomes> outcomes(List<Deployment> deployments, Instant until, int calls)
      throws SourceException;

  /**
   * Hands over every run that is due and not final; a run may be missed or repeated if it moves.
   */
  void currentRuns(Instant now, Consumer<CurrentRun> each) throws SourceException;

  /** The workers of those of the pools that have workers. */
  List<Worker> workers(Collection<WorkPool> pools) throws SourceException;

  /** The work queues of all pools. */
  List<WorkQueue> workQueues() throws SourceException;

  /** The concurrency limits that are active. */
  List<ConcurrencyLimit> concurrencyLimits() throws SourceException;

  /** Counts the runs that are scheduled to start between two instants, both inclusive. */
  long scheduledRuns(Instant from, Instant to) throws SourceException;

  /** Whether its database answers; absent if it does not say. Never throws. */
  Optional<Boolean> ready();

  /** What was asked until now. */
  Traffic traffic();

  /** Counts the runs expected from {@code from} (inclusive) to {@code to} (exclusive) by state. */
  List<StateCount> expectedRuns(Instant from, Instant to) throws SourceException;

  /**
   * How many rows, of whatever list, were left out until now because they cannot be read. Finished
   * runs among them are handed over all the same, as far as they are known.
   */
  long unreadable();

  /** Ends all calls under way; they throw. */
  @Override
  void close();
}
