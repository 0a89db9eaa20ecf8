package io.github.prefectgcm.job;

import java.util.List;
import java.util.regex.Pattern;

/** Texts from outside without what looks like a secret: an exception may quote one. */
final class Masked {
  private static final int LONGEST = 1_000;
  private static final String MASK = "***";

  /** Each with a group before the secret, which stays. */
  private static final List<Pattern> SECRETS =
      List.of(
          // A user's password in an address.
          Pattern.compile("(://[^\\s:/@]*:)[^\\s/@]+(?=@)"),
          Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[\\w.~+/=-]{8,}"),
          Pattern.compile(
              "(?i)(\\b[\\w-]*(?:password|passwd|secret|token|api[_-]?key|authorization)"
                  + "[\"']?\\s*[=:]\\s*[\"']?)(?!\\*\\*\\*)[^\\s\"',;&]+"),
          // By the beginnings that their makers gave them: Prefect, GitHub, Slack, AWS, Google.
          Pattern.compile(
              "(\\b)(?:pn[ubi]_|gh[pousr]_|github_pat_|xox[abprs]-|AKIA|ASIA|AIza|ya29\\.)[\\w.-]{8,}"),
          // A JSON Web Token.
          Pattern.compile("(\\b)eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"),
          // Long, of letters and digits; the ids that Prefect gives are shorter between hyphens.
          Pattern.compile("(\\b)(?=\\w*\\d)(?=\\w*[A-Za-z])\\w{32,}\\b"));

  private Masked() {}

  /** In one line, of at most 1,000 characters. */
  static String text(String text) {
    String masked = text.replaceAll("\\s*\\p{Cntrl}+\\s*", " ").strip();
    for (Pattern secret : SECRETS) {
      masked =
          secret.matcher(masked).replaceAll("$1" + Pattern.quote("").replace("\\Q\\E", "") + MASK);
    }
    if (masked.length() <= LONGEST) {
      return masked;
    }
    int end = Character.isHighSurrogate(masked.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return masked.substring(0, end) + "…";
  }
}
