package io.github.prefectgcm.cloudmonitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void groupsStayWhole() {
    assertEquals(List.of(150, 180), sizes(150, 60, 120));
  }

  @Test
  void asManyAsFitGoTogether() {
    assertEquals(List.of(200, 200, 50), sizes(IntStream.generate(() -> 1).limit(450).toArray()));
    assertEquals(List.of(200), sizes(100, 100));
  }

  @Test
  void onlyAGroupThatIsTooLargeIsSplit() {
    assertEquals(List.of(10, 200, 110), sizes(10, 300, 10));
    assertEquals(List.of(200), sizes(200));
    assertEquals(List.of(), sizes());
    assertEquals(List.of(), sizes(0));
  }

  private static List<Integer> sizes(int... groups) {
    List<List<String>> elements =
        IntStream.of(groups).mapToObj(size -> Collections.nCopies(size, "sample")).toList();
    return Batches.of(elements, Batches.MAX_SERIES).stream().map(List::size).toList();
  }
}
