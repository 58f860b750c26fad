/**
 * The OTLP encoding of a log event. docs/mapping.md describes how each field is mapped.
 *
 * <pre>
 *   LogEncoder         one record: Body, Level, TraceContext, LogAttributes; OtlpRecord if it arrived as OTLP
 *     otlp.resource    resource and scope: Kubernetes, service, defaults
 *     otlp.severity    the severity of a level's name, number or text
 *     otlp.keys        the keys of a record that have a meaning
 *     otlp.json        a body that is JSON text, converted to msgpack
 *     otlp.value       msgpack values as protobuf, keys made unique
 *   RequestBuilder     records -> one ExportLogsServiceRequest
 *   RequestSlice       a part of a request
 *   Truncation         a record that is larger than a request may be
 * </pre>
 *
 * <p>Keys are made unique after they are written: each part reports to {@code UniqueKeys} which pairs it wrote, and the
 * last of equal ones is kept. That costs nothing for records with the same keys and the same source as the record
 * before.
 */
package cloud.gardener.logging.otlp;
