package io.github.prefectgcm.prefect;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.SourceException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lists page by page, each page as long as the server allows. */
final class Pages {
  /** Prefect's own default and maximum. */
  static final int LONGEST = 200;

  private static final Pattern LIMIT = Pattern.compile("less than or equal to (\\d{1,9})");
  private static final int SCANS = 3;

  private final Api api;
  private volatile int limit = LONGEST;

  Pages(Api api) {
    this.api = api;
  }

  /**
   * Some rows of a list.
   *
   * @param full whether there may be more
   */
  record Page(List<Row> rows, boolean full) {}

  int limit() {
    return limit;
  }

  Page page(String path, JsonObject query, int offset, Set<String> wanted) throws SourceException {
    try {
      return ask(path, query, offset, wanted);
    } catch (Refused e) {
      throw api.refused(Request.post(path, query), e.refusal());
    }
  }

  /**
   * All of a collection such as {@code /flows}, each row once. Rows that come and go shift the
   * pages of a list, so what came is compared with the count, and read again until nothing new
   * comes.
   */
  List<Row> all(String collection, JsonObject query, Set<String> wanted) throws SourceException {
    String path = collection + "/filter";
    var rows = new LinkedHashMap<String, Row>();
    for (int scan = 0; scan < SCANS; scan++) {
      int before = rows.size();
      try {
        boolean several = collect(path, query, wanted, rows);
        boolean settled = scan > 0 && rows.size() == before;
        if (!several || settled || rows.size() >= count(collection, query)) {
          return List.copyOf(rows.values());
        }
      } catch (Refused e) {
        throw api.refused(Request.post(path, query), e.refusal());
      }
    }
    throw SourceException.passing(
        "Prefect's %s changed while they were read: the next execution reads them again"
            .formatted(collection.substring(1)));
  }

  /** All rows of a list whose path names something that may be gone; empty if it is. */
  Optional<List<Row>> find(String path, JsonObject query, Set<String> wanted)
      throws SourceException {
    var rows = new LinkedHashMap<String, Row>();
    try {
      var _ = collect(path, query, wanted, rows);
      return Optional.of(List.copyOf(rows.values()));
    } catch (Refused e) {
      if (e.refusal().status() == 404 && e.refusal().isJson()) {
        return Optional.empty();
      }
      throw api.refused(Request.post(path, query), e.refusal());
    }
  }

  long count(String collection, JsonObject query) throws SourceException {
    JsonObject filter = query.deepCopy();
    filter.remove("sort");
    return api.post(collection + "/count", filter, Row::count);
  }

  /** Adds all rows by id; says whether it took more than one page. */
  private boolean collect(String path, JsonObject query, Set<String> wanted, Map<String, Row> rows)
      throws SourceException, Refused {
    var seen = new HashSet<String>();
    int offset = 0;
    while (true) {
      Page page = ask(path, query, offset, wanted);
      boolean news = false;
      for (Row row : page.rows()) {
        news |= seen.add(row.text("id"));
        rows.put(row.text("id"), row);
      }
      // Without news it is a server that ignores the offset, and would never end.
      if (!page.full() || !news) {
        return offset > 0;
      }
      offset += page.rows().size();
    }
  }

  private Page ask(String path, JsonObject query, int offset, Set<String> wanted)
      throws SourceException, Refused {
    while (true) {
      int most = limit;
      JsonObject body = query.deepCopy();
      body.addProperty("limit", most);
      if (offset > 0) {
        body.addProperty("offset", offset);
      }
      try {
        List<Row> rows = api.ask(Request.post(path, body), Row.rows(wanted));
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
  private static OptionalInt allowed(Reply.Refusal<?> refusal) {
    Matcher matcher = LIMIT.matcher(refusal.head());
    return refusal.status() == 422 && refusal.head().contains("Invalid limit") && matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
