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
 * The one method of OTLP/gRPC for logs, with messages that stay bytes on both ways.
 *
 * <p>It takes one message and answers with one, and is declared as a method that takes many: on the
 * wire the types of gRPC are the same, but only for the latter grpc-java tells when a message is out,
 * see {@link GrpcCall}. What it leaves to the caller for that is to send one message only.
 */
final class LogsService {
  /** {@code Export}: the request is drained, the response is read whole (it is bounded). */
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
