package io.github.prefectgcm.config;

import io.github.prefectgcm.prefect.http.ProxyServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The proxies that the environment names, for everything that the job connects to: Prefect, Cloud
 * Monitoring, and the servers that give access tokens.
 *
 * <p>For an https address it is {@code HTTPS_PROXY}, for an http address {@code HTTP_PROXY}, for
 * either one {@code ALL_PROXY} if its own is not set. Names in small letters win, even if they are
 * set to nothing. In a CGI, {@code HTTP_PROXY} would be a header that a client sent, so there only
 * the small letters count, as curl has it.
 */
public final class Proxies extends ProxySelector {
  private static final Set<String> METADATA =
      Set.of("metadata.google.internal", "metadata", "[fd20:ce::254]");

  private final Map<String, String> environment;

  public Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Makes all of this process use them, unless the environment names none. */
  public void install() {
    if (Stream.of("https_proxy", "http_proxy", "all_proxy")
        .noneMatch(name -> variable(name).isPresent())) {
      return; // what the JVM was told by properties, if anything, holds
    }
    // By default, the JVM sends no password to a proxy for a tunnel.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    ProxySelector.setDefault(this);
    Authenticator.setDefault(new Logins());
  }

  /** The proxy on the way to an address; none if its variable cannot be read. */
  Optional<ProxyServer> to(URI address) {
    return on(address).flatMap(Variable::server);
  }

  /** What is wrong with the variables that the way to an address depends on, in one sentence. */
  Optional<String> problem(URI address) {
    Optional<Variable> noProxy = variable("no_proxy");
    if (noProxy.isPresent() && noProxy.get().quotes().isPresent()) {
      return noProxy.get().quotes();
    }
    Optional<Variable> named = on(address);
    try {
      if (named.isEmpty() || named.get().flaw().isPresent()) {
        return named.flatMap(Variable::flaw);
      }
      var _ = named.get().read();
      return Optional.empty();
    } catch (Unfit e) {
      return Optional.of(named.get().name() + " must " + e.demand());
    }
  }

  private Optional<Variable> on(URI address) {
    boolean direct =
        isDirect(address)
            || variable("no_proxy")
                .filter(list -> new NoProxy(list.text()).matches(address))
                .isPresent();
    if (direct) {
      return Optional.empty();
    }
    boolean secure = "https".equalsIgnoreCase(address.getScheme());
    String name = secure ? "https_proxy" : "http_proxy";
    // Set to nothing is no proxy, not even that for all.
    return isSet(name) ? variable(name) : variable("all_proxy");
  }

  /** What is never behind a proxy: this machine's own link, and a server in place of Google's. */
  private boolean isDirect(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    return METADATA.contains(host)
        || host.startsWith("169.254.")
        || isNamed(Setting.MONITORING_EMULATOR_HOST.name(), address)
        || isNamed("GCE_METADATA_HOST", address);
  }

  private boolean isNamed(String name, URI address) {
    String server = environment.getOrDefault(name, "").strip();
    return server.equalsIgnoreCase(address.getHost())
        || server.equalsIgnoreCase(address.getHost() + ":" + address.getPort());
  }

  private boolean isSet(String name) {
    return environment.containsKey(name) || environment.containsKey(upper(name));
  }

  private Optional<Variable> variable(String name) {
    String used = environment.containsKey(name) ? name : upper(name);
    return Optional.ofNullable(environment.get(used))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> new Variable(used, text));
  }

  private String upper(String name) {
    // In a CGI, HTTP_PROXY is a header that a client sent.
    return name.equals("http_proxy") && environment.containsKey("REQUEST_METHOD")
        ? name
        : name.toUpperCase(Locale.ROOT);
  }

  @Override
  public List<Proxy> select(URI address) {
    return List.of(
        to(address)
            .map(proxy -> InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))
            .map(server -> new Proxy(Proxy.Type.HTTP, server))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException e) {
    // Whoever could not connect says so.
  }

  /** The login that a proxy wants, if that is what is asked for. */
  private Optional<ProxyServer.Login> login(String host, int port) {
    return Stream.of("https_proxy", "http_proxy", "all_proxy")
        .map(this::variable)
        .flatMap(Optional::stream)
        .map(Variable::server)
        .flatMap(Optional::stream)
        .filter(proxy -> proxy.host().equalsIgnoreCase(host) && proxy.port() == port)
        .map(ProxyServer::login)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private final class Logins extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? login(getRequestingHost(), getRequestingPort())
              .map(Logins::authentication)
              .orElseGet(super::getPasswordAuthentication)
          : super.getPasswordAuthentication();
    }

    private static PasswordAuthentication authentication(ProxyServer.Login login) {
      return new PasswordAuthentication(login.user(), login.password().reveal().toCharArray());
    }
  }

  private record Variable(String name, String text) {
    ProxyServer read() throws Unfit {
      return ProxyVariable.read(name, text);
    }

    Optional<ProxyServer> server() {
      try {
        return Optional.of(read());
      } catch (Unfit e) {
        return Optional.empty();
      }
    }

    Optional<String> quotes() {
      return Flaws.quotes(text).map(flaw -> name + " " + flaw);
    }

    Optional<String> flaw() {
      return quotes().or(() -> Flaws.in(name, text).map(flaw -> name + " " + flaw));
    }
  }
}
