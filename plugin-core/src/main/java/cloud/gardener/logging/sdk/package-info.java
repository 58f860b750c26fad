/**
 * The mode without a disk queue, {@code UseSDKBatchProcessor}: OpenTelemetry's own
 * BatchLogRecordProcessor and OTLP exporters, in memory. Loaded only where the setting is on.
 *
 * <pre>
 *   pipeline
 *     | emit(request)                        ^ exported, rejected, lost: SdkBatchListener
 *     v                                      |
 *   SdkBatch                   bounds what is in memory, and accounts for every record
 *     | SdkRecord, a view of each record     ^
 *     v                                      |
 *   BatchLogRecordProcessor -> CountingExporter -> OtlpGrpc/OtlpHttpLogRecordExporter
 *                                                    | a whole request
 *                                                    v
 *                              ClientSender        tries again within the timeout
 *                                |
 *                                v
 *                              ExportClient        of the export room
 * </pre>
 *
 * <ul>
 *   <li>A record's resource is its own here, while a logger of the SDK has one for all: so records go
 *       to the processor directly, and what the logger would count is counted by {@link
 *       cloud.gardener.logging.sdk.SdkBatch}.
 *   <li>The exporters send through the clients that every other mode uses, by OpenTelemetry's public
 *       sender interfaces: the same connections, certificates, proxy, headers and secrecy, and no
 *       second HTTP library in memory.
 *   <li>What the SDK counts of itself is on /metrics by {@link
 *       cloud.gardener.logging.sdk.SdkTelemetry}, as {@code otel_sdk_*}.
 *   <li>What cannot be delivered in time is lost, and counted: that is what this mode means.
 * </ul>
 */
package cloud.gardener.logging.sdk;
