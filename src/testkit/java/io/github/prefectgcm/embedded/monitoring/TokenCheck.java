package io.github.prefectgcm.embedded.monitoring;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.function.Predicate;

/** Refuses calls without a token that it likes. */
record TokenCheck(Predicate<String> isGood) implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    boolean good =
        Optional.ofNullable(headers.get(AUTHORIZATION))
            .filter(text -> text.startsWith(BEARER))
            .map(text -> text.substring(BEARER.length()))
            .filter(isGood)
            .isPresent();
    if (good) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.UNAUTHENTICATED.withDescription(
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
                + " cookie or other valid authentication credential."),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
