package cloud.gardener.logging.otlp;

import cloud.gardener.logging.otlp.value.Fields;
import cloud.gardener.logging.otlp.value.ProtoBuffer;
import java.util.Arrays;

/**
 * Collects records into one ExportLogsServiceRequest, grouped by resource and scope. Groups are compared by content,
 * not by identity.
 *
 * <p>Not thread-safe. Serves one encoder. Reusable; allocates only to grow.
 */
public final class RequestBuilder {
  /** Upper bounds of the bytes that frame a record and a group. */
  private static final int RECORD_OVERHEAD = 6;

  private static final int GROUP_OVERHEAD = 24;
  private static final int KEPT_GROUPS = 64;
  private static final long NO_VERSION = -1;

  /** The records of one resource and scope. */
  private static final class Group {
    final ProtoBuffer resource = new ProtoBuffer();
    final ProtoBuffer scope = new ProtoBuffer();
    final ProtoBuffer records = new ProtoBuffer();
    int hash;

    boolean is(LogEncoder encoder) {
      return hash == encoder.sourceHash()
          && equal(resource, encoder.resource())
          && equal(scope, encoder.scope());
    }

    private static boolean equal(ProtoBuffer a, ProtoBuffer b) {
      return Arrays.equals(a.array, 0, a.size, b.array, 0, b.size);
    }

    /** Size of the ResourceLogs message in bytes. */
    int size() {
      int scopeLogs = scope.size + records.size;
      return resource.size + 1 + ProtoBuffer.varintBytes(scopeLogs) + scopeLogs;
    }
  }

  private Group[] groups = new Group[4];
  private int count;
  private int last;
  private long lastVersion = NO_VERSION;
  private int records;

  /** Upper bound of the serialized size in bytes, a few too high at most. */
  private int size;

  /** Adds the encoder's current record. */
  public void add(LogEncoder encoder) {
    size = sizeWith(encoder);
    Group group = group(encoder);
    ProtoBuffer record = encoder.record();
    group.records.bytesField(Fields.SCOPE_LOGS_RECORDS, record.array, 0, record.size);
    records++;
  }

  private Group group(LogEncoder encoder) {
    int found = find(encoder);
    if (found < 0) {
      if (count == groups.length) {
        groups = Arrays.copyOf(groups, 2 * count);
      }
      if (groups[count] == null) {
        groups[count] = new Group();
      }
      Group fresh = groups[count];
      fresh.hash = encoder.sourceHash();
      fresh.resource.raw(encoder.resource().array, 0, encoder.resource().size);
      fresh.scope.raw(encoder.scope().array, 0, encoder.scope().size);
      found = count++;
    }
    last = found;
    lastVersion = encoder.sourceVersion();
    return groups[found];
  }

  /** Returns the group of a resource and scope, or -1. Most records belong to the group of the record before. */
  private int find(LogEncoder encoder) {
    if (encoder.sourceVersion() == lastVersion) {
      return last;
    }
    for (int i = 0; i < count; i++) {
      if (groups[i].is(encoder)) {
        return i;
      }
    }
    return -1;
  }

  /** Records added since the last reset. */
  public int records() {
    return records;
  }

  /** The exact serialized size in bytes. */
  public int sizeBytes() {
    int exact = 0;
    for (int i = 0; i < count; i++) {
      int group = groups[i].size();
      exact += 1 + ProtoBuffer.varintBytes(group) + group;
    }
    return exact;
  }

  /** Upper bound of the serialized size in bytes with the encoder's current record added, a few too high at most. */
  public int sizeWith(LogEncoder encoder) {
    int with = size + encoder.record().size + RECORD_OVERHEAD;
    return find(encoder) >= 0
        ? with
        : with + encoder.resource().size + encoder.scope().size + GROUP_OVERHEAD;
  }

  /** Upper bound of the size in bytes of a request with only the encoder's current record, a few too high at most. */
  static int sizeAlone(LogEncoder encoder) {
    return encoder.record().size
        + RECORD_OVERHEAD
        + encoder.resource().size
        + encoder.scope().size
        + GROUP_OVERHEAD;
  }

  /** Writes the request, {@link #sizeBytes()} long. */
  public void writeTo(byte[] target, int offset) {
    int at = offset;
    for (int i = 0; i < count; i++) {
      Group group = groups[i];
      at = header(target, at, Fields.REQUEST_RESOURCE_LOGS, group.size());
      at = copy(group.resource, target, at);
      int scopeLogs = group.scope.size + group.records.size;
      at = header(target, at, Fields.RESOURCE_LOGS_SCOPE_LOGS, scopeLogs);
      at = copy(group.scope, target, at);
      at = copy(group.records, target, at);
    }
  }

  private static int header(byte[] target, int offset, int tag, int length) {
    int at = offset;
    target[at++] = (byte) tag;
    int left = length;
    while (left > 0x7f) {
      target[at++] = (byte) (left & 0x7f | 0x80);
      left >>>= 7;
    }
    target[at++] = (byte) left;
    return at;
  }

  private static int copy(ProtoBuffer source, byte[] target, int at) {
    System.arraycopy(source.array, 0, target, at, source.size);
    return at + source.size;
  }

  /** Memory that is retained for the next requests, in bytes. */
  public long heldBytes() {
    long held = 0;
    for (Group group : groups) {
      if (group != null) {
        held += group.resource.array.length + group.scope.array.length + group.records.array.length;
      }
    }
    return held;
  }

  /** Removes the records; retains the memory that the next ones are likely to need. */
  public void reset() {
    for (int i = 0; i < count; i++) {
      groups[i].resource.reset();
      groups[i].scope.reset();
      groups[i].records.reset();
    }
    if (groups.length > KEPT_GROUPS) {
      groups = Arrays.copyOf(groups, KEPT_GROUPS);
    }
    count = 0;
    records = 0;
    size = 0;
    lastVersion = NO_VERSION;
  }
}
