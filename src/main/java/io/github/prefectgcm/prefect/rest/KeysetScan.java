package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.JsonRow;
import io.github.prefectgcm.prefect.http.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads all runs of a span of time in the order of one of their times, each exactly once, even
 * while others come and go.
 *
 * <p>Every page starts at the time where the one before ended, inclusively, since runs that share a
 * time may be spread over two pages; those that are already known are dropped. Only the runs of
 * that one time are remembered. Offsets would lose a run whenever another one leaves the list.
 *
 * @param field the time, by which Prefect can filter and sort
 * @param sort the name of that order
 * @param descending which of the two directions it has
 * @param filter as {@code {"flow_runs": {...}}}, without {@code field}
 */
record KeysetScan(
    Paginator pages, String field, String sort, boolean descending, JsonObject filter) {
  private static final String RUNS = "/flow_runs";
  private static final int SCANS = 3;

  interface Handler {
    void take(List<JsonRow> rows) throws SourceException;
  }

  /** Both ends belong to the span. Returns how many runs in it cannot be read. */
  long read(Instant first, Instant last, Set<String> wanted, Handler handler)
      throws SourceException {
    Instant from = first;
    Instant to = last;
    var known = new HashSet<String>();
    long unreadable = 0;
    while (!from.isAfter(to)) {
      Paginator.Page page;
      try {
        page = ask(from, to, wanted);
      } catch (Refused e) {
        pages.failUnlessUnrendered(RUNS + "/filter", query(from, to, sort), e);
        return unreadable + readAround(from, to, sort, wanted, known, handler);
      }
      Instant edge = descending ? to : from;
      Instant reached = page.full() ? time(page.rows().getLast()) : edge;
      if (page.full() && reached.equals(edge)) {
        unreadable += readInstant(edge, wanted, known, handler);
        known.clear();
        reached = edge.plus(descending ? -1 : 1, ChronoUnit.MICROS);
      } else {
        handler.take(unknown(page.rows(), known));
        if (!page.full()) {
          return unreadable;
        }
        known.clear();
        for (JsonRow row : page.rows()) {
          if (time(row).equals(reached)) {
            known.add(row.text("id"));
          }
        }
      }
      from = descending ? from : reached;
      to = descending ? reached : to;
    }
    return unreadable;
  }

  /**
   * The rest of a span in which there are runs that cannot be read. Its pages are counted off; so
   * what came is compared with the count, which takes them all in.
   */
  private long readAround(
      Instant from,
      Instant to,
      String order,
      Set<String> wanted,
      Set<String> known,
      Handler handler)
      throws SourceException {
    JsonObject query = query(from, to, order);
    for (int scan = 0; scan < SCANS; scan++) {
      long before = count(from, to);
      var seen = new HashSet<String>();
      long unreadable =
          new NarrowReader(pages, RUNS + "/filter", query, wanted)
              .read(rows -> {
                checkOrder(rows, from, to);
                for (JsonRow row : rows) {
                  seen.add(row.text("id"));
                }
                handler.take(unknown(rows, known));
              });
      if (seen.size() + unreadable == before && count(from, to) == before) {
        pages.leftOut(unreadable);
        return unreadable;
      }
    }
    throw changed(to);
  }

  private static SourceException changed(Instant time) {
    return SourceException.passing(
        "Prefect's runs at %s changed while they were read: the next execution reads them again"
            .formatted(time));
  }

  /** The first page of the span. */
  Paginator.Page first(Instant first, Instant last, Set<String> wanted) throws SourceException {
    try {
      return ask(first, last, wanted);
    } catch (Refused e) {
      throw pages.refused(RUNS + "/filter", query(first, last, sort), e);
    }
  }

  private Paginator.Page ask(Instant first, Instant last, Set<String> wanted)
      throws SourceException, Refused {
    var page = pages.ask(RUNS + "/filter", query(first, last, sort), 0, wanted);
    checkOrder(page.rows(), first, last);
    return page;
  }

  /** The filter of a span; both ends belong to it. */
  JsonObject within(Instant first, Instant last) {
    JsonObject query = query(first, last, sort);
    query.remove("sort");
    return query;
  }

  long count(Instant first, Instant last) throws SourceException {
    return pages.count(RUNS, query(first, last, sort));
  }

  /**
   * Reads more runs of one and the same time than a page holds. Their only stable order is that of
   * their ids, which cannot be filtered by; so pages are counted off, and count for nothing if a
   * run came or went meanwhile.
   */
  private long readInstant(Instant time, Set<String> wanted, Set<String> known, Handler handler)
      throws SourceException {
    JsonObject query = query(time, time, "ID_DESC");
    long before = count(time, time);
    for (int scan = 0; scan < SCANS; scan++) {
      var seen = new HashSet<String>();
      int offset = 0;
      boolean more = true;
      while (more) {
        Paginator.Page page;
        try {
          page = pages.ask(RUNS + "/filter", query, offset, wanted);
        } catch (Refused e) {
          pages.failUnlessUnrendered(RUNS + "/filter", query, e);
          return readAround(time, time, "ID_DESC", wanted, known, handler);
        }
        checkOrder(page.rows(), time, time);
        for (JsonRow row : page.rows()) {
          seen.add(row.text("id"));
        }
        handler.take(unknown(page.rows(), known));
        offset += page.rows().size();
        more = page.full() && offset <= before;
      }
      long after = count(time, time);
      if (before == seen.size() && before == after) {
        return 0;
      }
      before = after;
    }
    throw changed(time);
  }

  /** The rows that are not yet known, which they are from now on. */
  static List<JsonRow> unknown(List<JsonRow> rows, Set<String> known) throws SourceException {
    var unknown = new ArrayList<JsonRow>();
    for (JsonRow row : rows) {
      if (known.add(row.text("id"))) {
        unknown.add(row);
      }
    }
    return unknown;
  }

  private JsonObject query(Instant from, Instant to, String order) {
    JsonObject query = filter.deepCopy();
    JsonObject span = QueryJson.between(from, to);
    if (field.equals("start_time")) {
      // Of a run that has not started Prefect compares the time for which it is expected.
      span.addProperty("is_null_", false);
    }
    query.getAsJsonObject("flow_runs").add(field, span);
    query.addProperty("sort", order);
    return query;
  }

  private Instant time(JsonRow row) throws SourceException {
    return row.instant(field);
  }

  /** A server that ignores a filter or the order would make runs count wrongly: better none. */
  private void checkOrder(List<JsonRow> rows, Instant from, Instant to) throws SourceException {
    Instant least = from;
    Instant most = to;
    for (JsonRow row : rows) {
      Instant time = time(row);
      if (time.isBefore(least) || time.isAfter(most)) {
        throw JsonRow.unusable(field);
      }
      least = descending ? least : time;
      most = descending ? time : most;
    }
  }
}
