/**
 * The types of settings. Each parses a text once, and reports invalid text with a {@link
 * cloud.gardener.logging.config.value.BadValueException}. Enums list the choices of a setting.
 *
 * <p>No message repeats the text, because it may hold a secret. Nothing here depends on a key's name.
 */
package cloud.gardener.logging.config.value;
