package io.github.prefectgcm.query;

import java.util.ArrayList;
import java.util.List;

/** Rectangles on a grid of columns. */
final class Tiles {

  /** Where a tile is. */
  record Tile(String title, int x, int y, int width, int height) {
    private boolean overlaps(Tile other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  private Tiles() {}

  /** Tiles that leave the grid, are empty, or lie on one another. */
  static List<String> problems(List<Tile> tiles, int columns) {
    var problems = new ArrayList<String>();
    for (int i = 0; i < tiles.size(); i++) {
      Tile tile = tiles.get(i);
      if (tile.x() < 0
          || tile.y() < 0
          || tile.width() < 1
          || tile.height() < 1
          || tile.x() + tile.width() > columns) {
        problems.add(tile.title() + ": does not fit into " + columns + " columns");
      }
      for (Tile other : tiles.subList(0, i)) {
        if (tile.overlaps(other)) {
          problems.add(tile.title() + ": lies on " + other.title());
        }
      }
    }
    return problems;
  }
}
