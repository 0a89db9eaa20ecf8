package io.github.prefectgcm.embedded.prefect;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;

/**
 * A Prefect server on a loopback port. It answers as of its clock, so a clock in the past shows the
 * workspace as it was then.
 *
 * <pre>{@code
 * var workspace = new Workspace(1);
 * var daily = workspace.deployment(workspace.flow("etl"), "daily", workspace.workPool("k8s", "kubernetes"));
 * workspace.finished(daily, StateType.FAILED, NOON, Duration.ofSeconds(90));
 * try (var prefect = EmbeddedPrefect.start(workspace, InstantSource.fixed(NOON.plusSeconds(60)))) {
 *   prefect.onNth("/flow_runs/filter", 2, Fault.tooManyRequests("1"));
 *   ... prefect.apiUrl() ...
 * }
 * }</pre>
 */
public final class EmbeddedPrefect implements AutoCloseable {
  private final ServerOptions settings;
  private final Routes routes;
  private final HttpListener listener;
  private final Script script = new Script();
  private final Queue<ReceivedRequest> requests = new ConcurrentLinkedQueue<>();

  private EmbeddedPrefect(Workspace workspace, InstantSource clock, ServerOptions settings) {
    this.settings = settings;
    routes = new Routes(workspace, clock, settings);
    listener = new HttpListener(settings.tls(), clock, this::answer);
  }

  /** Happens whenever a request is not answered, or hardly. */
  public void onSilence(Runnable action) {
    listener.onSilence(action);
  }

  /** A server as one gets it without any settings. */
  public static EmbeddedPrefect start(Workspace workspace, InstantSource clock) {
    return of(workspace, clock).start();
  }

  /** A server with settings, still to be started. */
  public static Setup of(Workspace workspace, InstantSource clock) {
    return new Setup(workspace, clock, ServerOptions.DEFAULT);
  }

  /** A server before its start. */
  public record Setup(Workspace workspace, InstantSource clock, ServerOptions settings) {

    public EmbeddedPrefect start() {
      var prefect = new EmbeddedPrefect(workspace, clock, settings);
      prefect.listener.start();
      return prefect;
    }

    /** Default and maximum of a page, {@code PREFECT_SERVER_API_DEFAULT_LIMIT}. */
    public Setup limit(int limit) {
      return with(settings.withLimit(limit));
    }

    /** {@code PREFECT_SERVER_API_AUTH_STRING}. */
    public Setup authString(String userAndPassword) {
      String encoded =
          Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
      return with(settings.withAuthorization("Basic " + encoded));
    }

    /** Asks for a key, as Prefect Cloud does. */
    public Setup apiKey(String key) {
      return with(settings.withAuthorization("Bearer " + key));
    }

    /** {@code PREFECT_SERVER_CSRF_PROTECTION_ENABLED}. */
    public Setup csrf() {
      return with(settings.withCsrf());
    }

    /** {@code PREFECT_SERVER_API_BASE_PATH}; {@code /api} unless set. */
    public Setup basePath(String path) {
      return with(settings.withBasePath(path));
    }

    /** Behaves like that version: before 3.0.4 runs cannot be filtered by end time. */
    public Setup version(String version) {
      return with(settings.withVersion(version));
    }

    public Setup tls(SSLContext context) {
      return with(settings.withTls(context));
    }

    private Setup with(ServerOptions next) {
      return new Setup(workspace, clock, next);
    }
  }

  public URI apiUrl() {
    String scheme = settings.tls().isPresent() ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + listener.port() + settings.basePath());
  }

  /**
   * Goes wrong at the nth request of a route, from 1, counted from now.
   *
   * @param route a path below the base path; one {@code *} stands for any text
   */
  public void onNth(String route, int nth, HttpFault fault) {
    script.add(route, nth, nth, fault);
  }

  /** Goes wrong at the next requests of a route, that many times. */
  public void onNext(String route, int times, HttpFault fault) {
    script.add(route, 1, times, fault);
  }

  /** Goes wrong at every request of a route. */
  public void onEvery(String route, HttpFault fault) {
    script.add(route, 1, Integer.MAX_VALUE, fault);
  }

  /** Nothing goes wrong any more. */
  public void recover() {
    script.clear();
  }

  /** The server forgets its CSRF tokens, as if they had expired. */
  public void expireCsrfTokens() {
    routes.expireCsrfTokens();
  }

  /** All requests in order of their arrival. */
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /** The requests of one route. */
  public List<ReceivedRequest> requests(String route) {
    return requests.stream().filter(request -> request.route().equals(route)).toList();
  }

  public void forgetRequests() {
    requests.clear();
    listener.forgetMostAtOnce();
  }

  /** How many requests were under way at the same time, at most, until their last byte was sent. */
  public int mostAtOnce() {
    return listener.mostAtOnce();
  }

  @Override
  public void close() {
    listener.close();
  }

  private ServerResponse answer(ReceivedRequest raw) {
    Optional<ReceivedRequest> request = belowBase(raw);
    if (request.isEmpty()) {
      return outside(raw);
    }
    requests.add(request.get());
    Optional<HttpFault> fault = script.next(request.get());
    return fault.isPresent()
        ? fault.get().answer(request.get(), routes::answer)
        : routes.answer(request.get());
  }

  private Optional<ReceivedRequest> belowBase(ReceivedRequest raw) {
    if (!raw.path().startsWith(settings.basePath() + "/")) {
      return Optional.empty();
    }
    String path = raw.path().substring(settings.basePath().length());
    // On an Upgrade to h2c Prefect's HTTP parser loses the body.
    String body = raw.headers().containsKey("upgrade") ? "" : raw.body();
    return Optional.of(new ReceivedRequest(raw.method(), path, raw.headers(), body));
  }

  /** The UI lives there: a page for every path, nothing to post to. */
  private static ServerResponse outside(ReceivedRequest raw) {
    return raw.method().equals("GET")
        ? ServerResponse.text(
            200, "text/html; charset=utf-8", "<!doctype html><title>Prefect</title>")
        : ServerResponse.detail(405, "Method Not Allowed");
  }
}
