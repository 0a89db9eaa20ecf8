package io.github.prefectgcm.prefect;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.prefectgcm.history.ClockReading;
import io.github.prefectgcm.history.Contact;
import io.github.prefectgcm.history.SourceException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first questions: is it there, what time is it, which version is it. */
final class Greeting {
  /**
   * A release, or a candidate for one, of a major version that has this API. What somebody built
   * between two releases calls itself {@code 0.0.0+1.g1234567} or {@code 3.0.3+12.g1234567}, which
   * does not tell what it can do.
   */
  private static final Pattern RELEASE =
      Pattern.compile("([1-9]\\d{0,5})\\.(\\d{1,6})\\.(\\d{1,6})((a|b|rc)\\d{1,6})?");

  private final Api api;
  private final URI apiUrl;

  Greeting(Api api, URI apiUrl) {
    this.api = api;
    this.apiUrl = apiUrl;
  }

  Contact exchange() {
    Request request = Request.get("/health");
    Reply<Boolean> health;
    try {
      health = api.reply(request, Map.of(), Greeting::isTrue, Patience.BRIEF);
    } catch (SourceException e) {
      return new Contact(false, Optional.empty(), Optional.empty(), Optional.of(e));
    }
    if (health instanceof Reply.Refusal<Boolean> refusal && isConclusive(refusal)) {
      return new Contact(
          false, refusal.clock(), Optional.empty(), Optional.of(api.refused(request, refusal)));
    }
    boolean healthy = health instanceof Reply.Read<Boolean> read && read.value();
    return version(healthy, health.clock());
  }

  /** Anything that is JSON but not true counts as not healthy. */
  private static boolean isTrue(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.BOOLEAN) {
      return in.nextBoolean();
    }
    in.skipValue();
    return false;
  }

  /**
   * Whether no other route will answer better. A server in trouble may; so may one behind something
   * that lets only some routes through, if it is Prefect that answers.
   */
  private static boolean isConclusive(Reply.Refusal<?> refusal) {
    return !refusal.isPassing() && !(refusal.status() == 404 && refusal.isJson());
  }

  private Contact version(boolean healthy, Optional<ClockReading> clock) {
    if (Advice.isCloud(apiUrl)) {
      return new Contact(healthy, clock, Optional.of("cloud"), Optional.empty());
    }
    try {
      var reply =
          api.reply(Request.get("/admin/version"), Map.of(), Greeting::version, Patience.BRIEF);
      Optional<String> version =
          reply instanceof Reply.Read<String> read ? Optional.of(read.value()) : Optional.empty();
      return new Contact(
          healthy, clock.or(reply::clock), version, version.flatMap(Greeting::tooOld));
    } catch (SourceException e) {
      // The version is nice to know; what kept it from us will be told by the reads that follow.
      return new Contact(healthy, clock, Optional.empty(), Optional.empty());
    }
  }

  private static String version(JsonReader in) throws IOException, SourceException {
    if (in.peek() != JsonToken.STRING) {
      throw Row.unusable("version");
    }
    return in.nextString();
  }

  private static Optional<SourceException> tooOld(String version) {
    Matcher matcher = RELEASE.matcher(version);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    int patch = Integer.parseInt(matcher.group(3));
    return major < 3 || (major == 3 && minor == 0 && patch < 4)
        ? Optional.of(
            SourceException.lasting(
                "Prefect server %s is too old, the end_time filter needs 3.0.4 or later: upgrade the server"
                    .formatted(version)))
        : Optional.empty();
  }
}
