package cloud.gardener.logging.queue.segment;

import java.io.IOException;

/** The bytes that were read cannot be those that were written. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedException(String what) {
    super(what);
  }
}
