package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.Api;
import io.github.prefectgcm.prefect.http.JsonRow;
import io.github.prefectgcm.prefect.http.Refused;
import io.github.prefectgcm.prefect.http.Request;
import io.github.prefectgcm.prefect.http.Response;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lists page by page, each page as long as the server allows. */
final class Paginator {
  /** Prefect's own default and maximum. */
  static final int LONGEST = 200;

  private static final Pattern LIMIT = Pattern.compile("less than or equal to (\\d{1,9})");
  private static final int SCANS = 3;

  private final Api api;
  private final AtomicLong unreadable = new AtomicLong();
  private volatile int limit = LONGEST;

  Paginator(Api api) {
    this.api = api;
  }

  /**
   * Some rows of a list.
   *
   * @param full whether there may be more
   */
  record Page(List<JsonRow> rows, boolean full) {}

  /**
   * All rows of a list that can be read.
   *
   * @param unreadable how many others there are
   */
  record Listing(List<JsonRow> rows, long unreadable) {}

  int limit() {
    return limit;
  }

  /** How many rows were left out until now because they cannot be read. */
  long unreadable() {
    return unreadable.get();
  }

  void leftOut(long rows) {
    unreadable.addAndGet(rows);
  }

  /** Does something with a row. */
  interface Taker {
    void take(JsonRow row) throws SourceException;
  }

  /**
   * Takes row after row, and leaves out those that this version cannot make sense of. If that is
   * all of them, it is not the rows that are at fault.
   */
  void each(List<JsonRow> rows, Taker taker) throws SourceException {
    Optional<SourceException> unusable = Optional.empty();
    int failed = 0;
    for (JsonRow row : rows) {
      try {
        taker.take(row);
      } catch (SourceException e) {
        unusable = Optional.of(e);
        failed++;
      }
    }
    if (unusable.isPresent() && failed == rows.size()) {
      throw unusable.get();
    }
    leftOut(failed);
  }

  /** A row that Prefect cannot show can be read around; every other refusal is a failure. */
  void failUnlessUnrendered(String path, JsonObject query, Refused e) throws SourceException {
    if (!e.refusal().failedToRender()) {
      throw refused(path, query, e);
    }
  }

  SourceException refused(String path, JsonObject query, Refused e) {
    return api.refused(Request.post(path, query), e.refusal());
  }

  Page page(String path, JsonObject query, int offset, Set<String> wanted) throws SourceException {
    try {
      return ask(path, query, offset, wanted);
    } catch (Refused e) {
      throw refused(path, query, e);
    }
  }

  /**
   * All of a collection such as {@code /flows}, each row once. Rows that come and go shift the
   * pages of a list, so what came is compared with the count, and read again until nothing new
   * comes.
   */
  Listing all(String collection, JsonObject query, Set<String> wanted) throws SourceException {
    String path = collection + "/filter";
    var rows = new LinkedHashMap<String, JsonRow>();
    for (int scan = 0; scan < SCANS; scan++) {
      int before = rows.size();
      try {
        Collected collected = collect(path, query, wanted, rows);
        long known = rows.size() + collected.unreadable();
        boolean settled = scan > 0 && rows.size() == before;
        if (!collected.several() || settled || known >= count(collection, query)) {
          leftOut(collected.unreadable());
          return new Listing(List.copyOf(rows.values()), collected.unreadable());
        }
      } catch (Refused e) {
        throw refused(path, query, e);
      }
    }
    throw SourceException.passing(
        "Prefect's %s changed while they were read: the next execution reads them again"
            .formatted(collection.substring(1)));
  }

  /** All rows of a list whose path names something that may be gone; empty if it is. */
  Optional<List<JsonRow>> find(String path, JsonObject query, Set<String> wanted)
      throws SourceException {
    var rows = new LinkedHashMap<String, JsonRow>();
    try {
      leftOut(collect(path, query, wanted, rows).unreadable());
      return Optional.of(List.copyOf(rows.values()));
    } catch (Refused e) {
      if (e.refusal().status() == 404 && e.refusal().isJson()) {
        return Optional.empty();
      }
      throw api.refused(Request.post(path, query), e.refusal());
    }
  }

