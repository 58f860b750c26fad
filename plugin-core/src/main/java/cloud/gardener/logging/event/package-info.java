/**
 * Fluent Bit's log events and msgpack, read where they lie.
 *
 * <p>A chunk is msgpack records one after the other. {@link
 * cloud.gardener.logging.event.EventDecoder} walks over them; {@link cloud.gardener.logging.event.Value}
 * is a flyweight over one msgpack value, {@link cloud.gardener.logging.event.Pairs} an index of a body's
 * pairs. None copies the chunk or makes an object for a value.
 *
 * <p>Before a record is handed out, all of it has been stepped over once, without recursion and inside
 * the chunk's bounds (or is equal, byte for byte, to what has been). So whoever reads a record's values afterwards cannot leave the chunk, and lengths
 * that lie, truncation and nesting of any depth end here.
 */
package cloud.gardener.logging.event;
