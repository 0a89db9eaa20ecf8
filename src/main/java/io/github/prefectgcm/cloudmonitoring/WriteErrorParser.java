package io.github.prefectgcm.cloudmonitoring;

import io.github.prefectgcm.ledger.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a refusal. Which series of a request were refused, and why, is told nowhere else. It
 * has had several shapes over the years, entries joined by "; ":
 *
 * <pre>
 * &lt;why&gt;: timeSeries[6-10]
 * &lt;why&gt;: global{} timeSeries[3,5-7]: custom.googleapis.com/x{label:value}
 * timeSeries[0-2] (example metric.type="...", ...): write for resource=... failed with: &lt;why&gt;
 * timeSeries[0-2] (example ..., resource.labels={...}): &lt;why&gt;
 * </pre>
 *
 * It may name more series than were refused, see <a
 * href="https://github.com/GoogleCloudPlatform/prometheus-engine/issues/814">prometheus-engine#814</a>.
 */
final class WriteErrorParser {
  private static final String PREFIX = "One or more TimeSeries could not be written: ";

  /** Ends what stands between the indexes and the reason, if the indexes come first. */
  private static final Pattern REASON_FOLLOWS = Pattern.compile(".*(?: failed with|}\\)): ");

  /** Not "Field timeSeries[0].points[0] had ...": that is part of a reason. */
  private static final Pattern INDEXES =
      Pattern.compile(
          "(?<!Field )timeSeries\\[(\\d{1,4}(?:-\\d{1,4})?(?:, ?\\d{1,4}(?:-\\d{1,4})?)*)](?!\\.)");

  private static final Pattern NOT_NEWER =
      Pattern.compile("older (start|end) time|must not be older|written in order|more frequently");
  private static final Pattern DESCRIPTOR =
      Pattern.compile(
          "Value type for metric|conflicts with the existing value type|Metric kind for metric"
              + "|Unrecognized metric label|(more than|over) \\d+ labels");
  private static final Pattern PASSING =
      Pattern.compile("(?i)internal error|try again|retry|temporarily unavailable|quota exceeded");

  private static final Pattern WHOLE = Pattern.compile("[.})]$");

  /** Names that users chose: not to be searched for reasons. */
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  private WriteErrorParser() {}

  /**
   * The refused series by index, each with the reason given; empty if the text names none. A series
   * that is named with two reasons has lost both: they become "".
   */
  static Map<Integer, String> parse(String text) {
    String entries = body(text);
    List<MatchResult> found = INDEXES.matcher(entries).results().toList();
    var refused = new TreeMap<Integer, String>();
    for (int i = 0; i < found.size(); i++) {
      int from = i == 0 ? 0 : found.get(i - 1).end();
      int to = i + 1 == found.size() ? entries.length() : found.get(i + 1).start();
      MatchResult match = found.get(i);
      String why = why(entries.substring(from, match.start()), entries.substring(match.end(), to));
      for (int index : indexes(match.group(1))) {
        refused.merge(index, why, (one, other) -> one.equals(other) ? one : "");
      }
    }
    return refused;
  }

  /** The reason why the only series of a request was refused; "" if it is cut off. */
  static String ofOne(String text) {
    Map<Integer, String> named = parse(text);
    return named.isEmpty()
        ? body(text)
        : named.values().stream().filter(why -> !isDoubtful(why)).findFirst().orElse("");
  }

  /** Whether a label with this value could be taken for a list of indexes. */
  static boolean resembles(String label) {
    return label.toLowerCase(Locale.ROOT).contains("timeseries[");
  }

  /** Whether the reason is missing, cut short, or about the moment and not about the series. */
  static boolean isDoubtful(String why) {
    boolean whole = WHOLE.matcher(why).find() && !why.endsWith("...");
    return reason(why) == Reason.INVALID && (isPassing(why) || !whole);
  }

  /** Whether the same sample may be taken a moment later. */
  static boolean isPassing(String why) {
    return reason(why) == Reason.INVALID && PASSING.matcher(unquoted(why)).find();
  }

  static Reason reason(String why) {
    if (NOT_NEWER.matcher(unquoted(why)).find()) {
      return Reason.NOT_NEWER;
    }
    return DESCRIPTOR.matcher(unquoted(why)).find() ? Reason.DESCRIPTOR : Reason.INVALID;
  }

  private static String unquoted(String why) {
    return QUOTED.matcher(why).replaceAll("");
  }

  private static String body(String text) {
    return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
  }

  /** The reason stands before the indexes, or after them if they open the entry. */
  private static String why(String before, String after) {
    int entry = before.lastIndexOf("; ");
    String lead = entry < 0 ? before : before.substring(entry + 2);
    if (!lead.isBlank()) {
      // "<why>: global{} timeSeries[3]": the resource is not part of the reason.
      return lead.replaceFirst(":\\s*(\\w+\\{[^{}]*}\\s*)?$", "").strip();
    }
    Matcher follows = REASON_FOLLOWS.matcher(after);
    return follows.lookingAt()
        ? after.substring(follows.end()).replaceFirst(";\\s*$", "").strip()
        : "";
  }

  private static List<Integer> indexes(String list) {
    var indexes = new ArrayList<Integer>();
    for (String range : list.split(", ?", -1)) {
      String[] ends = range.split("-", -1);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int index = Integer.parseInt(ends[0]); index <= last; index++) {
        indexes.add(index);
      }
    }
    return indexes;
  }
}
