package cloud.gardener.logging.pipeline;

import java.util.Locale;

/**
 * What an operator should check when a backend cannot be reached. The causes are the messages of the operating system,
 * the JDK and Netty, which both transports pass on. A server that speaks another protocol has messages of its own, see
 * {@code export.transport.ExpectedPeer}.
 */
enum NetworkAdvice {
  // Of Netty's handler for both kinds of a proxy's authentication.
  PROXY(
      "http, none, ",
      "check HTTPProxy or the environment, user and password, and whether the proxy allows CONNECT to this address"),
  PROXY_WITH_USER("http, basic, ", PROXY.advice),
  REFUSED("connection refused", "nothing listens there: check the port, and whether the backend or the proxy runs"),
  UNKNOWN_NAME("unable to resolve host", "the name is not known: check the endpoint, and the DNS policy of the pod"),
  FAILED_TO_RESOLVE("failed to resolve", UNKNOWN_NAME.advice),
  TIMED_OUT("timed out", "there is no answer: check host and port, network policies and firewalls, or raise Timeout"),
  DEADLINE("deadline", TIMED_OUT.advice),
  NO_ANSWER("within the timeout", TIMED_OUT.advice),
  NO_ROUTE("no route to host", "the network does not reach that address: check the endpoint and network policies"),
  UNREACHABLE("network is unreachable", NO_ROUTE.advice),
  NO_FILES("too many open files", "raise the limit of open files of Fluent Bit"),
  NOT_TRUSTED(
      "not among the trusted authorities", "name the authority of the server's certificate with TLSCAFile"),
  EXPIRED(
      "certificate is refused: expired",
      "renew the certificate of the backend, or correct the clock of this machine"),
  NOT_YET_VALID(
      "certificate is refused: not valid yet",
      "correct the clock of this machine, or the certificate of the backend"),
  WRONG_NAME(
      "certificate is refused: wrong name",
      "use a name of the certificate in the endpoint, or set TLSServerName to one"),
  // Servers differ in the alert for a client certificate that is missing or not trusted.
  CERTIFICATE_REQUIRED(
      "alert: certificate_required",
      "the backend asks for a client certificate that it trusts: set TLSCertFile and TLSKeyFile"),
  BAD_CERTIFICATE("alert: bad_certificate", CERTIFICATE_REQUIRED.advice),
  UNKNOWN_CA("alert: unknown_ca", CERTIFICATE_REQUIRED.advice),
  CERTIFICATE_UNKNOWN("alert: certificate_unknown", CERTIFICATE_REQUIRED.advice),
  CLIENT_EXPIRED("alert: certificate_expired", "renew the client certificate, TLSCertFile"),
  NO_HANDSHAKE(
      "alert: handshake_failure",
      "check TLSMinVersion and TLSMaxVersion, and whether the backend asks for a client certificate (TLSCertFile)"),
  NO_VERSION(
      "alert: protocol_version", "check TLSMinVersion and TLSMaxVersion, and the versions of the backend"),
  VERSION_NOT_ACCEPTED("is not accepted by client preferences", NO_VERSION.advice);

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
