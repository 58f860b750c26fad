package cloud.gardener.logging.metrics.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A profile as pprof reads it, by the field numbers of profile.proto. */
final class PprofFile {
  private final UnknownFieldSet profile;
  private final List<String> strings;
  private final Map<Long, String> functions = new HashMap<>();
  private final Map<Long, Long> functionOfLocation = new HashMap<>();

  private PprofFile(UnknownFieldSet profile) throws InvalidProtocolBufferException {
    this.profile = profile;
    this.strings =
        profile.getField(6).getLengthDelimitedList().stream().map(ByteString::toStringUtf8).toList();
    for (UnknownFieldSet function : messages(profile, 5)) {
      functions.put(number(function, 1), strings.get((int) number(function, 2)));
    }
    for (UnknownFieldSet location : messages(profile, 4)) {
      functionOfLocation.put(number(location, 1), number(messages(location, 4).get(0), 1));
    }
  }

  static PprofFile parse(byte[] gzip) throws IOException {
    byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    return new PprofFile(UnknownFieldSet.parseFrom(bytes));
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet in, int field)
      throws InvalidProtocolBufferException {
    List<UnknownFieldSet> messages = new ArrayList<>();
    for (ByteString bytes : in.getField(field).getLengthDelimitedList()) {
      messages.add(UnknownFieldSet.parseFrom(bytes));
    }
    return messages;
  }

  private static long number(UnknownFieldSet in, int field) {
    List<Long> numbers = in.getField(field).getVarintList();
    return numbers.isEmpty() ? 0 : numbers.get(0);
  }

  String types() throws InvalidProtocolBufferException {
    return messages(profile, 1).stream()
        .map(type -> strings.get((int) number(type, 1)) + " " + strings.get((int) number(type, 2)))
        .collect(Collectors.joining(" "));
  }

  Set<String> functions() {
    return new TreeSet<>(functions.values());
  }

  /** The sum of the last value of all samples with a function whose name ends so. */
  long valueOf(String function) throws InvalidProtocolBufferException {
    long sum = 0;
    for (UnknownFieldSet sample : messages(profile, 2)) {
      boolean isIn =
          sample.getField(1).getVarintList().stream()
              .anyMatch(id -> functions.get(functionOfLocation.get(id)).endsWith(function));
      List<Long> values = sample.getField(2).getVarintList();
      sum += isIn ? values.get(values.size() - 1) : 0;
    }
    return sum;
  }

  Set<String> threads() throws InvalidProtocolBufferException {
    Set<String> threads = new TreeSet<>();
    for (UnknownFieldSet sample : messages(profile, 2)) {
      for (UnknownFieldSet label : messages(sample, 3)) {
        threads.add(strings.get((int) number(label, 2)));
      }
    }
    return threads;
  }
}
