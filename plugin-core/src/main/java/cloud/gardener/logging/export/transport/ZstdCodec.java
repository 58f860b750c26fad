package cloud.gardener.logging.export.transport;

import io.airlift.compress.zstd.ZstdInputStream;
import io.grpc.Codec;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * zstd for gRPC. The client does not request zstd responses, but servers based on grpc-go, such as the Collector,
 * respond with the encoding of the request. Stateless.
 */
public final class ZstdCodec implements Codec {
  /** The name in {@code grpc-encoding} and {@code Content-Encoding}. */
  public static final String NAME = "zstd";

  private static final int EXPECTED_BYTES = 64 * 1024;

  @Override
  public String getMessageEncoding() {
    return NAME;
  }

  @Override
  public OutputStream compress(OutputStream target) {
    return new ZstdOutput(target, EXPECTED_BYTES);
  }

  @Override
  public InputStream decompress(InputStream compressed) {
    return new ZstdInputStream(compressed);
  }
}
