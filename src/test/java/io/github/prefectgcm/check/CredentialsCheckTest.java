package io.github.prefectgcm.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.prefectgcm.JobProcess;
import io.github.prefectgcm.Site;
import io.github.prefectgcm.cli.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code prefect-gcm check} says of credentials. Google's library looks for them in the
 * environment of the process, so this takes one. Nothing gets as far as the network.
 */
class CredentialsCheckTest {
  @TempDir private Path folder;

  private final Site site = new Site();

  @BeforeEach
  void reallyGoogle() {
    site.now = Instant.now();
    site.environment.remove("MONITORING_EMULATOR_HOST");
    site.environment.remove("GOOGLE_CLOUD_PROJECT");
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aFileThatIsNotThereIsToldApart() throws Exception {
    CheckAnswer answer = check(folder.resolve("nowhere.json"));

    answer.says(
        "✗ Google credentials  GOOGLE_APPLICATION_CREDENTIALS names "
            + folder.resolve("nowhere.json")
            + ", which does not exist: it must name a JSON file of credentials, such as a service"
            + " account's key");
    answer.says("– project             not checked: something before it failed");
    answer.says("– next window         not checked: something before it failed");
    answer.says("5 fine, 1 failed, 7 not checked: it will not get better by itself");
  }

  @Test
  void credentialsAreNamedAndNeedAProject() throws Exception {
    CheckAnswer answer =
        check(
            Files.writeString(
                folder.resolve("user.json"),
                """
                {"type": "authorized_user", "account": "ann@example.com",
                 "client_id": "id", "client_secret": "hunter2", "refresh_token": "hunter2"}\
                """));

    answer.says("✓ Google credentials  user credentials, ann@example.com");
    answer.says(
        "✗ project             the credentials do not tell which project to write to: set"
            + " GOOGLE_CLOUD_PROJECT");
    answer.says("– Cloud Monitoring    not checked: something before it failed");
  }

  private CheckAnswer check(Path credentials) throws IOException, InterruptedException {
    site.environment.put("GOOGLE_APPLICATION_CREDENTIALS", credentials.toString());
    Process process = JobProcess.of(site.environment, "check").start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(ExitCode.BROKEN, process.waitFor(), text);
    return new CheckAnswer(text.lines().toList());
  }
}
