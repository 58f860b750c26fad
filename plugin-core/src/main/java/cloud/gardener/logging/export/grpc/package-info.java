/**
 * OTLP over gRPC.
 *
 * <pre>
 *   GrpcClient         one target's requests
 *     GrpcCall         one request under way (LogsService: the method, with bytes that nobody parses)
 *     GrpcOutcome      status and trailers -> result (RetryInfo, GrpcReason)
 *     SecretHeaders    the configured headers
 *   ChannelPool        one SharedChannel per ChannelKey: endpoint, TLS settings, proxy
 * </pre>
 *
 * <p>gRPC's own retries and its pauses between two connects are switched off: a pause is the caller's.
 */
package cloud.gardener.logging.export.grpc;
