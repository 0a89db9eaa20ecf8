package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.ConcurrencyLimit;
import io.github.prefectgcm.history.Slots;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.JsonRow;
import io.github.prefectgcm.prefect.http.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the concurrency limits that are active. */
final class LimitReader {
  private static final String PATH = "/v2/concurrency_limits/filter";
  private static final String TAG = "tag:";
  private static final String DEPLOYMENT = "deployment:";
  private static final Set<String> FIELDS = Set.of("id", "name", "limit", "active_slots", "active");

  private final Paginator pages;

  LimitReader(Paginator pages) {
    this.pages = pages;
  }

  /** None of a server that does not have them yet. */
  List<ConcurrencyLimit> read() throws SourceException {
    var query = new JsonObject();
    List<JsonRow> rows;
    try {
      rows = pages.uncounted(PATH, query, FIELDS);
    } catch (Refused e) {
      if (e.refusal().status() == 404 && e.refusal().isJson()) {
        return List.of();
      }
      throw pages.refused(PATH, query, e);
    }
    var limits = new ArrayList<ConcurrencyLimit>();
    pages.each(
        rows,
        row -> {
          ConcurrencyLimit limit = limit(row);
          if (row.flag("active")) {
            limits.add(limit);
          }
        });
    return limits;
  }

  private static ConcurrencyLimit limit(JsonRow row) throws SourceException {
    String name = row.text("name");
    Optional<Long> used = row.optionalNumber("active_slots").map(Math::round);
    var slots = new Slots(Math.round(row.number("limit")), used);
    if (name.startsWith(TAG)) {
      return new ConcurrencyLimit(ConcurrencyLimit.Kind.TAG, name.substring(TAG.length()), slots);
    }
    return name.startsWith(DEPLOYMENT)
        ? new ConcurrencyLimit(
            ConcurrencyLimit.Kind.DEPLOYMENT, name.substring(DEPLOYMENT.length()), slots)
        : new ConcurrencyLimit(ConcurrencyLimit.Kind.GLOBAL, name, slots);
  }
}
