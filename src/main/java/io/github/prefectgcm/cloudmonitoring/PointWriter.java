package io.github.prefectgcm.cloudmonitoring;

import com.google.cloud.monitoring.v3.MetricServiceClient;
import io.github.prefectgcm.ledger.Refusal;
import io.github.prefectgcm.ledger.Refusal.Reason;
import io.github.prefectgcm.metric.Sample;
import io.github.prefectgcm.metric.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Writes in batches and finds out what became of each sample. */
record PointWriter(
    MetricServiceClient client,
    RpcCalls calls,
    Requests requests,
    RpcFailureMessages diagnosis,
    int maxSeries) {

  List<Refusal> write(List<List<Sample>> groups) throws StoreException {
    var series = new HashSet<>();
    for (List<Sample> group : groups) {
      for (Sample sample : group) {
        if (!series.add(sample.series())) {
          throw new IllegalArgumentException("two samples of " + sample.series());
        }
      }
    }
    var refusals = new ArrayList<Refusal>();
    for (List<Sample> batch : Batches.of(groups, maxSeries)) {
      refusals.addAll(
          batch.size() == 1 ? writeOne(batch.getFirst()).stream().toList() : writeBatch(batch));
    }
    return refusals;
  }

  private List<Refusal> writeBatch(List<Sample> batch) throws StoreException {
    Optional<RpcFailure> fault = send(batch);
    if (fault.isEmpty()) {
      return List.of();
    }
    BatchOutcome verdict =
        isReliable(batch)
            ? BatchOutcome.of(fault.get(), batch.size())
            : BatchOutcome.nothingKnown(batch.size());
    var refusals = new TreeMap<Integer, Refusal>();
    verdict.refused().forEach((index, why) -> refusals.put(index, refusal(batch.get(index), why)));
    for (int index : verdict.unknown()) {
      writeOne(batch.get(index)).ifPresent(refusal -> refusals.put(index, refusal));
    }
    return List.copyOf(refusals.values());
  }

  /** The sample may have been written by an earlier try; it is refused then as not newer. */
  private Optional<Refusal> writeOne(Sample sample) throws StoreException {
    Optional<RpcFailure> fault = send(List.of(sample));
    if (fault.isEmpty()) {
      return Optional.empty();
    }
    String text = fault.get().text();
    String why = WriteErrorParser.ofOne(text);
    if (WriteErrorParser.isPassing(why)) {
      throw diagnosis.explain(Access.WRITE, fault.get());
    }
    // Without a reason the caller has to look whether it is there, as with one that is not newer.
    return Optional.of(
        why.isEmpty() ? new Refusal(sample, Reason.NOT_NEWER, text) : refusal(sample, why));
  }

  /** The fault, if some of the samples may have been written all the same. */
  private Optional<RpcFailure> send(List<Sample> samples) throws StoreException {
    try {
      calls.call(client.createTimeSeriesCallable(), requests.create(samples));
      return Optional.empty();
    } catch (RpcException e) {
      RpcFailure fault = e.fault();
      if (fault.isPartial() || fault.isAboutSamples()) {
        return Optional.of(fault);
      }
      throw diagnosis.explain(Access.WRITE, fault);
    }
  }

  /** The text of a refusal quotes labels, and those could quote it in turn. */
  private static boolean isReliable(List<Sample> batch) {
    return batch.stream()
        .flatMap(sample -> sample.series().labels().stream())
        .noneMatch(WriteErrorParser::resembles);
  }

  private static Refusal refusal(Sample sample, String why) {
    return new Refusal(sample, WriteErrorParser.reason(why), why);
  }
}
