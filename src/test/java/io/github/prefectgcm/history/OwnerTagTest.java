package io.github.prefectgcm.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerTagTest {
  @ParameterizedTest
  @CsvSource({
    "team:, daily|team:data, data",
    "team:, team:data|team:ops, data",
    "team:, team: data , data",
    "team:, Team:data, ''",
    "team:, my-team:data, ''",
    "team:, team:, ''",
    "team:, daily, ''",
    "'', team:data, ''",
  })
  void theFirstTagThatBeginsSoNamesTheOwner(String prefix, String tags, String owner) {
    assertEquals(owner, new OwnerTag(prefix).owner(List.of(tags.split("\\|"))));
  }
}
