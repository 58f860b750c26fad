/**
 * The types of settings that other packages take: addresses, headers, and enums for the choices. Each parses a text
 * once. As in {@code config.syntax}, no message repeats the text, and nothing depends on a key's name.
 */
package cloud.gardener.logging.config.value;
