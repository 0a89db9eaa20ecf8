package io.github.prefectgcm.prefect.http;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.prefectgcm.history.ClockReading;
import io.github.prefectgcm.history.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/** Reads an HTTP response as it arrives. */
final class ResponseReader {
  private static final int HEAD = 16 << 10;

  /** What users put into parameters may be nested deeper than gson likes. */
  private static final int NESTING = 10_000;

  private ResponseReader() {}

  /**
   * Reads one whose head has just arrived.
   *
   * @param now our clock
   */
  static <T> Response<T> read(
      ClassicHttpResponse response, Instant now, boolean byProxy, Decoder<T> decoder)
      throws IOException, SourceException {
    Optional<ClockReading> clock =
        header(response, "Date")
            .flatMap(ResponseReader::date)
            .map(date -> new ClockReading(date, now));
    String type = header(response, "Content-Type").orElse("");
    try (InputStream body = body(response)) {
      if (response.getCode() / 100 == 2 && type.toLowerCase(Locale.ROOT).contains("json")) {
        return new Response.Read<>(decoded(body, decoder), clock);
      }
      return new Response.Refusal<>(
          response.getCode(),
          clock,
          header(response, "Retry-After"),
          header(response, "Location").flatMap(ResponseReader::uri),
          type,
          new String(body.readNBytes(HEAD), StandardCharsets.UTF_8),
          byProxy);
    }
  }

  private static <T> T decoded(InputStream body, Decoder<T> decoder)
      throws IOException, SourceException {
    var in = new JsonReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    in.setStrictness(Strictness.STRICT);
    in.setNestingLimit(NESTING);
    T value = decoder.decode(in);
    if (in.peek() != JsonToken.END_DOCUMENT) {
      throw new MalformedJsonException("more than one JSON value");
    }
    return value;
  }

  private static InputStream body(ClassicHttpResponse response) throws IOException {
    if (response.getEntity() == null) {
      return InputStream.nullInputStream();
    }
    InputStream raw = response.getEntity().getContent();
    boolean gzip = header(response, "Content-Encoding").orElse("").equalsIgnoreCase("gzip");
    return new BoundedBody(gzip ? new GZIPInputStream(raw) : raw);
  }

  private static Optional<String> header(ClassicHttpResponse response, String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
