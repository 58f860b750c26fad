package cloud.gardener.logging.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.gardener.logging.config.value.ShootState;
import cloud.gardener.logging.sink.OtlpSink;
import io.grpc.Metadata;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of a shoot's requests, with a disk queue and without. */
class ShootHeadersTest extends SeedAndShoot {
  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void shouldSendAShootsHeadersToTheShootOnly(String inMemory) throws Exception {
    open(
        "Headers", "x-scope-orgid garden,x-all 1",
        "ShootHeaders", "{\"X-Scope-OrgID\": \"{namespace}\", \"x-shoot\": \"of-{namespace}\"}",
        "Compression", "zstd",
        "UseSDKBatchProcessor", inMemory,
        "SDKBatchExportInterval", "20ms");
    output.shoots.with(namespace, ShootState.CREATION).publish();

    output.flush(namespace, 10);
    output.awaitNothingBuffered();

    assertEquals(10, shoot.totals().records());
    assertEquals(10, seed.totals().records());
    assertEquals(namespace, header(shoot, "x-scope-orgid"));
    assertEquals("of-" + namespace, header(shoot, "x-shoot"));
    assertEquals("1", header(shoot, "x-all"));
    assertEquals("zstd", header(shoot, "grpc-encoding"));
    assertEquals("garden", header(seed, "x-scope-orgid"));
    assertNull(header(seed, "x-shoot"));
  }

  private static String header(OtlpSink sink, String name) {
    return sink.lastHeaders().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }
}
