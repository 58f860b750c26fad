package cloud.gardener.logging.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class VictoriaLogsTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsIt() {
    Programs.assume("VictoriaLogsTest", VictoriaLogs.PROGRAM);
  }

  @Test
  void tenantsAreApartAndOutliveARestart() throws Exception {
    try (VictoriaLogs logs = VictoriaLogs.start(folder)) {
      send(logs, 1, "a", "b", "b");
      send(logs, 2, "c");

      assertEquals(3, logs.count(1, "*"));
      assertEquals(2, logs.count(1, "_msg:=b"));
      assertEquals(0, logs.count(3, "*"));
      assertEquals("c", logs.rows(2, "*").get(0).get("_msg"));

      logs.restart();
      assertTrue(logs.isAlive());
      assertEquals(3, logs.count(1, "*"));

      logs.kill();
      assertFalse(logs.isAlive());
    }
  }

  private static void send(VictoriaLogs logs, int tenant, String... bodies)
      throws IOException, InterruptedException {
    var request = ExportLogsServiceRequest.newBuilder();
    var scope = request.addResourceLogsBuilder().addScopeLogsBuilder();
    for (String body : bodies) {
      scope
          .addLogRecordsBuilder()
          .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()))
          .setBody(AnyValue.newBuilder().setStringValue(body));
    }
    var response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(logs.insertUrl()))
                    .header("Content-Type", "application/x-protobuf")
                    .header(VictoriaLogs.TENANT, Integer.toString(tenant))
                    .POST(BodyPublishers.ofByteArray(request.build().toByteArray()))
                    .build(),
                BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response.body());
  }
}
