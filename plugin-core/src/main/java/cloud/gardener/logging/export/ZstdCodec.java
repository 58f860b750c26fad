package cloud.gardener.logging.export;

import io.grpc.Compressor;
import java.io.OutputStream;

/** zstd for requests over gRPC. Answers are not asked for in it. Stateless. */
final class ZstdCodec implements Compressor {
  /** As it is written in {@code grpc-encoding} and {@code Content-Encoding}. */
  static final String NAME = "zstd";

  private static final int EXPECTED_BYTES = 64 * 1024;

  @Override
  public String getMessageEncoding() {
    return NAME;
  }

  @Override
  public OutputStream compress(OutputStream target) {
    return new ZstdOutput(target, EXPECTED_BYTES);
  }
}
