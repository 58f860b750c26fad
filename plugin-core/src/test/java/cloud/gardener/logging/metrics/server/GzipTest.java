package cloud.gardener.logging.metrics.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.metrics.Labels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are compressed for clients that accept it. */
class GzipTest {
  private final ServedMetrics served = new ServedMetrics();

  @AfterEach
  void close() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/", "/?format=text", "/status.json"})
  void shouldCompressStreamedPages(String path) throws Exception {
    served.metrics.openTarget(Labels.seed("backend:4317")).incoming(3);
    HttpResponse<byte[]> response = get(path, "gzip, deflate");

    assertEquals("gzip", response.headers().firstValue("Content-Encoding").orElse(""));
    assertEquals("Accept-Encoding", response.headers().firstValue("Vary").orElse(""));
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertTrue(new String(plain).contains("backend:4317"));
    assertTrue(plain.length > response.body().length);
  }

  @ParameterizedTest
  @CsvSource({"identity", "gzip;q=0", "gzip; q=0.00", "deflate", "x-gzipped"})
  void shouldNotCompressWithoutAcceptEncoding(String accepted) throws Exception {
    HttpResponse<byte[]> response = get("/metrics", accepted);

    assertEquals("", response.headers().firstValue("Content-Encoding").orElse(""));
    assertTrue(new String(response.body()).startsWith("# HELP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP;q=0.5", "br, gzip;q=1.0", "identity , gzip"})
  void shouldRecognizeGzipInAcceptEncoding(String accepted) {
    assertTrue(GzipBody.acceptsGzip(accepted));
  }

  @Test
  void shouldNotCompressShortResponses() throws Exception {
    assertEquals("", get("/healthz", "gzip").headers().firstValue("Content-Encoding").orElse(""));
  }

  @Test
  void shouldAbortACompressedPageThatFailsInTheMiddle() {
    for (int i = 0; i < 2000; i++) {
      served.metrics.openTarget(Labels.shoot("shoot--a--" + i * 7919, "backend-" + i * 104729 + ":4317")).incoming(i);
    }
    served.metrics.openTarget(Labels.seed("backend:4317")).queue(new FailingQueue(new AssertionError("a defect")));

    assertThrows(IOException.class, () -> get("/metrics", "gzip"));
  }

  private HttpResponse<byte[]> get(String path, String accepted) throws IOException, InterruptedException {
    return served.getBytes(served.request(path).header("Accept-Encoding", accepted));
  }
}
