package cloud.gardener.logging.export.tls;

import java.util.List;

/** The purpose of a TLS connection, which determines the protocols to negotiate (ALPN). */
public enum TlsUse {
  /** gRPC: HTTP/2, which requires TLS 1.2 or newer. */
  GRPC(List.of("h2"), true),

  /** HTTP/2 or HTTP/1.1, at the server's choice. */
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

  /** The protocols to offer to the server, in order of preference. */
  List<String> applicationProtocols() {
    return applicationProtocols;
  }

  /** Whether only the TLS features that HTTP/2 permits may be used. */
  boolean isHttp2Only() {
    return http2Only;
  }
}
