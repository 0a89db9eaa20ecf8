package io.github.prefectgcm.history;

import java.util.List;

/**
 * Which tag names an owner.
 *
 * @param prefix what such a tag begins with, such as {@code team:}; the empty string if none does
 */
public record OwnerTag(String prefix) {
  /** Nothing has an owner. */
  public static final OwnerTag NONE = new OwnerTag("");

  /** What follows the prefix in the first tag that has it; the empty string if none has. */
  public String owner(List<String> tags) {
    if (prefix.isEmpty()) {
      return "";
    }
    return tags.stream()
        .filter(tag -> tag.startsWith(prefix))
        .findFirst()
        .map(tag -> tag.substring(prefix.length()).strip())
        .orElse("");
  }
}
