package cloud.gardener.logging.export.grpc;

import cloud.gardener.logging.export.ExportRequest;
import cloud.gardener.logging.export.transport.RequestStream;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The only method of OTLP/gRPC for logs, with messages that stay bytes in both directions.
 *
 * <p>The method is unary but declared as client streaming. The two look the same on the wire, but only for a
 * streaming method does grpc-java report when a message is written, see {@link GrpcCall}. In return, the caller must
 * ensure that it sends exactly one message.
 */
final class LogsService {
  /** {@code Export}: the request is drained; the response, whose size is bounded, is read whole. */
  static final MethodDescriptor<ExportRequest, byte[]> EXPORT =
      MethodDescriptor.<ExportRequest, byte[]>newBuilder()
          .setType(MethodType.CLIENT_STREAMING)
          .setFullMethodName("opentelemetry.proto.collector.logs.v1.LogsService/Export")
          .setRequestMarshaller(new RequestMarshaller())
          .setResponseMarshaller(new ResponseMarshaller())
          .build();

  private LogsService() {}

  private static final class RequestMarshaller implements Marshaller<ExportRequest> {
    @Override
    public InputStream stream(ExportRequest request) {
      return new RequestStream(request);
    }

    @Override
    public ExportRequest parse(InputStream stream) {
      throw new UnsupportedOperationException("a client reads no requests");
    }
  }

  private static final class ResponseMarshaller implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] response) {
      throw new UnsupportedOperationException("a client writes no responses");
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
