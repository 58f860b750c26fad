/**
 * The OTLP encoding of a log event. What becomes of what stands in docs/mapping.md.
 *
 * <pre>
 *   LogEncoder         one record: Body, Level, TraceContext, LogAttributes; OtlpRecord for one that came as OTLP
 *     otlp.resource    resource and scope: Kubernetes, service, defaults
 *     otlp.severity    what a level's name, number or text means
 *     otlp.keys        the keys of a record that have a meaning
 *     otlp.json        a body that is JSON text, read as msgpack
 *     otlp.value       msgpack values as protobuf, keys made unique
 *   RequestBuilder     records -> one ExportLogsServiceRequest
 *   RequestSlice       a part of one
 *   Truncation         a record that is larger than a request may be
 * </pre>
 *
 * <p>Keys are made unique where they have been written: each part tells {@code UniqueKeys} which pairs it wrote, and
 * the later of two equal ones stays. That costs nothing for records whose keys and source are those of the record
 * before.
 */
package cloud.gardener.logging.otlp;
