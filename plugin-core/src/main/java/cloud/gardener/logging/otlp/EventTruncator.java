package cloud.gardener.logging.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cloud.gardener.logging.event.EventDecoder;
import cloud.gardener.logging.event.Value;
import cloud.gardener.logging.otlp.keys.Names;

/**
 * Copies one event, and the start of its group, within a given size: truncates the longest strings and binary values.
 * Strings are truncated between characters.
 *
 * <p>If that is not enough (a million small members), members are omitted from the end of each map and list once the
 * size is reached. What identifies the record's origin is kept regardless: small values of small maps near the top, and
 * the members of {@link #NAMED}.
 *
 * <p>The copy is a valid event, marked by two attributes. Not thread-safe.
 */
final class EventTruncator {
  private static final byte[] TRUNCATED = "log.truncated".getBytes(US_ASCII);
  private static final byte[] SCHEMA = "schema".getBytes(US_ASCII);
  private static final byte[] OTLP_SCHEMA = "otlp".getBytes(US_ASCII);
  private static final byte[] ATTRIBUTES_KEY = "attributes".getBytes(US_ASCII);
  private static final byte[] ORIGINAL_BYTES = "log.original_size_bytes".getBytes(US_ASCII);

  /** Members of a record, its metadata or its group that are never omitted as a whole. */
  private static final Names NAMED =
      new Names(
          new String[] {"log"},
          new String[] {"message", "msg", "MESSAGE"},
          new String[] {"kubernetes"},
          new String[] {"otlp"},
          new String[] {"resource", "scope"});

  private static final Names OTLP = new Names(new String[] {"otlp"});
  private static final Names ATTRIBUTES = new Names(new String[] {"attributes"});

  /** The role of a container: the marks go into {@link #ATTRIBUTE_MAP}. */
  private static final int PLAIN = 0;

  private static final int METADATA = 1;
  private static final int OTLP_MAP = 2;
  private static final int ATTRIBUTE_MAP = 3;

  /** Bound for a group's resource, in bytes: each truncated record carries a copy, which must not fill the queue. */
  private static final int GROUP_BYTES = 256 << 10;

  private static final int MAX_CHARACTER_BYTES = 4;

  /** Room for heads and marks, by which a copy exceeds its size. */
  private static final int HEADROOM_BYTES = 1 << 10;

  /** Nesting limit of protobuf; containers below it are omitted. */
  private static final int MAX_DEPTH = 100;

  // These apply once the size is reached.
  private static final int LATE_STRING_BYTES = 16 << 10;
  private static final int LATE_VALUE_BYTES = 64;
  private static final int LATE_MEMBERS = 32;
  private static final int LATE_DEPTH = 1;
  private static final int LATE_RESERVE_BYTES = 256 << 10;

  private final Value value = new Value();
  private final MsgPackCopy out = new MsgPackCopy();

  private byte[] in;
  private int end;
  private int stringBytes;
  private long limit;
  private int omitted;

  private int originalBytes;

  /**
   * Copies the decoder's current record to {@link #bytes}.
   *
   * @param isOtlp whether the record's attributes are those in its metadata
   * @param sizeBytes target size of the copy, exceeded slightly at most
   */
  void truncate(EventDecoder event, boolean isOtlp, int sizeBytes) {
    in = event.bytes();
    end = event.end();
    originalBytes = event.sizeBytes();
    out.reset(sizeBytes + HEADROOM_BYTES);
    if (event.groupAt() != EventDecoder.NONE) {
      plan(GROUP_BYTES, event.groupAt(), EventDecoder.NONE);
      group(event.groupAt());
    }
    plan((long) sizeBytes - out.size(), event.bodyAt(), event.metadataAt());
    omitted = 0;
    out.pair();
    out.pair();
    out.time(event.timeUnixNano());
    if (event.metadataAt() == EventDecoder.NONE) {
      out.container(Value.MAP);
    } else {
      copy(event.metadataAt(), 0, isOtlp ? METADATA : PLAIN);
    }
    copy(event.bodyAt(), 0, isOtlp ? PLAIN : ATTRIBUTE_MAP);
  }

  /** The events of the last copy, {@link #size} bytes from offset 0; valid until the next one. */
  byte[] bytes() {
    return out.bytes();
  }

  int size() {
    return out.size();
  }

  /** Number of the record's attributes that the last cut omitted. */
  int omitted() {
    return omitted;
  }

