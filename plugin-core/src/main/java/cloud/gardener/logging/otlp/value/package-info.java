/**
 * Writes values: a msgpack value as an OTLP AnyValue ({@link cloud.gardener.logging.otlp.value.AnyValues}) or as JSON
 * text ({@link cloud.gardener.logging.otlp.value.Json}), strings as valid UTF-8, ids from hex. {@link
 * cloud.gardener.logging.otlp.value.Fields} has the numbers of the protobuf fields, {@link
 * cloud.gardener.logging.otlp.value.ProtoBuffer} the bytes, {@link cloud.gardener.logging.otlp.value.UniqueKeys} the
 * keys that were written.
 */
package cloud.gardener.logging.otlp.value;
