package cloud.gardener.logging.export.tls;

import java.util.List;

/** What a TLS connection is for, and so what is agreed on in its handshake (ALPN). */
public enum TlsUse {
  /** gRPC: HTTP/2, which wants TLS 1.2 or newer. */
  GRPC(List.of("h2"), true),

  /** HTTP/2 or HTTP/1.1, as the server likes. */
  HTTP(List.of("h2", "http/1.1"), false),

  /** HTTP/1.1 only. */
  HTTP_1(List.of("http/1.1"), false),

  /** HTTP/2 only. */
  HTTP_2(List.of("h2"), true);

  private final List<String> applicationProtocols;
  private final boolean http2Only;

  TlsUse(List<String> applicationProtocols, boolean http2Only) {
    this.applicationProtocols = applicationProtocols;
    this.http2Only = http2Only;
  }

  /** Offered to the server, the best first. */
  List<String> applicationProtocols() {
    return applicationProtocols;
  }

  /** Whether only what HTTP/2 allows may be spoken. */
  boolean isHttp2Only() {
    return http2Only;
  }
}
