/**
 * The types of settings: each reads a text once, and says in a {@link
 * cloud.gardener.logging.config.value.BadValueException} what is wrong with it. Enums list the choices of a setting.
 *
 * <p>No message repeats the text, because it may hold a secret. Nothing here knows a key's name.
 */
package cloud.gardener.logging.config.value;
