package io.github.prefectgcm.embedded.prefect;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Which requests go wrong, and how; the rule written last wins. */
final class Script {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  void add(String route, int first, int last, HttpFault fault) {
    rules.addFirst(new Rule(route, first, last, fault, new AtomicInteger()));
  }

  void clear() {
    rules.clear();
  }

  /** Counts the request in every rule of its route. */
  Optional<HttpFault> next(ReceivedRequest request) {
    Optional<HttpFault> fault = Optional.empty();
    for (Rule rule : rules) {
      if (rule.covers(request.route())) {
        int nth = rule.seen.incrementAndGet();
        if (fault.isEmpty() && nth >= rule.first && nth <= rule.last) {
          fault = Optional.of(rule.fault);
        }
      }
    }
    return fault;
  }

  private record Rule(String route, int first, int last, HttpFault fault, AtomicInteger seen) {

    boolean covers(String path) {
      int star = route.indexOf('*');
      return star < 0
          ? path.equals(route)
          : path.startsWith(route.substring(0, star)) && path.endsWith(route.substring(star + 1));
    }
  }
}
