package cloud.gardener.logging.otlp.value;

/**
 * The keys as a backend that flattens maps sees them: {@code host: {name: n}} is {@code host.name}. Such a backend
 * (VictoriaLogs, for example) may see one key twice where OTLP has two, and crashes if that key is a stream field.
 * Lists are not flattened.
 *
 * <p>Reads attributes in their written form. Recursion is bounded by the nesting of {@link AnyValues}. Not thread-safe.
 * Allocates only to grow; bounded.
 */
public final class LeafPaths {
  /**
   * Bound of all paths together: they may be far longer than the maps, because each key is repeated in every path below
   * it. Beyond the bound, paths count as not unique.
   */
  private static final int MAX_BYTES = 256 << 10;

  private final UniqueKeys unique = new UniqueKeys();
  private final ProtoBuffer path = new ProtoBuffer();

  /** One KeyValue without a value for each path. */
  private final ProtoBuffer paths = new ProtoBuffer();

  public void clear() {
    paths.reset();
  }

  /** Adds the paths of the KeyValue fields between two offsets of a buffer. */
  public void add(ProtoBuffer written, int from, int to) {
    path.reset();
    walk(written.array, from, to);
  }

  /** Adds the paths of a record's attributes, and of its body if that is a map. */
  public void addRecord(ProtoBuffer record) {
    byte[] array = record.array;
    int at = 0;
    while (at < record.size) {
      int tag = array[at++];
      switch (tag & 7) {
        case Fields.FIXED64 -> at += Long.BYTES;
        case Fields.FIXED32 -> at += Integer.BYTES;
        case Fields.VARINT -> at = Varint.end(array, at);
        default -> {
          int end = end(array, at);
          int from = Varint.end(array, at);
          if (tag == Fields.RECORD_ATTRIBUTES) {
            add(record, at - 1, end);
          } else if (tag == Fields.RECORD_BODY && from < end && array[from] == Fields.ANY_MAP) {
            add(record, Varint.end(array, from + 1), end);
          }
          at = end;
        }
      }
    }
  }

  /** Adds paths that were copied with {@link #copyTo}. */
  public void addAll(ProtoBuffer found) {
    paths.raw(found.array, 0, found.size);
  }

  /** Copies the paths as KeyValue fields without values. */
  public void copyTo(ProtoBuffer target) {
    target.raw(paths.array, 0, paths.size);
  }

  /** Whether all paths differ; removes repeated ones. */
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
      int keyLengthAt = Varint.end(array, lengthAt) + 1;
      int keyAt = Varint.end(array, keyLengthAt);
      int keyEnd = end(array, keyLengthAt);
      int parent = path.size;
      if (parent > 0) {
        path.byteOf('.');
      }
      path.raw(array, keyAt, keyEnd - keyAt);
      int value = Varint.end(array, keyEnd + 1);
      if (value < end && array[value] == Fields.ANY_MAP) {
        walk(array, Varint.end(array, value + 1), end);
      } else {
        int mark = paths.begin(Fields.RECORD_ATTRIBUTES);
        paths.bytesField(Fields.KEY_VALUE_KEY, path.array, 0, path.size);
        paths.end(mark);
      }
      path.size = parent;
      at = end;
    }
  }

  /** Returns the end of the bytes whose length is at {@code lengthAt}. */
  private static int end(byte[] array, int lengthAt) {
    return Varint.end(array, lengthAt) + Varint.value(array, lengthAt);
  }
}
