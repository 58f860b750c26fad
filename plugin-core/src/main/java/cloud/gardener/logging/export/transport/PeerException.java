package cloud.gardener.logging.export.transport;

import java.io.IOException;

/** The other side does not speak what is asked of it. The message says so, and what to set. */
public final class PeerException extends IOException {
  public PeerException(String message) {
    super(message);
  }
}
