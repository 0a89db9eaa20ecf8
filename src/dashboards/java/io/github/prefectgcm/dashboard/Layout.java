package io.github.prefectgcm.dashboard;

import java.util.ArrayList;
import java.util.List;

/** Puts panels side by side, and into a new row where the width is used up. */
final class Layout<T> {

  /** Where something is. */
  record Place<T>(T what, int x, int y, int width, int height) {}

  private final int columns;
  private final List<Place<T>> places = new ArrayList<>();
  private int x;
  private int y;
  private int rowHeight;

  Layout(int columns) {
    this.columns = columns;
  }

  void add(T what, int width, int height) {
    if (x + width > columns) {
      endRow();
    }
    places.add(new Place<>(what, x, y, width, height));
    x += width;
    rowHeight = Math.max(rowHeight, height);
  }

  void endRow() {
    x = 0;
    y += rowHeight;
    rowHeight = 0;
  }

  List<Place<T>> places() {
    return List.copyOf(places);
  }
}
