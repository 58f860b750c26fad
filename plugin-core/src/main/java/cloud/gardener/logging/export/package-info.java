/**
 * Clients for OTLP backends, their results, and the pauses between attempts.
 *
 * <pre>
 *   pipeline's worker
 *     | export(request, done)          ^ done(result), exactly once
 *     v                                |
 *   ExportClient   GrpcClient | StdoutClient | NoopClient        made by ExportClients
 *     |                                ^
 *     v                                | GrpcOutcome: status and trailers -> result
 *   GrpcCall       one per request under way
 *     |
 *   SharedChannel  one per endpoint, TLS settings and header names     ChannelPool
 *     |
 *   NettyTransport one thread, one arena, for all
 * </pre>
 *
 * <ul>
 *   <li>A client sends a request once. Queue, acknowledgement and retry belong to the caller; what it
 *       must do is the type of the {@link cloud.gardener.logging.export.ExportResult}.
 *   <li>"The backend answered" is not "the call failed": only an answer can be permanent. {@link
 *       cloud.gardener.logging.export.GrpcOutcome} is the one place that decides.
 *   <li>The request's bytes are copied once, from the queue's arrays into the buffers that the socket
 *       is written from. Nothing is parsed on the way.
 *   <li>Pauses are {@link cloud.gardener.logging.export.Backoff}'s alone: gRPC's own between two
 *       connects are switched off by {@link cloud.gardener.logging.export.SharedChannel}.
 *   <li>Idle costs nothing that counts: no thread per client, no connection a minute after the last
 *       export.
 *   <li>A security key is honoured or makes {@code create} fail. Client certificates and reading
 *       certificates again when their files change belong into {@link
 *       cloud.gardener.logging.export.TlsContexts}; HTTP beside {@code GrpcClient}.
 *   <li>Headers carry tokens: no message, exception or {@code toString} shows their values.
 * </ul>
 */
package cloud.gardener.logging.export;
