/**
 * An OTLP/gRPC backend for tests and benchmarks: counts what it accepts, and fails on command.
 *
 * <p>{@link cloud.gardener.logging.sink.OtlpSink} serves inside a test; {@link
 * cloud.gardener.logging.sink.OtlpSinkMain} is the same as a process of its own. It is built to cost
 * little, so that a benchmark measures the sender: requests are walked where they lie, never parsed
 * into messages unless asked to.
 */
package cloud.gardener.logging.sink;
