package cloud.gardener.logging.export;

import cloud.gardener.logging.config.Compression;
import cloud.gardener.logging.config.HttpEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/**
 * Makes a request's body. Protobuf without compression stays where it lies and is copied once, when
 * it is written; everything else is made here, on the thread that exports.
 */
final class HttpBody {
  private HttpBody() {}

  /**
   * The body, on the heap; not counted, so it need not be released.
   *
   * @throws IOException when JSON is wanted and the request is no OTLP
   */
  static ByteBuf of(ExportRequest request, HttpEncoding encoding, Compression compression)
      throws IOException {
    boolean gzip = compression == Compression.GZIP;
    if (encoding == HttpEncoding.PROTOBUF && !gzip) {
      return Unpooled.wrappedBuffer(request.parts().toArray(new ByteBuffer[0]));
    }
    Buffer buffer = new Buffer(gzip ? request.bytes() / 4 : 2 * request.bytes());
    try (OutputStream out = gzip ? new GZIPOutputStream(buffer) : buffer) {
      if (encoding == HttpEncoding.JSON) {
        ExportLogsServiceRequest parsed = OtlpRequests.parse(request);
        OtlpJson.writeRequest(parsed, out);
      } else {
        try (InputStream in = new RequestStream(request)) {
          in.transferTo(out);
        }
      }
    }
    return buffer.wrapped();
  }

  /** Hands its array out without a copy. */
  private static final class Buffer extends ByteArrayOutputStream {
    Buffer(int sizeBytes) {
      super(sizeBytes);
    }

    ByteBuf wrapped() {
      return Unpooled.wrappedBuffer(buf, 0, count);
    }
  }
}
