package io.github.prefectgcm.prefect.rest;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.prefectgcm.history.ClockReading;
import io.github.prefectgcm.history.ServerStatus;
import io.github.prefectgcm.history.SourceException;
import io.github.prefectgcm.prefect.http.Api;
import io.github.prefectgcm.prefect.http.FailureMessages;
import io.github.prefectgcm.prefect.http.JsonRow;
import io.github.prefectgcm.prefect.http.Request;
import io.github.prefectgcm.prefect.http.Response;
import io.github.prefectgcm.prefect.http.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first questions: is it there, what time is it, which version is it. */
final class ServerProbe {
  /**
   * A release, or a candidate for one, of a major version that has this API. What somebody built
   * between two releases calls itself {@code 0.0.0+1.g1234567} or {@code 3.0.3+12.g1234567}, which
   * does not tell what it can do.
   */
  private static final Pattern RELEASE =
      Pattern.compile("([1-9]\\d{0,5})\\.(\\d{1,6})\\.(\\d{1,6})((a|b|rc)\\d{1,6})?");

  private final Api api;
  private final URI apiUrl;

  ServerProbe(Api api, URI apiUrl) {
    this.api = api;
    this.apiUrl = apiUrl;
  }

  ServerStatus exchange() {
    Request request = Request.get("/health");
    Response<Boolean> health;
    try {
      health = api.reply(request, Map.of(), ServerProbe::isTrue, RetryPolicy.BRIEF);
    } catch (SourceException e) {
      return new ServerStatus(false, Optional.empty(), Optional.empty(), Optional.of(e));
    }
    if (health instanceof Response.Refusal<Boolean> refusal && isConclusive(refusal)) {
      return new ServerStatus(
          false, refusal.clock(), Optional.empty(), Optional.of(api.refused(request, refusal)));
    }
    boolean healthy = health instanceof Response.Read<Boolean> read && read.value();
    return version(healthy, health.clock());
  }

  /** Whether it says that its database answers; nothing is known of one without that route. */
  Optional<Boolean> ready() {
    try {
      Response<Boolean> reply =
          api.reply(Request.get("/ready"), Map.of(), ServerProbe::isSaid, RetryPolicy.BRIEF);
      return reply instanceof Response.Refusal<Boolean> refusal && !refusal.isPassing()
          ? Optional.empty()
          : Optional.of(reply instanceof Response.Read<Boolean>);
    } catch (SourceException e) {
      return Optional.of(false);
    }
  }

  /** Whatever it says with a good status. */
  private static boolean isSaid(JsonReader in) throws IOException {
    in.skipValue();
    return true;
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
  private static boolean isConclusive(Response.Refusal<?> refusal) {
    return !refusal.isPassing() && !(refusal.status() == 404 && refusal.isJson());
  }

  private ServerStatus version(boolean healthy, Optional<ClockReading> clock) {
    if (FailureMessages.isCloud(apiUrl)) {
      return new ServerStatus(healthy, clock, Optional.of("cloud"), Optional.empty());
    }
    try {
      var reply =
          api.reply(
              Request.get("/admin/version"), Map.of(), ServerProbe::version, RetryPolicy.BRIEF);
      Optional<String> version =
          reply instanceof Response.Read<String> read
              ? Optional.of(read.value())
              : Optional.empty();
      return new ServerStatus(
          healthy, clock.or(reply::clock), version, version.flatMap(ServerProbe::tooOld));
    } catch (SourceException e) {
      // The version is nice to know; what kept it from us will be told by the reads that follow.
      return new ServerStatus(healthy, clock, Optional.empty(), Optional.empty());
    }
  }

  private static String version(JsonReader in) throws IOException, SourceException {
    if (in.peek() != JsonToken.STRING) {
      throw JsonRow.unusable("version");
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
