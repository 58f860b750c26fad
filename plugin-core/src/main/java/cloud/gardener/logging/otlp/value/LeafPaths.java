package cloud.gardener.logging.otlp.value;

/**
 * The keys that a backend sees which takes maps apart: {@code host: {name: n}} is {@code host.name} to it.
 * Such a backend (VictoriaLogs is one) sees a key twice where OTLP sees two, and ends if it makes a stream of
 * that key. Lists are no maps: they stay whole.
 *
 * <p>Reads attributes as they were written. Recursion is bounded by what {@link AnyValues} nests. Not
 * thread-safe. Allocates only to grow; bounded.
 */
public final class LeafPaths {
  /**
   * All paths together may be far longer than the maps: each key stands in every path below it. Beyond
   * this they count as not unique.
   */
  private static final int MAX_BYTES = 256 << 10;

  private final UniqueKeys unique = new UniqueKeys();
  private final ProtoBuffer path = new ProtoBuffer();

  /** A KeyValue for each, without a value. */
  private final ProtoBuffer paths = new ProtoBuffer();

  public void clear() {
    paths.reset();
  }

  /** Adds those of the KeyValue fields between two places of a buffer. */
  public void add(ProtoBuffer written, int from, int to) {
    path.reset();
    walk(written.array, from, to);
  }

  /** Adds those of a record's attributes, and of its body where that is a map. */
  public void addRecord(ProtoBuffer record) {
    byte[] array = record.array;
    int at = 0;
    while (at < record.size) {
      int tag = array[at++];
      switch (tag & 7) {
        case Fields.FIXED64 -> at += Long.BYTES;
        case Fields.FIXED32 -> at += Integer.BYTES;
        case Fields.VARINT -> at = behindVarint(array, at);
        default -> {
          int end = end(array, at);
          int from = behindVarint(array, at);
          if (tag == Fields.RECORD_ATTRIBUTES) {
            add(record, at - 1, end);
          } else if (tag == Fields.RECORD_BODY && from < end && array[from] == Fields.ANY_MAP) {
            add(record, behindVarint(array, from + 1), end);
          }
          at = end;
        }
      }
    }
  }

  /** Adds those that were found before. */
  public void addAll(ProtoBuffer found) {
    paths.raw(found.array, 0, found.size);
  }

  /** Copies them as KeyValue fields without values. */
  public void copyTo(ProtoBuffer target) {
    target.raw(paths.array, 0, paths.size);
  }

  /** Whether they all differ; clears them. */
  public boolean areUnique() {
    if (paths.size > MAX_BYTES) {
      return false;
    }
    int map = unique.open();
    unique.addAll(paths, 0, UniqueKeys.UNCOUNTED);
    return unique.close(paths, map);
  }

  private void walk(byte[] array, int from, int to) {
    int at = from;
    while (at < to && paths.size <= MAX_BYTES) {
      int lengthAt = at + 1;
      int end = end(array, lengthAt);
      int keyLengthAt = behindVarint(array, lengthAt) + 1;
      int keyAt = behindVarint(array, keyLengthAt);
      int keyEnd = end(array, keyLengthAt);
      int parent = path.size;
      if (parent > 0) {
        path.byteOf('.');
      }
      path.raw(array, keyAt, keyEnd - keyAt);
      int value = behindVarint(array, keyEnd + 1);
      if (value < end && array[value] == Fields.ANY_MAP) {
        walk(array, behindVarint(array, value + 1), end);
      } else {
        int mark = paths.begin(Fields.RECORD_ATTRIBUTES);
        paths.bytesField(Fields.KEY_VALUE_KEY, path.array, 0, path.size);
        paths.end(mark);
      }
      path.size = parent;
      at = end;
    }
  }

  private static int behindVarint(byte[] array, int at) {
    int next = at;
    while (array[next++] < 0) {
      // The bytes of a length.
    }
    return next;
  }

  /** Where the bytes end whose length stands at {@code lengthAt}. */
  private static int end(byte[] array, int lengthAt) {
    int at = lengthAt;
    int length = 0;
    int shift = 0;
    byte part;
    do {
      part = array[at++];
      length |= (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0);
    return at + length;
  }
}
