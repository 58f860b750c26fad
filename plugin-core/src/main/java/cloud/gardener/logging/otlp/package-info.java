/**
 * The OTLP encoding of a log event: record, severity, attributes, resource. What becomes of what stands in
 * docs/mapping.md.
 *
 * <p>{@link cloud.gardener.logging.otlp.LogEncoder} puts the parts together: {@code Body}, {@code Level}, {@code
 * TraceContext} and {@code LogAttributes} write a record, {@code Source} its resource and scope, {@code OtlpRecord} one
 * that came in as OTLP. Keys are made unique where they have been written: each part tells {@code UniqueKeys} which
 * pairs it wrote, and the later of two equal ones stays. That costs nothing for records whose keys and source are
 * those of the record before.
 */
package cloud.gardener.logging.otlp;
