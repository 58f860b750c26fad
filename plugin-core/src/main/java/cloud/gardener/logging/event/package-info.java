/**
 * Fluent Bit's log events and msgpack, read in place.
 *
 * <p>A chunk is a sequence of msgpack records. {@link cloud.gardener.logging.event.EventDecoder} iterates over them;
 * {@link cloud.gardener.logging.event.Value} is a flyweight over one msgpack value, {@link
 * cloud.gardener.logging.event.Pairs} an index of a body's pairs. None copies the chunk or creates an object for a
 * value.
 *
 * <p>The decoder walks over a complete record before it returns it, without recursion and inside the chunk's bounds (or
 * finds parts of it equal, byte for byte, to parts that it has walked over). So later reads of the record's values
 * cannot leave the chunk. False lengths, truncation and nesting of any depth are handled here alone.
 */
package cloud.gardener.logging.event;
