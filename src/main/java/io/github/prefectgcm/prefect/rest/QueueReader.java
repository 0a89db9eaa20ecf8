package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.history.WorkQueue;
import io.github.prefectgcm.prefect.http.JsonRow;
import io.github.prefectgcm.prefect.http.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the work queues of all pools. */
final class QueueReader {
  private static final String PATH = "/work_queues/filter";
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "name",
          "work_pool_name",
          "status",
          "is_paused",
          "last_polled",
          "concurrency_limit",
          "active_slots");

  private final Paginator pages;

  QueueReader(Paginator pages) {
    this.pages = pages;
  }

  List<WorkQueue> read() throws SourceException {
    var query = new JsonObject();
    List<JsonRow> rows;
    try {
      rows = pages.uncounted(PATH, query, FIELDS);
    } catch (Refused e) {
      throw pages.refused(PATH, query, e);
    }
    var queues = new ArrayList<WorkQueue>();
    pages.each(rows, row -> queue(row).ifPresent(queues::add));
    return queues;
  }

  /** Absent for a queue of no pool, as agents of old had them. */
  private static Optional<WorkQueue> queue(JsonRow row) throws SourceException {
    Optional<String> pool = row.optionalText("work_pool_name");
    if (pool.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkQueue(
            pool.get(),
            row.text("name"),
            row.optionalText("status").map("READY"::equals),
            row.flag("is_paused"),
            row.optionalInstant("last_polled"),
            SlotFields.of(row)));
  }
}
