package cloud.gardener.logging.export.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.clients.Exports;
import cloud.gardener.logging.export.clients.FrameServer;
import com.github.luben.zstd.ZstdOutputStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers written with grpc-go answer in the encoding of the request, whatever the client says it accepts. */
class GrpcCompressedAnswerTest extends GrpcTest {
  private static final int ABOVE_THE_LIMIT = 4 * 1024 * 1024 + 1;

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = {"GZIP", "ZSTD"})
  void shouldReadAnAcceptedResponse(Compression compression) throws Exception {
    assertEquals(
        ExportResult.Accepted.ALL,
        resultOf(compression, compressed(compression, new byte[0])));
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = {"GZIP", "ZSTD"})
  void shouldReadHowManyWereRejected(Compression compression) throws Exception {
    byte[] partial =
        ExportLogsServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(3)
                    .setErrorMessage("too old ".repeat(1000)))
            .build()
            .toByteArray();
    ExportResult.Accepted accepted =
        assertInstanceOf(
            ExportResult.Accepted.class,
            resultOf(compression, compressed(compression, partial)));
    assertEquals(3, accepted.rejected());
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = {"GZIP", "ZSTD"})
  void shouldReadNoMoreThanTheLimit(Compression compression) throws Exception {
    assertEquals(
        new ExportResult.Accepted(0, "the response to an accepted request is above 4 MiB"),
        resultOf(compression, compressed(compression, new byte[ABOVE_THE_LIMIT])));
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = {"GZIP", "ZSTD"})
  void shouldNotAcceptADamagedResponse(Compression compression) throws Exception {
    byte[] damaged = compressed(compression, new byte[100]);
    damaged[0] ^= 1;
    ExportResult result = resultOf(compression, damaged);
    assertInstanceOf(ExportResult.Retry.class, result);
  }

  private ExportResult resultOf(Compression compression, byte[] message) throws Exception {
    ByteBuf framed = Unpooled.buffer().writeByte(1).writeInt(message.length).writeBytes(message);
    byte[] frame = ByteBufUtil.getBytes(framed);
    String encoding = compression.name().toLowerCase();
    try (FrameServer server =
        new FrameServer(
            connection -> {
              connection.headers(
                  false, ":status", "200", "content-type", "application/grpc", "grpc-encoding", encoding);
              connection.data(false, frame);
              connection.headers(true, "grpc-status", "0");
            })) {
      return Exports.export(
          client(Exports.config(true, compression, Exports.LONG, Map.of()), server.address()),
          Exports.request(10));
    }
  }

  private static byte[] compressed(Compression compression, byte[] plain) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        compression == Compression.ZSTD ? new ZstdOutputStream(bytes) : new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
