/**
 * The mode without a disk queue, {@code UseSDKBatchProcessor}: OpenTelemetry's own SdkLoggerProvider,
 * BatchLogRecordProcessor and OTLP exporters, in memory. Loaded only where the setting is on.
 *
 * <pre>
 *   pipeline
 *     | emit(request)                        ^ exported, rejected, lost: SdkBatchListener
 *     v                                      |
 *   SdkBatch                   bounds what is in memory, and accounts for every record
 *     | SdkRecord, a view of each record,    ^
 *     v in the context of an empty one       |
 *   SdkLoggerProvider          counts it     |
 *     |                                      |
 *     v                                      |
 *   SdkRecordProcessor         takes it out of its context
 *     |                                      ^
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
 *   <li>A record's resource and scope are its own here, while a provider of the SDK has one resource for
 *       all, and each of its loggers one scope. Processors are the SDK's place to enrich records, so one
 *       of ours gives each record what it came with, whole: see {@link
 *       cloud.gardener.logging.sdk.SdkRecordProcessor}.
 *   <li>The exporters send through the clients that every other mode uses, by OpenTelemetry's public
 *       sender interfaces: the same connections, certificates, proxy, headers and secrecy, and no
 *       second HTTP library in memory.
 *   <li>What the SDK counts of itself is on /metrics by {@link
 *       cloud.gardener.logging.sdk.SdkTelemetry}, as {@code otel_sdk_*}.
 *   <li>What cannot be delivered in time is lost, and counted: that is what this mode means.
 * </ul>
 */
package cloud.gardener.logging.sdk;
