/**
 * OTLP over HTTP/1.1 and HTTP/2, in protobuf or JSON.
 *
 * <pre>
 *   HttpClient          one target's requests
 *     HttpBody          the request's bytes: as they are, compressed, or as JSON (OtlpJson)
 *     HttpCall          one request under way
 *     HttpOutcome       status, headers and body -> result (HttpAnswer, RetryAfter, JsonAnswer, ErrorMessage)
 *   HttpPool            one HttpConnections per HttpKey: endpoint, TLS settings, proxy, version
 *     HttpConnections   the connections that are open, and who waits for one
 *       HttpConnector   makes one: Http1Connection or Http2Connection
 * </pre>
 *
 * <p><b>Why HTTP is spoken by Netty.</b> opentelemetry-java's {@code HttpSender} hands out an answer
 * without its headers, so Retry-After would be lost, and its senders block a thread for each request.
 * The JDK's client brings threads of its own for each set of TLS settings, cannot expect another name
 * in a certificate than the URL's, does not speak HTTP/2 over plaintext without asking first, and
 * keeps a second set of buffers. Netty is here already, with the thread, the memory and the
 * certificates that gRPC uses. Resident memory after 200 requests of 500 kB, ten at once, on JDK 25
 * with the options that the plugin starts its JVM with and {@code -Xmx96m}, from 39 MB before the
 * first (with TLS much of it is the JVM's compiler, busy with the ciphers):
 *
 * <pre>
 *                     plaintext HTTP/1.1   TLS HTTP/1.1   TLS HTTP/2   gRPC, plaintext
 *   Netty, as here          78 MB            138 MB         138 MB         94 MB
 *   JDK's client           150 MB            175 MB         165 MB
 * </pre>
 */
package cloud.gardener.logging.export.http;
