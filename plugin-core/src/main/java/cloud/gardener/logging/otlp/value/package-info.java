/**
 * Writes values: a msgpack value as an OTLP AnyValue ({@link cloud.gardener.logging.otlp.value.AnyValues}) or as JSON
 * text ({@link cloud.gardener.logging.otlp.value.Json}), strings as valid UTF-8, ids from hex. {@link
 * cloud.gardener.logging.otlp.value.Fields} defines the protobuf tags, {@link
 * cloud.gardener.logging.otlp.value.ProtoBuffer} holds the bytes, and {@link
 * cloud.gardener.logging.otlp.value.UniqueKeys} tracks the written keys.
 */
package cloud.gardener.logging.otlp.value;
