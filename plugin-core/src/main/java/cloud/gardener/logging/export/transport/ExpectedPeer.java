package cloud.gardener.logging.export.transport;

/**
 * The protocol that a server is expected to use, and the messages for the user when it does not: what the server
 * does, and which setting conflicts.
 *
 * @param tls whether its first bytes are expected to be TLS
 * @param http2 whether it is expected to use HTTP/2
 * @param grpc whether HTTP/2 is for gRPC
 */
public record ExpectedPeer(boolean tls, boolean http2, boolean grpc) {
  private static final String TYPE = "the type (SeedType, ShootType)";
  private static final String GRPC_PORT = "its port for OTLP/gRPC, 4317 by default";

  /** The meaning of a gRPC response with another content type, or of an HTTP response with gRPC's. */
  public static final String NO_GRPC =
      "the server speaks HTTP/2 but not gRPC here: set " + TYPE + " to otlp_http, or use " + GRPC_PORT;

  public static final String ONLY_GRPC =
      "the server speaks gRPC here: set " + TYPE + " to otlp_grpc, or use its port for OTLP/HTTP,"
          + " 4318 by default";

  /** The meaning of TLS without a common protocol (ALPN). */
  public static final String NO_HTTP2_OVER_TLS_FOR_GRPC =
      "the server does not offer HTTP/2 over TLS, which gRPC needs: set " + TYPE
          + " to otlp_http, or use " + GRPC_PORT;

  public static final String NO_HTTP2_OVER_TLS =
      "the server does not offer HTTP/2 over TLS: set HTTPVersion to auto or 1.1";

  public static final String ONLY_HTTP2_OVER_TLS =
      "the server does not offer HTTP/1.1 over TLS: set HTTPVersion to auto or 2, or " + TYPE
          + " to otlp_grpc if this is its port for OTLP/gRPC";

  /** The expected response of a proxy. */
  static final String NO_PROXY_SPOKEN =
      "the proxy does not answer in HTTP/1.1: check HTTPProxy, or HTTPS_PROXY and HTTP_PROXY in the"
          + " environment";

  /** The protocol that the server is expected to begin with. */
  PeerProtocol protocol() {
    return tls ? PeerProtocol.TLS : http2 ? PeerProtocol.HTTP_2 : PeerProtocol.HTTP_1;
  }

  /** One line for a server that begins with another protocol. */
  String describeMismatch(PeerProtocol actual) {
    if (actual == PeerProtocol.TLS) {
      return "the server speaks TLS here, and plaintext is sent: set Insecure to false, or write"
          + " https:// in the endpoint";
    }
    if (tls) {
      String what =
          switch (actual) {
            case HTTP_1 -> "in plaintext HTTP/1.1";
            case HTTP_2 -> "in plaintext HTTP/2";
            default -> "with something that is no TLS";
          };
      return "TLS is asked for, and the server answers " + what
          + ": set Insecure to true or write http:// in the endpoint, or use its port for TLS";
    }
    return switch (actual) {
      case HTTP_1 ->
          grpc
              ? "the server speaks HTTP/1.1 and no gRPC here: set " + TYPE + " to otlp_http, or use "
                  + GRPC_PORT
              : "the server speaks HTTP/1.1 and no HTTP/2 here: set HTTPVersion to 1.1";
      case HTTP_2 ->
          "the server speaks HTTP/2 alone here: set " + TYPE + " to otlp_grpc if this is " + GRPC_PORT
              + ", else HTTPVersion to 2";
      default ->
          grpc
              ? "the answer of the server is neither gRPC nor HTTP: check the endpoint's host and port, and " + TYPE
              : "the server does not speak HTTP here: check the endpoint's host and port";
    };
  }

  /** One line for a server that closes the connection without sending a byte. */
  String describeSilence() {
    String sent = grpc ? "gRPC" : http2 ? "HTTP/2" : "HTTP/1.1";
    return "the server ended the connection without an answer to " + (tls ? "TLS" : sent)
        + (tls ? "" : " in plaintext")
        + ". If that goes on: check the endpoint's port, Insecure"
        + (grpc ? " and " + TYPE : ", " + TYPE + " and HTTPVersion");
  }
}
