package io.github.prefectgcm.cloudmonitoring;

import com.google.api.gax.rpc.ApiException;
import com.google.auth.Retryable;
import com.google.monitoring.v3.CreateTimeSeriesSummary;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What came back instead of an answer.
 *
 * @param text one line, without secrets
 * @param reason of the <a href="https://google.aip.dev/193#errorinfo">ErrorInfo</a>, or ""
 * @param summary how much of a write was applied all the same
 * @param retryAfter how long the server wants to be left alone
 */
record RpcFailure(
    Status.Code code,
    String text,
    Origin origin,
    String reason,
    Optional<CreateTimeSeriesSummary> summary,
    Optional<Duration> retryAfter) {

  /** Who says so. */
  enum Origin {
    /** Cloud Monitoring itself. */
    SERVER,
    /** This side: nothing could be sent, or nothing came. */
    NETWORK,
    /** Credentials that gave no token this time. */
    CREDENTIALS,
    /** Credentials that will give no token however often they are asked. */
    BAD_CREDENTIALS
  }

  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)credentials? (failed|metadata)|universe domain");

  private static final Pattern BAD_CREDENTIALS =
      Pattern.compile(
          "invalid_(grant|client|rapt|request|scope|target)|unauthorized_client|account_disabled"
              + "|deleted_client|getAccessToken|Error code 40[34]");

  /** A machine that has no service account. */
  private static final Pattern NO_ACCOUNT = Pattern.compile("Error code 40[34] ");

  private static final int LONGEST = 300;

  private static final Pattern BAD_NAME =
      Pattern.compile("^(Field name had an invalid value|Name must begin)");

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)bearer +\\S+|ya29\\.\\S+|eyJ[\\w-]+\\.[\\w.-]+|AIza[\\w-]{30,}"
              + "|-----BEGIN.*?(-----END[^-]*-----|$)");

  static RpcFailure of(Throwable thrown) {
    Status status = Status.fromThrowable(thrown);
    // Not every ApiException comes from a gRPC status.
    Status.Code code =
        causes(thrown)
            .filter(ApiException.class::isInstance)
            .findFirst()
            .map(api -> ((ApiException) api).getStatusCode().getCode().name())
            .map(Status.Code::valueOf)
            .orElse(status.getCode());
    // A status that came over the wire never has a cause.
    boolean local = status.getCause() != null;
    String said = Optional.ofNullable(status.getDescription()).orElse(local ? "" : "no text");
    Origin origin = origin(code, said, local, thrown);
    String text = local ? firstLine(said) + root(thrown) : said;
    com.google.rpc.Status rich =
        Optional.ofNullable(StatusProto.fromThrowable(thrown))
            .orElse(com.google.rpc.Status.getDefaultInstance());
    return new RpcFailure(
        code,
        oneLine(text),
        origin,
        detail(rich, ErrorInfo.class).map(ErrorInfo::getReason).orElse(""),
        detail(rich, CreateTimeSeriesSummary.class),
        detail(rich, RetryInfo.class)
            .map(RetryInfo::getRetryDelay)
            .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos())));
  }

  /** Not even gRPC said anything. */
  static RpcFailure late(Duration timeout) {
    return of(
        Status.DEADLINE_EXCEEDED
            .withDescription("no answer within " + timeout.toMillis() / 1e3 + " s")
            .asException());
  }

  /**
   * What came back instead of an access token, or of something else that only credentials tell.
   *
   * @param from who was asked: a server or a file
   * @param server whether it is the metadata server, which others may answer for, with anything
   */
  static RpcFailure ofCredentials(String from, boolean server, Throwable thrown) {
    boolean lasting =
        causes(thrown)
            .anyMatch(cause ->
                server
                    ? NO_ACCOUNT.matcher(String.valueOf(cause.getMessage())).find()
                    : isFinal(cause) || cause instanceof IllegalArgumentException);
    return ofCredentials(
        lasting ? Origin.BAD_CREDENTIALS : Origin.CREDENTIALS,
        from + ": " + (isOdd(thrown) ? "no usable answer" : shortened(root(thrown))));
  }

  /** The library stumbles over answers that it does not expect; its own words help nobody then. */
  private static boolean isOdd(Throwable thrown) {
    return causes(thrown)
        .anyMatch(cause ->
            cause instanceof NullPointerException
                || cause instanceof ClassCastException
                || cause instanceof ArithmeticException);
  }

  static RpcFailure ofCredentials(Origin origin, String text) {
    return new RpcFailure(
        Status.Code.UNAVAILABLE, oneLine(text), origin, "", Optional.empty(), Optional.empty());
  }

  /** Some servers answer with pages. */
  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /** Whether the same request may be answered a moment later. */
  boolean isPassing() {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, INTERNAL, ABORTED, RESOURCE_EXHAUSTED ->
          origin != Origin.BAD_CREDENTIALS && !isPartial();
      default -> origin == Origin.CREDENTIALS;
    };
  }

  /** Whether a part of a write was applied. */
  boolean isPartial() {
    return summary.filter(applied -> applied.getSuccessPointCount() > 0).isPresent();
  }

  /** Whether the samples are to blame, some or all; not the project's name, say. */
  boolean isAboutSamples() {
    return code == Status.Code.INVALID_ARGUMENT && !isAboutProject();
  }

  /** Whether a request is called invalid for its project's name. */
  boolean isAboutProject() {
    return BAD_NAME.matcher(text).find();
  }

  private static Origin origin(Status.Code code, String said, boolean local, Throwable thrown) {
    if (local && causes(thrown).anyMatch(cause -> CREDENTIALS.matcher(cause.toString()).find())) {
      return causes(thrown).anyMatch(RpcFailure::isFinal)
          ? Origin.BAD_CREDENTIALS
          : Origin.CREDENTIALS;
    }
    boolean unanswered = local || said.contains("waiting_for_connection");
    return unanswered && (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED)
        ? Origin.NETWORK
        : Origin.SERVER;
  }

  private static boolean isFinal(Throwable cause) {
    String message = Optional.ofNullable(cause.getMessage()).orElse("");
    return cause instanceof IllegalStateException
        || (cause instanceof Retryable answer && !answer.isRetryable())
        || BAD_CREDENTIALS.matcher(message).find();
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
  }

  /** Netty adds its pipeline in further lines. */
  private static String firstLine(String said) {
    return said.lines().findFirst().map(line -> line + ": ").orElse("");
  }

  private static String root(Throwable thrown) {
    Throwable root = causes(thrown).reduce(thrown, (outer, inner) -> inner);
    return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
  }

  static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    return SECRET.matcher(line).replaceAll("***");
  }

  private static <T extends Message> Optional<T> detail(com.google.rpc.Status rich, Class<T> type) {
    for (Any any : rich.getDetailsList()) {
      if (any.is(type)) {
        try {
          return Optional.of(any.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty(); // cut short on its way: as good as missing
        }
      }
    }
    return Optional.empty();
  }
}
