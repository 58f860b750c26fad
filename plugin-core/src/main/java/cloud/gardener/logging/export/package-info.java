/**
 * Clients for OTLP backends, their results, and the pauses between attempts.
 *
 * <pre>
 *   pipeline's worker
 *     | export(request, written, done) ^ written(), at most once; done(result), exactly once: ExportEnd
 *     v                                |
 *   ExportClient   GrpcClient | HttpClient | StdoutClient | NoopClient     made by ExportClients
 *     |                                ^
 *     v                                | GrpcOutcome, HttpOutcome: status and headers -> result
 *   GrpcCall, HttpCall    one per request under way
 *     |
 *   SharedChannel         one per endpoint, TLS settings and proxy                  ChannelPool
 *   HttpConnections       one per endpoint, TLS settings, proxy and version        HttpPool
 *     |                                ^
 *     |                                | ReloadingTls: certificates as they are now, by Reloading
 *   PeerCheck             the first bytes: does the server speak what is asked of it
 *     |
 *   NettyTransport        one thread, one arena, for all
 * </pre>
 *
 * <ul>
 *   <li>A client sends a request once. Queue, acknowledgement and retry belong to the caller; what it
 *       must do is the type of the {@link cloud.gardener.logging.export.ExportResult}.
 *   <li>"Written" is said when the last byte has passed the flow control and reached the socket, so that
 *       a caller can keep requests in order without waiting for answers: {@link
 *       cloud.gardener.logging.export.GrpcCall} and {@link cloud.gardener.logging.export.HttpCall}.
 *   <li>"The backend answered" is not "the call failed": only an answer can be a refusal, of what is in
 *       the request or of everything. {@link
 *       cloud.gardener.logging.export.GrpcOutcome} and {@link
 *       cloud.gardener.logging.export.HttpOutcome} are the places that decide. A yes over HTTP must be
 *       one that an OTLP receiver can have said.
 *   <li>An export always ends: {@link cloud.gardener.logging.export.ExportEnd} makes a retry of whatever
 *       fails while a result is found.
 *   <li>The request's bytes are copied once, from the queue's arrays into the buffers that the socket
 *       is written from. Nothing is parsed on the way, but for JSON.
 *   <li>Pauses are {@link cloud.gardener.logging.export.Backoff}'s and {@link
 *       cloud.gardener.logging.export.RateLimiter}'s alone: gRPC's own between two connects are
 *       switched off by {@link cloud.gardener.logging.export.SharedChannel}.
 *   <li>Idle costs nothing that counts: no thread per client, no connection a minute after the last
 *       export.
 *   <li>Where a client goes is decided when it is made: the endpoint by config, the proxy by {@link
 *       cloud.gardener.logging.export.Proxies}, the path by {@link
 *       cloud.gardener.logging.export.RequestPath}. Headers may change with their file: {@link
 *       cloud.gardener.logging.export.ClientHeaders}.
 *   <li>A security key is honoured or makes {@code create} fail.
 *   <li>Headers, URLs and proxies carry tokens and passwords: no message, exception or {@code
 *       toString} shows them, and foreign text becomes a reason only through {@link
 *       cloud.gardener.logging.export.Secrets}.
 * </ul>
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
package cloud.gardener.logging.export;
