package io.github.prefectgcm.prefect.rest;

import com.google.gson.JsonObject;
import io.github.prefectgcm.history.Origin;
import io.github.prefectgcm.history.OwnerTag;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.JsonRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The names and owners of flows, or of deployments, by id; looked up once. */
final class NameCache {
  private static final Set<String> FIELDS = Set.of("id", "name", "tags");

  private final Paginator pages;
  private final String kind;
  private final OwnerTag ownerTag;
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Map<String, String> owners = new ConcurrentHashMap<>();

  /**
   * @param kind {@code flows} or {@code deployments}
   */
  NameCache(Paginator pages, String kind, OwnerTag ownerTag) {
    this.pages = pages;
    this.kind = kind;
    this.ownerTag = ownerTag;
  }

  /** Takes in a row with {@code id}, {@code name} and {@code tags}. */
  void learn(JsonRow row) throws SourceException {
    names.put(row.text("id"), row.text("name"));
    owners.put(row.text("id"), ownerTag.owner(row.texts("tags")));
  }

  /** Whose it is by its own tags, or else by others. */
  String owner(String id, List<String> otherTags) {
    String own = id.isEmpty() ? "" : owners.getOrDefault(id, "");
    return own.isEmpty() ? ownerTag.owner(otherTags) : own;
  }

  /** Looks up those that are not known. Ids are never used twice: what is gone stays gone. */
  void lookUp(Collection<String> ids) throws SourceException {
    var unknown = new LinkedHashSet<>(ids);
    unknown.removeAll(names.keySet());
    unknown.remove("");
    for (List<String> chunk : chunks(unknown, pages.limit())) {
      JsonObject query = QueryJson.of(kind, QueryJson.of("id", QueryJson.any(chunk)));
      Paginator.Listing listing = pages.all("/" + kind, query, FIELDS);
      for (JsonRow row : listing.rows()) {
        learn(row);
      }
      for (String id : chunk) {
        if (!names.containsKey(id)) {
          names.put(
              id, listing.unreadable() > 0 && exists(id) ? Origin.UNREADABLE : Origin.DELETED);
        }
      }
    }
  }

  /** A count takes in what cannot be read. */
  private boolean exists(String id) throws SourceException {
    return pages.count(
            "/" + kind, QueryJson.of(kind, QueryJson.of("id", QueryJson.any(List.of(id)))))
        > 0;
  }

  /** The ids that are known, and lead to something. */
  List<String> ids() {
    return names.entrySet().stream()
        .filter(each -> !each.getValue().equals(Origin.DELETED))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The name of an id that was looked up; the empty string for none. */
  String of(String id) {
    return id.isEmpty() ? "" : names.getOrDefault(id, Origin.DELETED);
  }

  static List<List<String>> chunks(Collection<String> ids, int size) {
    var chunks = new ArrayList<List<String>>();
    List<String> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += size) {
      chunks.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return chunks;
  }
}
