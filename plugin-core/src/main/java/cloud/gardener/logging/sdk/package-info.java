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
 *   SdkRecordProcessor         takes the record out of its context
 *     |                                      ^
 *     v                                      |
 *   BatchLogRecordProcessor -> CountingExporter -> OtlpGrpc/OtlpHttpLogRecordExporter
 *                                                    | a whole request
 *                                                    v
 *                              ClientSender        retries within the timeout
 *                                |
 *                                v
 *                              ExportClient        of the package export
 * </pre>
 *
 * <ul>
 *   <li>Here, each record has its own resource and scope, while a provider of the SDK has one resource for all, and
 *       each logger one scope. Processors are the SDK's extension point to enrich records, so a processor of the
 *       plugin restores the complete record: see {@link cloud.gardener.logging.sdk.SdkRecordProcessor}.
 *   <li>The exporters send through the same clients as every other mode, by OpenTelemetry's public sender
 *       interfaces: the same connections, certificates, proxy, headers and secrecy, and no second HTTP library in
 *       memory.
 *   <li>{@link cloud.gardener.logging.sdk.SdkTelemetry} exposes the SDK's own metrics on /metrics, as {@code
 *       otel_sdk_*}.
 *   <li>By design, this mode loses and counts what cannot be delivered in time.
 * </ul>
 */
package cloud.gardener.logging.sdk;
