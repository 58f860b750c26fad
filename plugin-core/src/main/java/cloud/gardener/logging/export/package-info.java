/**
 * The contract of clients for OTLP backends: requests and results.
 *
 * <pre>
 *   the package delivery
 *     | export(request, written, done) ^ written(), at most once; done(result), exactly once: ExportEnd
 *     v                                |
 *   ExportClient    made by export.clients
 *     |
 *     +-- export.grpc    GrpcClient    GrpcOutcome: status and trailers -> result
 *     +-- export.http    HttpClient    HttpOutcome: status, headers and body -> result
 *     +-- export.clients StdoutClient, NoopClient
 *          |
 *     export.tls         current certificates
 *     export.transport   one thread, the check of a connection's first bytes, compression
 * </pre>
 *
 * <ul>
 *   <li>A client sends a request once. Queue, acknowledgement and retry belong to the caller; what it must do is
 *       determined by the type of the {@link cloud.gardener.logging.export.ExportResult}.
 *   <li>"Written" is reported when the last byte passed the flow control and reached the socket, so that a caller
 *       can keep requests in order without waiting for responses.
 *   <li>"The backend answered" is not "the call failed": only a response can be a refusal, of the request's content
 *       or of everything. {@code GrpcOutcome} and {@code HttpOutcome} decide this. A success over HTTP counts only
 *       when the response can come from an OTLP receiver.
 *   <li>An export always ends: {@link cloud.gardener.logging.export.ExportEnd} turns any failure while the result is
 *       determined into a retry.
 *   <li>The request's bytes are copied once, from the queue's arrays into the buffers that the socket is written
 *       from. Nothing is parsed on the way, except for JSON.
 *   <li>Only {@link cloud.gardener.logging.pace.Backoff} and {@link cloud.gardener.logging.pace.RateLimiter}
 *       cause pauses: gRPC's own pauses between attempts to connect are disabled.
 *   <li>An idle client costs almost nothing: no thread of its own, no connection from a minute after the last
 *       export.
 *   <li>A security key is honoured or makes a client's creation fail.
 *   <li>Headers, URLs and proxies contain tokens and passwords: no message, exception or {@code toString} shows
 *       them, and text of others becomes a reason only through {@link cloud.gardener.logging.export.Secrets}.
 * </ul>
 */
package cloud.gardener.logging.export;
