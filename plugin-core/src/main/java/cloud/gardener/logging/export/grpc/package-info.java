/**
 * OTLP over gRPC.
 *
 * <pre>
 *   GrpcClient         one target's requests
 *     GrpcCall         one request in flight (LogsService: the method, with messages that stay bytes)
 *     GrpcOutcome      status and trailers -> result (RetryInfo, GrpcReason)
 *     SecretHeaders    the configured headers
 *   ChannelPool        one SharedChannel per ChannelKey: endpoint, TLS settings, proxy
 * </pre>
 *
 * <p>gRPC's own retries, and its pauses between attempts to connect, are disabled: the caller controls the pauses.
 */
package cloud.gardener.logging.export.grpc;
