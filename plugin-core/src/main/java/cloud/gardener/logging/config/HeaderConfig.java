package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.Headers;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The headers that are sent with each request; secret, never to be logged. If two of the three sources have a header of
 * the same name, ignoring case, the later source takes precedence.
 *
 * @param fixed from the key {@code Headers}
 * @param file from the key {@code HeadersFile}: a file that is read again when it changes; empty for none
 * @param ofShoot from the key {@code ShootHeaders}, for one shoot; empty for the seed
 */
public record HeaderConfig(Headers fixed, Optional<Path> file, Headers ofShoot) {
  /** Returns the headers of the settings alone. */
  public static HeaderConfig of(Headers fixed) {
    return new HeaderConfig(fixed, Optional.empty(), Headers.NONE);
  }

  /**
   * Returns all headers that are sent.
   *
   * @param fileHeaders the current headers of the file
   */
  public Headers merge(Headers fileHeaders) {
    return fixed.merge(fileHeaders).merge(ofShoot);
  }

  /** Omits names and values, which are secret. */
  @Override
  public String toString() {
    int count = fixed.byName().size() + ofShoot.byName().size();
    return count + " hidden" + file.map(path -> " and " + path).orElse("");
  }
}
