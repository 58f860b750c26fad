package cloud.gardener.logging.export.transport;

/** The protocol of a peer, recognized by its first bytes. */
enum PeerProtocol {
  /** A TLS record: a handshake, or an alert. */
  TLS,

  /** HTTP/1.0 or HTTP/1.1: a status line. */
  HTTP_1,

  /** HTTP/2, and therefore possibly gRPC: a frame of the connection, such as SETTINGS or GOAWAY. */
  HTTP_2,

  /** None of these. */
  OTHER,

  /** Too few bytes to tell. */
  UNKNOWN_YET;

  /** This many bytes are always sufficient. */
  static final int ENOUGH_BYTES = 9;

  private static final byte[] STATUS_LINE = {'H', 'T', 'T', 'P', '/'};

  // The types of TLS records: from ChangeCipherSpec to application data, including alert and handshake.
  private static final int TLS_FIRST_TYPE = 20;
  private static final int TLS_LAST_TYPE = 23;
  private static final int TLS_MAJOR_VERSION = 3;

  // An HTTP/2 frame: length (3 bytes), type, flags, stream (4 bytes).
  private static final int FRAME_TYPE = 3;
  private static final int FRAME_STREAM = 5;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;

  /**
   * Recognizes the protocol.
   *
   * @param first the first bytes
   * @param count how many of them are valid
   */
  static PeerProtocol of(byte[] first, int count) {
    if (count == 0) {
      return UNKNOWN_YET;
    }
    if (first[0] >= TLS_FIRST_TYPE && first[0] <= TLS_LAST_TYPE) {
      return count < 2 ? UNKNOWN_YET : first[1] == TLS_MAJOR_VERSION ? TLS : OTHER;
    }
    if (first[0] == 0) {
      return count < ENOUGH_BYTES ? UNKNOWN_YET : isFrame(first) ? HTTP_2 : OTHER;
    }
    for (int i = 0; i < Math.min(count, STATUS_LINE.length); i++) {
      if (first[i] != STATUS_LINE[i]) {
        return OTHER;
      }
    }
    return count < STATUS_LINE.length ? UNKNOWN_YET : HTTP_1;
  }

  /** Whether it is a frame of the whole connection, with which every server begins. */
  private static boolean isFrame(byte[] first) {
    for (int i = FRAME_STREAM; i < ENOUGH_BYTES; i++) {
      if (first[i] != 0) {
        return false;
      }
    }
    return switch (first[FRAME_TYPE]) {
      case SETTINGS, PING, GOAWAY, WINDOW_UPDATE -> true;
      default -> false;
    };
  }
}