  /**
   * The rows of a list of which the server cannot say how many there are. One that takes several
   * pages is read again until nothing new comes; rows that are equal in the server's order may be
   * missing all the same.
   */
  List<JsonRow> uncounted(String path, JsonObject query, Set<String> wanted)
      throws SourceException, Refused {
    var rows = new LinkedHashMap<String, JsonRow>();
    long unreadable = 0;
    boolean settled = false;
    for (int scan = 0; scan < SCANS && !settled; scan++) {
      int before = rows.size();
      Collected collected = collect(path, query, wanted, rows);
      unreadable = collected.unreadable();
      settled = !collected.several() || rows.size() == before;
    }
    leftOut(unreadable);
    return List.copyOf(rows.values());
  }

  long count(String collection, JsonObject query) throws SourceException {
    JsonObject filter = query.deepCopy();
    filter.remove("sort");
    return api.post(collection + "/count", filter, JsonRow::count);
  }

  /**
   * How a list was read.
   *
   * @param several whether it took more than one page
   */
  private record Collected(boolean several, long unreadable) {}

  /** Adds all rows by id. */
  private Collected collect(
      String path, JsonObject query, Set<String> wanted, Map<String, JsonRow> rows)
      throws SourceException, Refused {
    var seen = new HashSet<String>();
    int offset = 0;
    while (true) {
      Page page;
      try {
        page = ask(path, query, offset, wanted);
      } catch (Refused e) {
        if (!e.refusal().failedToRender()) {
          throw e;
        }
        return new Collected(
            true, new NarrowReader(this, path, query, wanted).read(all -> add(all, rows)));
      }
      boolean news = false;
      for (JsonRow row : page.rows()) {
        news |= seen.add(row.text("id"));
      }
      add(page.rows(), rows);
      // Without news it is a server that ignores the offset, and would never end.
      if (!page.full() || !news) {
        return new Collected(offset > 0, 0);
      }
      offset += page.rows().size();
    }
  }

  private static void add(List<JsonRow> page, Map<String, JsonRow> rows) throws SourceException {
    for (JsonRow row : page) {
      rows.put(row.text("id"), row);
    }
  }

  Page ask(String path, JsonObject query, int offset, Set<String> wanted)
      throws SourceException, Refused {
    return ask(path, query, offset, LONGEST, rows -> api.ask(rows, JsonRow.rows(wanted)));
  }

  /** A page of at most some rows, asked for with few tries. */
  Page askBriefly(String path, JsonObject query, int offset, int size, Set<String> wanted)
      throws SourceException, Refused {
    return ask(path, query, offset, size, rows -> api.askBriefly(rows, JsonRow.rows(wanted)));
  }

  private interface Asking {
    List<JsonRow> rows(Request request) throws SourceException, Refused;
  }

  private Page ask(String path, JsonObject query, int offset, int size, Asking asking)
      throws SourceException, Refused {
    while (true) {
      int most = Math.min(size, limit);
      JsonObject body = query.deepCopy();
      body.addProperty("limit", most);
      if (offset > 0) {
        body.addProperty("offset", offset);
      }
      try {
        List<JsonRow> rows = asking.rows(Request.post(path, body));
        return new Page(rows, rows.size() >= most);
      } catch (Refused e) {
        int allowed = allowed(e.refusal()).orElseThrow(() -> e);
        if (allowed < 1 || allowed >= most) {
          throw e;
        }
        limit = allowed;
      }
    }
  }

  /** An operator may have made pages shorter; the refusal says how long they may be. */
  private static OptionalInt allowed(Response.Refusal<?> refusal) {
    Matcher matcher = LIMIT.matcher(refusal.head());
    return refusal.status() == 422 && refusal.head().contains("Invalid limit") && matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
