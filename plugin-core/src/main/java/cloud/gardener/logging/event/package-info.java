/**
 * Fluent Bit's log events and msgpack, read in place.
 *
 * <p>A chunk is a sequence of msgpack records. {@link cloud.gardener.logging.event.ChunkArray} copies it once to an
 * array: the plugin is compiled by C1, which reads a direct buffer several times slower. {@link
 * cloud.gardener.logging.event.EventDecoder} iterates over the records; {@link cloud.gardener.logging.event.Value} is a
 * flyweight over one msgpack value, {@link cloud.gardener.logging.event.Pairs} an index of a body's pairs. These copy
 * nothing, and create no object for a value. An array may be longer than its content, so that each reader is given the
 * end.
 *
 * <p>The decoder walks over a complete record before it returns it, without recursion and inside the chunk's bounds (or
 * finds parts of it equal, byte for byte, to parts that it has walked over). So later reads of the record's values
 * cannot leave the chunk. False lengths, truncation and nesting of any depth are handled here alone.
 */
package cloud.gardener.logging.event;
