package cloud.gardener.logging.export.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.otlp.GoldenCase;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.ObjectMapper;

/** The same JSON as protobuf's own writer, except for what OTLP has otherwise. */
class OtlpJsonWriterTest {
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 500);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What logs and the escapes of JSON are made of, and what needs two, three and four bytes in UTF-8. */
  private static final String[] TEXTS = {
    "", "a", "a=1 <b> & 'c'", "\"\\/", "\b\f\n\r\t\u0000\u001f\u007f", "\u00e9\u20ac\uD83D\uDE00\u2028\u2029", "x".repeat(9_000)
  };
  private static final long[] NUMBERS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final double[] DOUBLES = {
    0, -0.0, 1, 0.1, 1e21, 1e-7, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  @ParameterizedTest
  @MethodSource("cloud.gardener.logging.otlp.GoldenCase#all")
  void shouldWriteTheGoldenRequestsAsProtobufDoes(GoldenCase golden) throws IOException {
    assertSameJson(golden.request());
  }

  /** By reflection, so that no field of a later version is forgotten. */
  @Test
  void shouldWriteEveryFieldAsProtobufDoes() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    Set<FieldDescriptor> seen = new HashSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
      fill(request, random, 0, seen);
      assertSameJson(request.build());
    }
    assertTrue(
        seen.contains(LogRecord.getDescriptor().findFieldByName("event_name"))
            && seen.contains(AnyValue.getDescriptor().findFieldByName("bytes_value")),
        "it is deep enough");
  }

  @Test
  void shouldWriteWhatIsAsDeepAsARequestMayBe() throws IOException {
    AnyValue array = AnyValue.getDefaultInstance();
    AnyValue list = AnyValue.getDefaultInstance();
    for (int depth = 0; depth < 30; depth++) {
      array = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(array)).build();
      list =
          AnyValue.newBuilder()
              .setKvlistValue(KeyValueList.newBuilder().addValues(KeyValue.newBuilder().setKey("k").setValue(list)))
              .build();
    }
    for (AnyValue body : new AnyValue[] {array, list}) {
      ScopeLogs logs = ScopeLogs.newBuilder().addLogRecords(LogRecord.newBuilder().setBody(body)).build();
      assertSameJson(
          ExportLogsServiceRequest.newBuilder()
              .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(logs))
              .build());
    }
  }

  @Test
  void shouldThrowWhatTheStreamThrows() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("as the test wants it");
          }
        };
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(LogRecord.getDefaultInstance())))
            .build();
    assertEquals(
        "as the test wants it",
        assertThrows(IOException.class, () -> OtlpJson.writeRequest(request, broken)).getMessage());
    assertEquals(
        "as the test wants it",
        assertThrows(IOException.class, () -> OtlpJson.writeLines(request, broken)).getMessage());
  }

  private static void assertSameJson(ExportLogsServiceRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OtlpJson.writeRequest(request, out);
    String expected = JsonFormat.printer().printingEnumsAsInts().print(withHexIds(request));
    // Read and written again: of the same order, without the spaces and the unnecessary escapes of either.
    assertEquals(
        MAPPER.readTree(expected).toString(),
        MAPPER.readTree(out.toString(UTF_8)).toString(),
        () -> "fuzz.seed=" + SEED);
  }

  /** With ids whose base64 is the hex of the right ones. */
  private static ExportLogsServiceRequest withHexIds(ExportLogsServiceRequest request) {
    ExportLogsServiceRequest.Builder all = request.toBuilder();
    for (ResourceLogs.Builder resource : all.getResourceLogsBuilderList()) {
      for (ScopeLogs.Builder scope : resource.getScopeLogsBuilderList()) {
        for (LogRecord.Builder record : scope.getLogRecordsBuilderList()) {
          record.setTraceId(base64OfHex(record.getTraceId())).setSpanId(base64OfHex(record.getSpanId()));
        }
      }
    }
    return all.build();
  }

  private static ByteString base64OfHex(ByteString id) {
    return ByteString.copyFrom(Base64.getDecoder().decode(HexFormat.of().formatHex(id.toByteArray())));
  }

  /** Sets about half of the fields, with values that are defaults among them. */
  private static void fill(Message.Builder message, SplittableRandom random, int depth, Set<FieldDescriptor> seen) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (random.nextBoolean() || isMessage && depth > 8) {
        continue;
      }
      seen.add(field);
      if (!field.isRepeated()) {
        message.setField(field, value(message, field, random, depth, seen));
        continue;
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        message.addRepeatedField(field, value(message, field, random, depth, seen));
      }
    }
  }

  private static Object value(
      Message.Builder message, FieldDescriptor field, SplittableRandom random, int depth, Set<FieldDescriptor> seen) {
    long number = random.nextInt(3) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
    return switch (field.getJavaType()) {
      case STRING -> TEXTS[random.nextInt(TEXTS.length)];
      case INT -> (int) number;
      case LONG -> number;
      case DOUBLE -> random.nextBoolean() ? Double.longBitsToDouble(number) : DOUBLES[random.nextInt(DOUBLES.length)];
      case FLOAT -> (float) number;
      case BOOLEAN -> random.nextBoolean();
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(30));
      case BYTE_STRING -> {
        byte[] bytes = new byte[field.getName().endsWith("_id") ? 2 * random.nextInt(9) : random.nextInt(100)];
        random.nextBytes(bytes);
        yield ByteString.copyFrom(bytes);
      }
      case MESSAGE -> {
        Message.Builder inner = message.newBuilderForField(field);
        fill(inner, random, depth + 1, seen);
        yield inner.build();
      }
    };
  }
}
