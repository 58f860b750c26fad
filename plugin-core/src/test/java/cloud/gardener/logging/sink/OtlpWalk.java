package cloud.gardener.logging.sink;

/**
 * Walks a serialized {@code ExportLogsServiceRequest} without building a message:
 *
 * <pre>
 *   ExportLogsServiceRequest 1: resource_logs
 *   ResourceLogs             2: scope_logs
 *   ScopeLogs                2: log_records
 *   LogRecord                5: body
 * </pre>
 *
 * Not thread-safe: one walk at a time.
 */
final class OtlpWalk {
  private static final int RESOURCE_LOGS = 1 << 3 | 2;
  private static final int SCOPE_LOGS = 2 << 3 | 2;
  private static final int LOG_RECORDS = 2 << 3 | 2;
  private static final int BODY = 5 << 3 | 2;
  private static final byte[] SEQ = {'s', 'e', 'q', '='};

  private byte[] bytes;
  private int at;
  private long records;
  private SeqTally tally;

  /**
   * Counts the records.
   *
   * @param tally takes the number behind {@code seq=} in each record's body; null for none
   * @throws IllegalArgumentException when the bytes are no such request
   */
  long count(byte[] bytes, int length, SeqTally tally) {
    this.bytes = bytes;
    this.at = 0;
    this.records = 0;
    this.tally = tally;
    try {
      message(length, 0);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not an OTLP request", e);
    }
    return records;
  }

  /** Level 0 is the request, 1 ResourceLogs, 2 ScopeLogs, 3 LogRecord. */
  private void message(int end, int level) {
    while (at < end) {
      int tag = (int) varint();
      switch (tag & 7) {
        case 0 -> varint();
        case 1 -> at += 8;
        case 5 -> at += 4;
        case 2 -> submessage(tag, end, level);
        default -> throw new IllegalArgumentException("not an OTLP request: wire type");
      }
    }
    if (at != end) {
      throw new IllegalArgumentException("not an OTLP request: length");
    }
  }

  private void submessage(int tag, int end, int level) {
    int length = (int) varint();
    int fieldEnd = at + length;
    if (length < 0 || fieldEnd > end) {
      throw new IllegalArgumentException("not an OTLP request: length");
    }
    if (level == 0 && tag == RESOURCE_LOGS || level == 1 && tag == SCOPE_LOGS) {
      message(fieldEnd, level + 1);
    } else if (level == 2 && tag == LOG_RECORDS) {
      records++;
      if (tally != null) {
        message(fieldEnd, level + 1);
      }
    } else if (level == 3 && tag == BODY) {
      sequence(at, fieldEnd);
    }
    at = fieldEnd;
  }

  private void sequence(int from, int end) {
    for (int i = from; i + SEQ.length < end; i++) {
      if (bytes[i] == SEQ[0]
          && bytes[i + 1] == SEQ[1]
          && bytes[i + 2] == SEQ[2]
          && bytes[i + 3] == SEQ[3]) {
        long number = 0;
        int digit = i + SEQ.length;
        for (; digit < end && bytes[digit] >= '0' && bytes[digit] <= '9'; digit++) {
          number = number * 10 + bytes[digit] - '0';
        }
        if (digit > i + SEQ.length) {
          tally.add(Math.toIntExact(number));
          return;
        }
      }
    }
    tally.addWithout();
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("not an OTLP request: varint");
  }
}
