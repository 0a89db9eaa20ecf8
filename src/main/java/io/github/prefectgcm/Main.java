package io.github.prefectgcm;

final class Main {
  private Main() {}

  static void main() {
    System.out.println("hi");
  }
}
