package cloud.gardener.logging.export.transport;

import java.io.IOException;

/** The peer does not use the expected protocol. The message says so, and which setting to change. */
public final class PeerException extends IOException {
  public PeerException(String message) {
    super(message);
  }
}
