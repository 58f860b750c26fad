package cloud.gardener.logging.queue;

import java.io.IOException;

/** What was read cannot be what was written. */
final class DamagedException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedException(String what) {
    super(what);
  }
}
