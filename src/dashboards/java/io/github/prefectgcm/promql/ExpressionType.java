package io.github.prefectgcm.promql;

/** What an expression yields, and the letter that stands for it. */
enum ExpressionType {
  SCALAR('s'),
  TEXT('t'),
  INSTANT('v'),
  RANGE('r');

  private final char letter;

  ExpressionType(char letter) {
    this.letter = letter;
  }

  char letter() {
    return letter;
  }
}
