package io.github.prefectgcm.prefect.http;

import io.github.prefectgcm.history.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The file of {@code PREFECT_API_SSL_CERT_FILE}: authorities to trust besides the JVM's own. */
public record CaFile(Path path, List<X509Certificate> certificates) {
  public CaFile {
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads it.
   *
   * @throws SourceException that tells what is wrong with the file
   */
  public static CaFile read(Path path) throws SourceException {
    if (Files.notExists(path)) {
      throw unusable(path, "is not there");
    }
    if (Files.isDirectory(path)) {
      throw unusable(path, "is a directory: it must be a file");
    }
    if (!Files.isReadable(path)) {
      throw unusable(path, "may not be read by the user of this process");
    }
    if (!Files.isRegularFile(path)) {
      // To read a pipe or a terminal might never end.
      throw unusable(path, "is no regular file");
    }
    try {
      return new CaFile(path, Pem.certificates(Files.readAllBytes(path)));
    } catch (IOException e) {
      throw unusable(path, "cannot be read (%s)".formatted(e.getClass().getSimpleName()));
    } catch (CertificateException e) {
      throw unusable(path, String.valueOf(e.getMessage()));
    }
  }

  private static SourceException unusable(Path path, String why) {
    return SourceException.lasting(
        "PREFECT_API_SSL_CERT_FILE names \"%s\", which %s".formatted(path, why));
  }
}
