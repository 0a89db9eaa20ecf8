package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.JsonRow;
import io.github.prefectgcm.prefect.http.Refused;
import io.github.prefectgcm.prefect.http.Request;
import java.util.List;
import java.util.Set;

/**
 * Reads a list with rows in it that Prefect cannot put into an answer: each page with one of them
 * fails as a whole. So there are fewer rows in a page, and fewer, until a row that fails stands
 * alone and is passed over.
 *
 * <p>A run is such a row if its parameters hold a number of more than 64 bits, half a character, or
 * lists within hundreds of lists: Prefect stores them and fails to show them.
 */
record NarrowReader(Paginator pages, String path, JsonObject query, Set<String> wanted) {
  /** About ten for each unreadable row, fewer where they lie together. */
  static final int MAX_REQUESTS = 400;

  interface Handler {
    void take(List<JsonRow> rows) throws SourceException;
  }

  /** Hands over all rows that can be read, in their order, and returns how many cannot. */
  long read(Handler handler) throws SourceException {
    int offset = 0;
    int size = pages.limit();
    long unreadable = 0;
    for (int request = 0; request < MAX_REQUESTS; request++) {
      try {
        Paginator.Page page = pages.askBriefly(path, query, offset, size, wanted);
        handler.take(page.rows());
        if (!page.full()) {
          return unreadable;
        }
        offset += page.rows().size();
        size = Math.min(pages.limit(), size * 2);
      } catch (Refused e) {
        pages.failUnlessUnrendered(path, query, e);
        if (size == 1) {
          unreadable++;
          offset++;
        } else {
          size = (size + 1) / 2;
        }
      }
    }
    throw SourceException.passing(
        "Prefect fails to answer %s, whatever is asked (500): look at Prefect's own log"
            .formatted(Request.post(path, query)));
  }
}
