package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.http.HttpServer;
import cloud.gardener.logging.sink.OtlpSink;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints of every form are reached. */
class EndpointContractTest {
  private final ExportClients clients =
      Exports.clients(ExportListener.NONE, Duration.ofMinutes(1));

  @AfterEach
  void stop() {
    clients.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "dns:///%s", "passthrough:///%s", "http://%s", "http://%s/"})
  void shouldReachTheBackend(String form) throws Exception {
    try (OtlpSink grpc = OtlpSink.start();
        HttpServer http = HttpServer.newHttp1Server()) {
      assertEquals(
          ExportResult.Accepted.ALL, export(TargetType.OTLP_GRPC, form.formatted(grpc.address())));
      assertEquals(
          ExportResult.Accepted.ALL, export(TargetType.OTLP_HTTP, form.formatted(http.address())));
    }
  }

  @Test
  void shouldReachAnAddressWithAZoneAndNotSendTheZone() throws Exception {
    assumeTrue(hasIpv6(), "no IPv6 here");
    String zone = NetworkInterface.getByInetAddress(InetAddress.getByName("::1")).getName();
    try (OtlpSink grpc = new OtlpSink(OtlpSink.Options.defaults().onHost("::1"))) {
      String address = "[::1%" + zone + "]:" + grpc.port();
      assertEquals(ExportResult.Accepted.ALL, export(TargetType.OTLP_GRPC, address));
    }
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      int port = listening.getLocalPort();
      ExportClient client =
          clients.create(
              TargetType.OTLP_HTTP,
              Exports.plaintext(),
              Exports.NO_TLS_KEYS,
              Address.of("http://[::1%25" + zone + "]:" + port));
      Exports.startExport(client, Exports.request(1));
      try (Socket accepted = listening.accept()) {
        String head = readHead(accepted.getInputStream()).toLowerCase();
        assertEquals(1, head.split("host: \\[::1\\]:" + port + "\r\n", -1).length - 1, head);
      }
    }
  }

  private ExportResult export(TargetType type, String endpoint) throws Exception {
    return Exports.export(
        clients.create(
            type, Exports.plaintext(), Exports.NO_TLS_KEYS, Address.of(endpoint)),
        Exports.request(1));
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append(new String(in.readNBytes(1), StandardCharsets.US_ASCII));
    }
    return head.toString();
  }

  private static boolean hasIpv6() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return any.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
