package io.github.prefectgcm.embedded.prefect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A flow run: the list of its state changes. Start, end, counts and times follow from them by
 * Prefect's own rules, as of any moment. Changes may lie in the server's future.
 */
public final class Run {
  final UUID id;
  final Flow flow;
  final Optional<ServerDeployment> deployment;
  final Optional<UUID> parentTaskRun;
  final Instant created;
  final Instant expected;
  private final Workspace workspace;
  private volatile List<StateChange> changes;
  private volatile List<String> tags = List.of();
  private volatile boolean unreadable;
  private volatile boolean stateless;
  private volatile boolean infrastructure;

  Run(
      Workspace workspace,
      UUID id,
      Flow flow,
      Optional<ServerDeployment> deployment,
      Optional<UUID> parentTaskRun,
      Instant expected,
      List<StateChange> changes) {
    this.workspace = workspace;
    this.id = id;
    this.flow = flow;
    this.deployment = deployment;
    this.parentTaskRun = parentTaskRun;
    this.created = changes.getFirst().time();
    this.expected = expected;
    this.changes = List.copyOf(changes);
  }

  public String id() {
    return id.toString();
  }

  public Run pending(Instant time) {
    return enters(ServerStateType.PENDING, time);
  }

  public Run running(Instant time) {
    return enters(ServerStateType.RUNNING, time);
  }

  /** Enters a state under its usual name. */
  public Run enters(ServerStateType type, Instant time) {
    return enters(type, type.defaultName(), time);
  }

  /** Enters a state, not before the last change. */
  public Run enters(ServerStateType type, String name, Instant time) {
    return append(new StateChange(type, name, time, time, Optional.empty()));
  }

  /** Waits for its next attempt, or for a slot: SCHEDULED under a name of its own. */
  public Run awaits(String name, Instant time, Instant next) {
    return append(new StateChange(ServerStateType.SCHEDULED, name, time, time, Optional.of(next)));
  }

  /** The last change is committed late: readers see it only from then on. */
  public Run seenFrom(Instant visible) {
    return replaceLast(last -> last.seenFrom(visible));
  }

  /** The last state says so. */
  public Run saying(String message) {
    return replaceLast(last -> last.saying(message));
  }

  private Run replaceLast(UnaryOperator<StateChange> other) {
    workspace.replace(
        this,
        () -> {
          var next = new ArrayList<>(changes);
          next.add(other.apply(next.removeLast()));
          return next;
        });
    return this;
  }

  /** Somebody tags it, at any time. */
  public Run tagged(List<String> tags) {
    this.tags = List.copyOf(tags);
    return this;
  }

  /** Its parameters hold what the server stores and cannot put into JSON. */
  public Run unreadable() {
    unreadable = true;
    return this;
  }

  boolean isUnreadable() {
    return unreadable;
  }

  /** Its states were lost, as from a database that was mended by hand. */
  public Run stateless() {
    stateless = true;
    return this;
  }

  boolean isStateless() {
    return stateless;
  }

  Optional<Queue> queue(Instant now) {
    return deployment.flatMap(its -> its.queue(now));
  }

  Optional<Pool> pool(Instant now) {
    return queue(now).map(its -> its.pool);
  }

  List<String> tags() {
    return tags;
  }

  /** A worker started infrastructure for it, whether or not that ever came up. */
  public Run withInfrastructure() {
    infrastructure = true;
    return this;
  }

  boolean hasInfrastructure() {
    return infrastructure;
  }

  private Run append(StateChange change) {
    if (change.time().isBefore(changes.getLast().time())) {
      throw new IllegalArgumentException("before the last change: " + change);
    }
    workspace.replace(
        this,
        () -> {
          var next = new ArrayList<>(changes);
          next.add(change);
          return next;
        });
    return this;
  }

  List<StateChange> changes() {
    return changes;
  }

  void changes(List<StateChange> next) {
    changes = List.copyOf(next);
  }

  /** When nothing about it changes any more; {@link Instant#MAX} while it is not final. */
  Instant settled() {
    StateChange last = changes.getLast();
    return last.type().isFinal() ? last.visible() : Instant.MAX;
  }
}
