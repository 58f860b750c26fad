/**
 * The notations that settings are written in: JSON, durations, selectors, regular expressions. Invalid text is reported
 * with a {@link cloud.gardener.logging.config.syntax.BadValueException}.
 *
 * <p>No message repeats the text, because it may hold a secret. Nothing here depends on a key's name.
 */
package cloud.gardener.logging.config.syntax;
