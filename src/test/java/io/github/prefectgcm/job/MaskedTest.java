package io.github.prefectgcm.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no key was found|no key was found",
        "postgresql://etl:s3cr3t@db:5432/x failed|postgresql://etl:***@db:5432/x failed",
        "Authorization: Bearer abcdefgh.ijk|Authorization: *** ***",
        "sent Bearer abcdefghijk to x|sent Bearer *** to x",
        "password=hunter2, user=me|password=***, user=me",
        "{\"api_key\": \"hunter2\"}|{\"api_key\": \"***\"}",
        "DB_PASSWORD: hunter2|DB_PASSWORD: ***",
        "key pnu_0123456789abcdef is wrong|key *** is wrong",
        "ghp_0123456789abcdefghij|***",
        "AKIA0123456789ABCDEF and AIzaSyA-0123456789|*** and ***",
        "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl|***",
        "digest 0123456789abcdef0123456789abcdef01234567|digest ***",
        "run 123e4567-e89b-12d3-a456-426614174000 of it|run 123e4567-e89b-12d3-a456-426614174000 of"
            + " it",
        "a tokenizer of 5 tokens|a tokenizer of 5 tokens",
      })
  void whatLooksLikeASecretIsMasked(String text, String masked) {
    assertEquals(masked, Masked.text(text));
  }

  @Test
  void itIsOneShortLine() {
    assertEquals("one two", Masked.text(" one\r\n\ttwo\n"));
    String long1 = Masked.text("é".repeat(5_000));
    assertEquals(1_000, long1.length());
    assertTrue(long1.endsWith("…"));
    String pairs = Masked.text("x" + "😀".repeat(3_000));
    assertTrue(pairs.length() <= 1_000);
    assertTrue(Character.isLowSurrogate(pairs.charAt(pairs.length() - 2)));
  }
}
