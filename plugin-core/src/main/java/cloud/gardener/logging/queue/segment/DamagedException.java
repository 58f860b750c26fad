package cloud.gardener.logging.queue.segment;

import java.io.IOException;

/** What was read cannot be what was written. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedException(String what) {
    super(what);
  }
}
