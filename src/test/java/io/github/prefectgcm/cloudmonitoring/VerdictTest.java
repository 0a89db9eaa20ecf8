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

class VerdictTest {
  private static final String OLD = "written in order.";

  @Test
  void whatIsNamedWasRefusedAndTheRestWritten() {
    assertEquals(
        new Verdict(Map.of(0, OLD, 2, OLD), Set.of()),
        Verdict.of(fault(OLD + ": timeSeries[0,2]", 4, 2), 4));
  }

  @Test
  void onlyTheNamedAreDoubtfulIfTheReasonIsCut() {
    assertEquals(
        new Verdict(Map.of(0, OLD), Set.of(2)),
        Verdict.of(fault(OLD + ": timeSeries[0]; timeSeries[2] (example metric.type=", 4, 2), 4));
  }

  @Test
  void nothingIsKnownIfTheCountsDoNotAddUp() {
    Verdict nothing = Verdict.nothingKnown(4);
    assertEquals(Set.of(0, 1, 2, 3), nothing.unknown());
    assertEquals(nothing, Verdict.of(fault(OLD + ": timeSeries[0]; Poin", 4, 2), 4));
    assertEquals(nothing, Verdict.of(fault(OLD + ": timeSeries[0-3]", 4, 3), 4));
    assertEquals(nothing, Verdict.of(fault(OLD + ": timeSeries[0-1]", 5, 3), 4));
    assertEquals(nothing, Verdict.of(fault(OLD + ": timeSeries[3-4]", 4, 2), 4));
    assertEquals(nothing, Verdict.of(fault("Cannot.", 4, 4), 4));
  }

  @Test
  void nothingIsKnownWithoutASummary() {
    var bare = Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE);
    bare.setMessage(OLD + ": timeSeries[0]");
    assertEquals(
        Verdict.nothingKnown(4),
        Verdict.of(Fault.of(StatusProto.toStatusRuntimeException(bare.build())), 4));
  }

  private static Fault fault(String text, int total, int success) {
    var summary =
        CreateTimeSeriesSummary.newBuilder()
            .setTotalPointCount(total)
            .setSuccessPointCount(success)
            .build();
    return Fault.of(
        StatusProto.toStatusRuntimeException(
            Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage("One or more TimeSeries could not be written: " + text)
                .addDetails(Any.pack(summary))
                .build()));
  }
}