  private void plan(long bytes, int at, int otherAt) {
    StringLimit cap = new StringLimit();
    cap.add(in, at, end);
    if (otherAt != EventDecoder.NONE) {
      cap.add(in, otherAt, end);
    }
    stringBytes = cap.of(bytes);
    limit = Long.MAX_VALUE;
    if (stringBytes == StringLimit.IMPOSSIBLE) {
      stringBytes = (int) Math.max(StringLimit.LEAST_BYTES, bytes / 4);
      limit = out.size() + bytes - Math.min(LATE_RESERVE_BYTES, bytes / 4);
    }
  }

  private void group(int bodyAt) {
    out.pair();
    out.pair();
    out.groupStart();
    out.count(out.container(Value.MAP), 1);
    out.string(SCHEMA);
    out.string(OTLP_SCHEMA);
    copy(bodyAt, 0, PLAIN);
  }

  private int copy(int at, int depth, int role) {
    int next = value.read(in, at, end);
    int kind = value.kind;
    if (kind == Value.MAP || kind == Value.ARRAY) {
      if (depth > MAX_DEPTH) {
        out.container(kind);
        return value.skip(in, at, end);
      }
      return container(kind, value.length, next, depth, role);
    }
    boolean isLeaf = kind == Value.STRING || kind == Value.BINARY || kind == Value.EXTENSION;
    int most = (int) Math.min(stringBytes, Math.max(LATE_STRING_BYTES, limit - out.size()));
    if (isLeaf && value.length > most) {
      out.leaf(in, value, kind == Value.STRING ? betweenCharacters(most) : most);
    } else {
      out.raw(in, at, next - at);
    }
    return next;
  }

  private int container(int kind, int members, int first, int depth, int role) {
    int headAt = out.container(kind);
    boolean marked = false;
    int kept = 0;
    int at = first;
    for (int left = members; left > 0; left--) {
      int keyAt = at;
      int valueAt = kind == Value.MAP ? value.skip(in, keyAt, end) : keyAt;
      if (out.size() > limit && !isKeptPastLimit(kind, members, keyAt, valueAt, depth)) {
        omitted += role == ATTRIBUTE_MAP ? 1 : 0;
        at = value.skip(in, valueAt, end);
        continue;
      }
      int memberRole = kind == Value.MAP ? memberRole(role, keyAt) : PLAIN;
      if (kind == Value.MAP) {
        copy(keyAt, depth + 1, PLAIN);
      }
      at = copy(valueAt, depth + 1, memberRole);
      marked |= memberRole == ATTRIBUTE_MAP;
      kept++;
    }
    if (role == ATTRIBUTE_MAP) {
      kept += marks();
    } else if (role == OTLP_MAP && !marked) {
      out.string(ATTRIBUTES_KEY);
      int attributesAt = out.container(Value.MAP);
      out.count(attributesAt, marks());
      kept++;
    }
    out.count(headAt, kept);
    return at;
  }

  private int memberRole(int role, int keyAt) {
    if (role == METADATA && is(OTLP, keyAt)) {
      return OTLP_MAP;
    }
    return role == OTLP_MAP && is(ATTRIBUTES, keyAt) ? ATTRIBUTE_MAP : PLAIN;
  }

  private boolean is(Names names, int keyAt) {
    value.read(in, keyAt, end);
    return value.kind == Value.STRING
        && names.code(in, value.offset, value.length) != Names.UNKNOWN;
  }

  /**
   * Whether a member is kept although the size is reached: it is bounded in size, and identifies the record's origin.
   */
  private boolean isKeptPastLimit(int kind, int members, int keyAt, int valueAt, int depth) {
    if (kind == Value.MAP && depth == 0 && is(NAMED, keyAt)) {
      return true;
    }
    return members <= LATE_MEMBERS && depth <= LATE_DEPTH && isSmall(keyAt) && isSmall(valueAt);
  }

  private boolean isSmall(int at) {
    int next = value.read(in, at, end);
    return value.kind != Value.MAP && value.kind != Value.ARRAY && next - at <= LATE_VALUE_BYTES;
  }

  /** Returns the longest prefix of the current string that ends between characters, {@code most} bytes at most. */
  private int betweenCharacters(int most) {
    int length = most;
    while (length > most - MAX_CHARACTER_BYTES && (in[value.offset + length] & 0xc0) == 0x80) {
      length--;
    }
    return length;
  }

  /** Writes the two marks and returns how many pairs they are. */
  private int marks() {
    out.string(TRUNCATED);
    out.bool(true);
    out.string(ORIGINAL_BYTES);
    out.integer(originalBytes);
    return 2;
  }
}
