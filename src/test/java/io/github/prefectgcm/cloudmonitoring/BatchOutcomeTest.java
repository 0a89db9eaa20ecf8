package io.github.prefectgcm.cloudmonitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.monitoring.v3.CreateTimeSeriesSummary;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchOutcomeTest {
  private static final String OLD = "written in order.";

  @Test
  void whatIsNamedWasRefusedAndTheRestWritten() {
    assertEquals(
        new BatchOutcome(Map.of(0, OLD, 2, OLD), Set.of()),
        BatchOutcome.of(fault(OLD + ": timeSeries[0,2]", 4, 2), 4));
  }

  @Test
  void onlyTheNamedAreDoubtfulIfTheReasonIsCut() {
    assertEquals(
        new BatchOutcome(Map.of(0, OLD), Set.of(2)),
        BatchOutcome.of(
            fault(OLD + ": timeSeries[0]; timeSeries[2] (example metric.type=", 4, 2), 4));
  }

  @Test
  void nothingIsKnownIfTheCountsDoNotAddUp() {
    BatchOutcome nothing = BatchOutcome.nothingKnown(4);
    assertEquals(Set.of(0, 1, 2, 3), nothing.unknown());
    assertEquals(nothing, BatchOutcome.of(fault(OLD + ": timeSeries[0]; Poin", 4, 2), 4));
    assertEquals(nothing, BatchOutcome.of(fault(OLD + ": timeSeries[0-3]", 4, 3), 4));
    assertEquals(nothing, BatchOutcome.of(fault(OLD + ": timeSeries[0-1]", 5, 3), 4));
    assertEquals(nothing, BatchOutcome.of(fault(OLD + ": timeSeries[3-4]", 4, 2), 4));
    assertEquals(nothing, BatchOutcome.of(fault("Cannot.", 4, 4), 4));
  }

  @Test
  void nothingIsKnownWithoutASummary() {
    var bare = Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE);
    bare.setMessage(OLD + ": timeSeries[0]");
    assertEquals(
        BatchOutcome.nothingKnown(4),
        BatchOutcome.of(RpcFailure.of(StatusProto.toStatusRuntimeException(bare.build())), 4));
  }

  private static RpcFailure fault(String text, int total, int success) {
    var summary =
        CreateTimeSeriesSummary.newBuilder()
            .setTotalPointCount(total)
            .setSuccessPointCount(success)
            .build();
    return RpcFailure.of(
        StatusProto.toStatusRuntimeException(
            Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage("One or more TimeSeries could not be written: " + text)
                .addDetails(Any.pack(summary))
                .build()));
  }
}
