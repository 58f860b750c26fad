/** Fluent Bit's log events and msgpack, read where they lie. */
package cloud.gardener.logging.event;
