package io.github.prefectgcm.config;

/** A text is not what it must be. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1;

  private final String demand;

  /**
   * @param demand what it must be, as the rest of a sentence that ends in "must"
   */
  Unfit(String demand) {
    super(demand, null, false, false);
    this.demand = demand;
  }

  String demand() {
    return demand;
  }
}
