package cloud.gardener.logging.config.keys;

import cloud.gardener.logging.config.syntax.BadValueException;

/**
 * Converts the text of a setting to a value. Stateless.
 *
 * @param <T> the value's type
 * @param name the type's name in the documentation, such as {@code duration}
 * @param accepted completes the sentence "accepted is ..." of an error
 * @param reader reads the text
 */
record ValueType<T>(String name, String accepted, Reader<T> reader) {

  /** Reads text that is trimmed and without surrounding quotes. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String text) throws BadValueException;
  }
}
