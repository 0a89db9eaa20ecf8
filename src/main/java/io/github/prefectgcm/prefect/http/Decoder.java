package io.github.prefectgcm.prefect.http;

import com.google.gson.stream.JsonReader;
import io.github.prefectgcm.history.SourceException;
import java.io.IOException;

/**
 * Reads one JSON value as it arrives.
 *
 * <p>An {@link IOException} means that the answer is cut or malformed, and is worth another try; a
 * {@link SourceException} that it is JSON, but not what was to be expected.
 */
public interface Decoder<T> {
  T decode(JsonReader in) throws IOException, SourceException;
}
