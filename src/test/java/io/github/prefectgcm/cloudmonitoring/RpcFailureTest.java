package io.github.prefectgcm.cloudmonitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.auth.oauth2.UserCredentials;
import com.sun.net.httpserver.HttpServer;
import io.github.prefectgcm.cloudmonitoring.RpcFailure.Origin;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcFailureTest {

  @Test
  void credentialsThatWereRevokedStayRevoked() throws Exception {
    HttpServer tokens =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tokens.createContext(
        "/",
        exchange -> {
          byte[] answer = "{\"error\": \"invalid_grant\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    tokens.start();
    try {
      RpcFailure fault = refresh(tokens.getAddress().getPort());
      assertEquals(Origin.BAD_CREDENTIALS, fault.origin());
      assertFalse(fault.isPassing());
      assertFalse(fault.text().contains("top-secret"), fault.text());
    } finally {
      tokens.stop(0);
    }
  }

  @Test
  void aTokenServerThatIsNotThereMayComeBack() {
    RpcFailure fault = refresh(1);
    assertEquals(Origin.CREDENTIALS, fault.origin());
    assertTrue(fault.isPassing());
  }

  /** As gax reports a metadata server that does not answer, before any call is made. */
  @Test
  void anAccountThatCannotBeLookedUpMayBeLater() {
    RpcFailure fault =
        RpcFailure.of(
            ApiExceptionFactory.createException(
                "Unable to retrieve the Universe Domain from the Credentials.",
                new IOException("connect timed out"),
                GrpcStatusCode.of(Status.Code.UNAUTHENTICATED),
                false));
    assertEquals(Origin.CREDENTIALS, fault.origin());
    assertEquals("connect timed out", fault.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer ya29.a0AfH6SNcretsecret",
        "authorization: bearer c2VjcmV0.secret",
        "ya29.c.Ko8BvQ-secret",
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJzZWNyZXQifQ.secret",
        "-----BEGIN PRIVATE KEY-----\nMIIsecret\n-----END PRIVATE KEY-----",
      })
  void masksSecrets(String text) {
    String told = RpcFailure.of(Status.UNKNOWN.withDescription(text).asRuntimeException()).text();
    assertFalse(told.contains("secret"), told);
  }

  /** As gRPC reports credentials that fail. */
  private static RpcFailure refresh(int port) {
    var credentials =
        UserCredentials.newBuilder()
            .setClientId("client")
            .setClientSecret("top-secret")
            .setRefreshToken("top-secret")
            .setTokenServerUri(URI.create("http://localhost:" + port + "/"))
            .build();
    return RpcFailure.of(
        Status.UNAVAILABLE
            .withDescription("Credentials failed to obtain metadata")
            .withCause(assertThrows(IOException.class, credentials::getRequestMetadata))
            .asRuntimeException());
  }
}
