package io.github.prefectgcm.cloudmonitoring;

import static io.github.prefectgcm.ledger.Refusal.Reason.DESCRIPTOR;
import static io.github.prefectgcm.ledger.Refusal.Reason.INVALID;
import static io.github.prefectgcm.ledger.Refusal.Reason.NOT_NEWER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.prefectgcm.ledger.Refusal.Reason;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteErrorParserTest {
  private static final String START = "One or more TimeSeries could not be written: ";
  private static final String OLDER =
      "Points must be written in order. One or more of the points specified had an older start"
          + " time than the most recent point.";
  private static final String PAST =
      "Field timeSeries[3].points[0].interval.end_time had an invalid value of"
          + " \"2026-06-01T05:00:00-07:00\": Data points cannot be written more than 25h10s in the"
          + " past.";
  private static final String TASK =
      "generic_task{job:prefect-gcm,location:global,namespace:prod,task_id:0}";

  static Stream<Arguments> shapes() {
    return Stream.of(
        arguments("nothing named", "Internal error encountered.", Map.of()),
        arguments("a field only", PAST, Map.of()),
        arguments(
            "2019", START + OLDER + ": timeSeries[6-8]", Map.of(6, OLDER, 7, OLDER, 8, OLDER)),
        arguments(
            "2019, two",
            START + OLDER + ": timeSeries[0,2]; " + PAST + ": timeSeries[3]",
            Map.of(0, OLDER, 2, OLDER, 3, PAST)),
        arguments(
            "2023",
            START
                + "%s: %s timeSeries[3]: custom.googleapis.com/x{flow_name:a; b}; "
                    .formatted(PAST, TASK)
                + "%s: %s timeSeries[1-2,5]: custom.googleapis.com/x{flow_name:c}"
                    .formatted(OLDER, TASK),
            Map.of(1, OLDER, 2, OLDER, 3, PAST, 5, OLDER)),
        arguments(
            "2025",
            START
                + "timeSeries[0-1] (example metric.type=\"x\", metric.labels={\"a\": \"b; c\"}):"
                + " write for resource=%s failed with: %s; ".formatted(TASK, OLDER)
                + "timeSeries[3] (example metric.type=\"x\", metric.labels={}):"
                + " write for resource=%s failed with: %s".formatted(TASK, PAST),
            Map.of(0, OLDER, 1, OLDER, 3, PAST)),
        arguments(
            "2026",
            START
                + "timeSeries[2,3,5,12] (example metric.type=\"x\", metric.labels={\"a\": \"b\"},"
                + " resource.type=\"generic_task\", resource.labels={\"job\": \"j\"}): "
                + OLDER,
            Map.of(2, OLDER, 3, OLDER, 5, OLDER, 12, OLDER)),
        arguments("cut in the indexes", START + OLDER + ": timeSeries[6-8,1", Map.of()),
        arguments(
            "cut before the reason",
            START + "timeSeries[4] (example metric.type=\"x\", metric.la",
            Map.of(4, "")),
        arguments(
            "two reasons for one",
            START + OLDER + ": timeSeries[1]; " + PAST + ": timeSeries[1]",
            Map.of(1, "")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void tellsWhichSeriesWereRefusedAndWhy(String shape, String text, Map<Integer, String> refused) {
    assertEquals(refused, WriteErrorParser.parse(text), shape);
  }

  static Stream<Arguments> reasons() {
    return Stream.of(
        arguments(NOT_NEWER, OLDER),
        arguments(NOT_NEWER, OLDER.replace("start", "end")),
        arguments(
            NOT_NEWER,
            "One or more points were written more frequently than the maximum sampling period"
                + " configured for the metric. {Metric: X, Timestamps: {Youngest Existing:"
                + " '2025/10/05-06:03:53.004', New: '2025/10/05-06:03:54.778'}}"),
        arguments(
            NOT_NEWER,
            "Monarch only accepted 0 of 1 points. Example error: New reset timestamp"
                + " '2026/06/25-16:11:15.869 (1782429075869000)' must not be older than existing"
                + " reset timestamp '2026/06/25-16:11:45.869 (1782429105869000)'. (length 1519)"),
        arguments(DESCRIPTOR, "Value type for metric X must be INT64, but is DOUBLE."),
        arguments(DESCRIPTOR, "Value type X conflicts with the existing value type (INT64)."),
        arguments(DESCRIPTOR, "Metric kind for metric X must be GAUGE, but is CUMULATIVE."),
        arguments(
            DESCRIPTOR,
            "Field timeSeries[0].metric.labels[1] had an invalid value of \"code\": Unrecognized"
                + " metric label."),
        arguments(
            DESCRIPTOR,
            "Field labels had an invalid value: When creating metric X: the metric has more than"
                + " 10 labels."),
        arguments(DESCRIPTOR, "The new labels would cause the metric X to have over 100 labels."),
        arguments(INVALID, PAST),
        arguments(INVALID, "Unrecognized region or location."),
        arguments(INVALID, "Field a had an invalid value of \"older start time\": Too long."));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void knowsTheReasons(Reason reason, String why) {
    assertEquals(reason, WriteErrorParser.reason(why));
    assertFalse(WriteErrorParser.isDoubtful(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Field timeSeries[3].points[0].inter",
        "Unrecognized region or...",
        "Internal error encountered. Please retry after a few seconds."
      })
  void doubtsWhatIsCutOrMayPass(String why) {
    assertTrue(WriteErrorParser.isDoubtful(why));
  }

  @Test
  void aQuotedNameIsNoReason() {
    assertFalse(WriteErrorParser.isPassing("Field a had an invalid value of \"retry\": Too long."));
  }

  @Test
  void theReasonOfOneIsAllOfTheTextIfItIsNotAnEntry() {
    assertEquals(OLDER, WriteErrorParser.ofOne(START + OLDER + ": timeSeries[0]"));
    assertEquals("Too many.", WriteErrorParser.ofOne("Too many."));
  }
}
