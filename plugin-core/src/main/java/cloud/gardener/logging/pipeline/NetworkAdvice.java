package cloud.gardener.logging.pipeline;

import java.util.Locale;

/**
 * What an operator should check when a backend cannot be reached. The causes are the messages of the operating system,
 * the JDK and Netty, which both transports pass on. A server that speaks another protocol has messages of its own, see
 * {@code export.transport.ExpectedPeer}.
 */
enum NetworkAdvice {
  REFUSED("connection refused", "nothing listens there: check the port, and whether the backend runs"),
  UNKNOWN_NAME("unable to resolve host", "the name is not known: check the endpoint, and the DNS policy of the pod"),
  FAILED_TO_RESOLVE("failed to resolve", UNKNOWN_NAME.advice),
  TIMED_OUT("timed out", "there is no answer: check host and port, network policies and firewalls, or raise Timeout"),
  DEADLINE("deadline", TIMED_OUT.advice),
  NO_ANSWER("within the timeout", TIMED_OUT.advice),
  NO_ROUTE("no route to host", "the network does not reach that address: check the endpoint and network policies"),
  UNREACHABLE("network is unreachable", NO_ROUTE.advice),
  NO_TRUST(
      "unable to find valid certification path",
      "the server's certificate is not trusted: name its authority with TLSCAFile");

  private final String cause;
  private final String advice;

  NetworkAdvice(String cause, String advice) {
    this.cause = cause;
    this.advice = advice;
  }

  /** Returns {@code reason}, with what to check behind it if it has one of the causes. */
  static String addTo(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    for (NetworkAdvice each : values()) {
      if (lower.contains(each.cause)) {
        return reason + ". " + Character.toUpperCase(each.advice.charAt(0)) + each.advice.substring(1);
      }
    }
    return reason;
  }
}
