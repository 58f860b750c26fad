package cloud.gardener.logging.export.http;

import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.transport.RequestStream;
import cloud.gardener.logging.export.transport.ZstdOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/**
 * Creates a request's body. Uncompressed protobuf is not copied here, but once when it is written. All other bodies
 * are created here, on the exporting thread.
 */
final class HttpBody {
  private HttpBody() {}

  /**
   * The body, on the heap and without reference counting, so it need not be released.
   *
   * @throws IOException when JSON is requested and the request is not valid OTLP
   */
  static ByteBuf of(ExportRequest request, HttpEncoding encoding, Compression compression)
      throws IOException {
    if (encoding == HttpEncoding.PROTOBUF && compression == Compression.NONE) {
      return Unpooled.wrappedBuffer(request.parts().toArray(new ByteBuffer[0]));
    }
    int plainBytes = encoding == HttpEncoding.JSON ? 2 * request.bytes() : request.bytes();
    Buffer buffer = new Buffer(compression == Compression.NONE ? plainBytes : plainBytes / 4);
    try (OutputStream out = compress(buffer, compression, plainBytes)) {
      if (encoding == HttpEncoding.JSON) {
        ExportLogsServiceRequest parsed = OtlpRequests.parse(request);
        OtlpJson.writeRequest(parsed, out);
      } else {
        try (RequestStream in = new RequestStream(request)) {
          in.drainTo(out);
        }
      }
    }
    return buffer.toByteBuf();
  }

  private static OutputStream compress(
      OutputStream target, Compression compression, int expectedBytes) throws IOException {
    return switch (compression) {
      case NONE -> target;
      case GZIP -> new GZIPOutputStream(target);
      case ZSTD -> new ZstdOutput(target, expectedBytes);
    };
  }

  /** Returns its array without a copy. */
  private static final class Buffer extends ByteArrayOutputStream {
    Buffer(int sizeBytes) {
      super(sizeBytes);
    }

    ByteBuf toByteBuf() {
      return Unpooled.wrappedBuffer(buf, 0, count);
    }
  }
}
