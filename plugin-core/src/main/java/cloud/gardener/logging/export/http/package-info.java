/**
 * OTLP over HTTP/1.1 and HTTP/2, in protobuf or JSON.
 *
 * <pre>
 *   HttpClient          one target's requests
 *     HttpBody          the request's bytes: as they are, compressed, or as JSON (OtlpJson)
 *     HttpCall          one request in flight
 *     HttpOutcome       status, headers and body -> result (ReceivedResponse, RetryAfter, JsonResponse,
 *                       ErrorMessage)
 *   HttpPool            one HttpConnections per HttpKey: endpoint, TLS settings, proxy, version
 *     HttpConnections   the open connections, and the calls that wait for one
 *       HttpConnector   opens one: Http1Connection or Http2Connection
 * </pre>
 *
 * <p><b>Why Netty implements HTTP.</b> opentelemetry-java's {@code HttpSender} returns a response without its
 * headers, so Retry-After would be lost, and its senders block a thread per request. The JDK's client starts its own
 * threads for each set of TLS settings, cannot verify a certificate against a name other than the URL's, does not
 * support HTTP/2 over plaintext with prior knowledge, and keeps a second set of buffers. Netty is already present,
 * with the thread, the memory and the certificates that gRPC uses. The table shows the resident memory after 200
 * requests of 500 kB, ten at once, on JDK 25 with the plugin's JVM options and {@code -Xmx96m}. It is 39 MB before
 * the first request. With TLS, a large part is the JVM's compiler, which compiles the ciphers.
 *
 * <pre>
 *                     plaintext HTTP/1.1   TLS HTTP/1.1   TLS HTTP/2   gRPC, plaintext
 *   Netty, as here          78 MB            138 MB         138 MB         94 MB
 *   JDK's client           150 MB            175 MB         165 MB
 * </pre>
 */
package cloud.gardener.logging.export.http;
