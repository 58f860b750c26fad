package cloud.gardener.logging.metrics.profile;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Stacks with values, in the format that {@code go tool pprof} opens: the message {@code Profile} of pprof's
 * profile.proto, compressed with gzip. Not thread-safe.
 */
public final class StackProfile {
  // The field numbers of profile.proto.
  private static final int SAMPLE_TYPE = 1;
  private static final int SAMPLE = 2;
  private static final int LOCATION = 4;
  private static final int FUNCTION = 5;
  private static final int STRING_TABLE = 6;
  private static final int TIME_NANOS = 9;
  private static final int DURATION_NANOS = 10;
  private static final int DEFAULT_SAMPLE_TYPE = 14;
  private static final int SAMPLE_LOCATION_ID = 1;
  private static final int SAMPLE_VALUE = 2;
  private static final int SAMPLE_LABEL = 3;

  private final Instant takenAt = Instant.now();
  private final List<String[]> types = new ArrayList<>();
  private final List<ByteString> samples = new ArrayList<>();
  private final Map<Frame, Integer> locations = new LinkedHashMap<>();
  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private Duration duration = Duration.ZERO;

  /** A function's call; the same for all samples, so that it is written once. */
  private record Frame(String function, String file, int line) {}

  /** Writes the fields of a message. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  StackProfile() {
    stringIndex("");
  }

  /** Adds a value that each sample has, such as cpu in nanoseconds. The last one is shown first. */
  void addType(String name, String unit) {
    types.add(new String[] {name, unit});
  }

  void duration(Duration measured) {
    duration = measured;
  }

  /**
   * Adds a sample.
   *
   * @param thread the value of the label {@code thread}; empty for none
   * @param stack innermost first
   * @param values one for each type
   */
  void add(String thread, StackTraceElement[] stack, long... values) {
    List<Integer> ids = new ArrayList<>();
    for (StackTraceElement call : stack) {
      String function = call.getClassName() + "." + call.getMethodName();
      String file = call.getFileName() == null ? "" : call.getFileName();
      ids.add(locationId(new Frame(function, file, Math.max(0, call.getLineNumber()))));
    }
    addSample(thread, ids, values);
  }

  /** Adds a sample with one frame, such as a class. */
  void add(String name, long... values) {
    addSample("", List.of(locationId(new Frame(name, "", 0))), values);
  }

  private void addSample(String thread, List<Integer> ids, long[] values) {
    samples.add(
        message(
            out -> {
              for (int id : ids) {
                out.writeUInt64(SAMPLE_LOCATION_ID, id);
              }
              for (long value : values) {
                out.writeInt64(SAMPLE_VALUE, value);
              }
              if (!thread.isEmpty()) {
                out.writeBytes(SAMPLE_LABEL, twoNumbers(stringIndex("thread"), stringIndex(thread)));
              }
            }));
  }

  private int locationId(Frame frame) {
    return locations.computeIfAbsent(frame, added -> locations.size() + 1);
  }

  private int stringIndex(String text) {
    return strings.computeIfAbsent(text, added -> strings.size());
  }

  /** Writes the profile. */
  public void write(OutputStream out) throws IOException {
    try (GZIPOutputStream gzip = new GZIPOutputStream(new Unclosed(out))) {
      CodedOutputStream profile = CodedOutputStream.newInstance(gzip);
      for (String[] type : types) {
        profile.writeBytes(SAMPLE_TYPE, twoNumbers(stringIndex(type[0]), stringIndex(type[1])));
      }
      for (ByteString sample : samples) {
        profile.writeBytes(SAMPLE, sample);
      }
      for (Map.Entry<Frame, Integer> location : locations.entrySet()) {
        writeLocation(profile, location.getKey(), location.getValue());
      }
      profile.writeInt64(TIME_NANOS, takenAt.getEpochSecond() * 1_000_000_000 + takenAt.getNano());
      profile.writeInt64(DURATION_NANOS, duration.toNanos());
      profile.writeInt64(DEFAULT_SAMPLE_TYPE, stringIndex(types.get(types.size() - 1)[0]));
      for (String text : strings.keySet()) {
        profile.writeString(STRING_TABLE, text);
      }
      profile.flush();
    }
  }

  /** Each location is one line of one function, which has the same number. */
  private void writeLocation(CodedOutputStream profile, Frame frame, int id) throws IOException {
    ByteString line = twoNumbers(id, frame.line);
    profile.writeBytes(
        LOCATION,
        message(
            out -> {
              out.writeUInt64(1, id);
              out.writeBytes(4, line);
            }));
    profile.writeBytes(
        FUNCTION,
        message(
            out -> {
              out.writeUInt64(1, id);
              out.writeInt64(2, stringIndex(frame.function));
              out.writeInt64(3, stringIndex(frame.function));
              out.writeInt64(4, stringIndex(frame.file));
            }));
  }

  /** A message of two numbers: a type and its unit, a label's key and value, a function and its line. */
  private static ByteString twoNumbers(long first, long second) {
    return message(
        out -> {
          out.writeInt64(1, first);
          out.writeInt64(2, second);
        });
  }

  private static ByteString message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return ByteString.copyFrom(bytes.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e); // Memory does not fail.
    }
  }

  /** The response's stream, which the server closes. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
