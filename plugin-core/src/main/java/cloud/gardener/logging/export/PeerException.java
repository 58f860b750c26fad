package cloud.gardener.logging.export;

import java.io.IOException;

/** The other side does not speak what is asked of it. The message says so, and what to set. */
final class PeerException extends IOException {
  PeerException(String message) {
    super(message);
  }
}
