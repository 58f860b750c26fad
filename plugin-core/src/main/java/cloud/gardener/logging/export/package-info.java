/**
 * The contract of clients for OTLP backends: requests, results, and the pauses between attempts.
 *
 * <pre>
 *   the room delivery
 *     | export(request, written, done) ^ written(), at most once; done(result), exactly once: ExportEnd
 *     v                                |
 *   ExportClient    made by export.clients
 *     |
 *     +-- export.grpc    GrpcClient    GrpcOutcome: status and trailers -> result
 *     +-- export.http    HttpClient    HttpOutcome: status, headers and body -> result
 *     +-- export.clients StdoutClient, NoopClient
 *          |
 *     export.tls         certificates as they are now
 *     export.transport   one thread, one arena, the check of a connection's first bytes, compression
 * </pre>
 *
 * <ul>
 *   <li>A client sends a request once. Queue, acknowledgement and retry belong to the caller; what it
 *       must do is the type of the {@link cloud.gardener.logging.export.ExportResult}.
 *   <li>"Written" is said when the last byte has passed the flow control and reached the socket, so that
 *       a caller can keep requests in order without waiting for answers.
 *   <li>"The backend answered" is not "the call failed": only an answer can be a refusal, of what is in
 *       the request or of everything. {@code GrpcOutcome} and {@code HttpOutcome} are the places that decide. A
 *       yes over HTTP must be one that an OTLP receiver can have said.
 *   <li>An export always ends: {@link cloud.gardener.logging.export.ExportEnd} makes a retry of whatever
 *       fails while a result is found.
 *   <li>The request's bytes are copied once, from the queue's arrays into the buffers that the socket
 *       is written from. Nothing is parsed on the way, but for JSON.
 *   <li>Pauses are {@link cloud.gardener.logging.export.Backoff}'s and {@link
 *       cloud.gardener.logging.export.RateLimiter}'s alone: gRPC's own between two connects are switched off.
 *   <li>Idle costs nothing that counts: no thread per client, no connection a minute after the last
 *       export.
 *   <li>A security key is honoured or makes a client's creation fail.
 *   <li>Headers, URLs and proxies carry tokens and passwords: no message, exception or {@code
 *       toString} shows them, and foreign text becomes a reason only through {@link
 *       cloud.gardener.logging.export.Secrets}.
 * </ul>
 */
package cloud.gardener.logging.export;
