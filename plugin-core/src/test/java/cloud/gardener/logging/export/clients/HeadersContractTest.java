package cloud.gardener.logging.export.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.ExportListener;
import cloud.gardener.logging.export.ExportResult;
import cloud.gardener.logging.export.http.HttpServer;
import cloud.gardener.logging.export.http.HttpSettings;
import cloud.gardener.logging.export.transport.Reloading;
import cloud.gardener.logging.sink.OtlpSink;
import io.grpc.Metadata;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where headers come from, whatever carries them. */
class HeadersContractTest {
  private static final String REMOTE = "OTLP_.*";

  @TempDir Path folder;

  private final AtomicLong nanoTime = new AtomicLong();
  private OtlpSink grpc;
  private HttpServer http;
  private ExportClients clients;

  @BeforeEach
  void start() throws Exception {
    grpc = OtlpSink.start();
    http = HttpServer.newHttp1Server();
    clients =
        new ExportClients(
            ExportListener.NONE,
            OutputStream.nullOutputStream(),
            Duration.ofMinutes(1),
            name -> null,
            nanoTime::get);
  }

  @AfterEach
  void stop() {
    clients.close();
    grpc.close();
    http.close();
  }

  @ParameterizedTest
  @EnumSource(value = TargetType.class, mode = EnumSource.Mode.MATCH_ALL, names = REMOTE)
  void shouldPreferTheShootToTheFileAndTheFileToTheSetting(TargetType type)
      throws Exception {
    Path file =
        Files.writeString(folder.resolve("headers"), "# ours\n\nB: from: file\n c :  from file\n");
    ExportClient client =
        client(
            type,
            new HeaderConfig(
                new Headers(Map.of("A", "from setting", "b", "from setting", "c", "from setting")),
                Optional.of(file),
                new Headers(Map.of("C", "from shoot"))));
    assertSent(client, type, "a", "from setting");
    assertSent(client, type, "b", "from: file");
    assertSent(client, type, "c", "from shoot");
  }

  @ParameterizedTest
  @EnumSource(value = TargetType.class, mode = EnumSource.Mode.MATCH_ALL, names = REMOTE)
  void shouldSendReplacedValues(TargetType type) throws Exception {
    replaceMountedFile("one", "{\"authorization\": \"Bearer first\"}");
    ExportClient client = client(type, configOfFile("headers"));
    assertSent(client, type, "authorization", "Bearer first");
    replaceMountedFile("two", "{\"authorization\": \"Bearer second\", \"x-new\": \"1\"}");
    assertSent(client, type, "authorization", "Bearer first");
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertSent(client, type, "authorization", "Bearer second");
    assertSent(client, type, "x-new", "1");
    replaceMountedFile("three", "x-new: 2");
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertSent(client, type, "x-new", "2");
    assertSent(client, type, "authorization", null);
  }

  @ParameterizedTest
  @EnumSource(value = TargetType.class, mode = EnumSource.Mode.MATCH_ALL, names = REMOTE)
  void shouldKeepTheOldValuesWhileTheFileIsInvalid(TargetType type) throws Exception {
    Path file = Files.writeString(folder.resolve("headers"), "authorization: Bearer first");
    ExportClient client = client(type, configOfFile("headers"));
    assertSent(client, type, "authorization", "Bearer first");
    for (String broken :
        new String[] {"", "{\"authorization\": \"Bearer s3c", "Bearer s3cret", "te: s3cret-s3cret"}) {
      Files.writeString(file, broken);
      try (LogCapture log = new LogCapture()) {
        for (int i = 0; i < 3; i++) {
          nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
          assertSent(client, type, "authorization", "Bearer first");
        }
        assertEquals(1, log.lines(Reloading.class, Level.WARNING).size(), log::text);
        assertFalse(log.text().contains("s3c"), log::text);
      }
    }
    Files.delete(file);
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertSent(client, type, "authorization", "Bearer first");
    Files.writeString(file, "authorization: Bearer second");
    nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertSent(client, type, "authorization", "Bearer second");
  }

  @ParameterizedTest
  @EnumSource(value = TargetType.class, mode = EnumSource.Mode.MATCH_ALL, names = REMOTE)
  void shouldNotCreateAClientWithAnInvalidFile(TargetType type) throws Exception {
    Path file = folder.resolve("headers");
    assertRefusal("HeadersFile '" + file + "': cannot be read: NoSuchFileException", type);
    Files.writeString(file, "Authorization s3cret");
    assertRefusal(
        "HeadersFile '" + file + "': cannot be used: header 1 has no colon; accepted is a JSON object"
            + " of strings, or lines such as Name: value",
        type);
    Files.write(file, new byte[] {'a', ':', (byte) 0xff});
    assertRefusal("HeadersFile '" + file + "': is not text in UTF-8", type);
    Files.writeString(file, "a: b\n".repeat(100_000));
    assertRefusal(
        "HeadersFile '" + file + "': cannot be used: it is larger than 65536 bytes; accepted is a JSON"
            + " object of strings, or lines such as Name: value",
        type);
  }

  private void assertRefusal(String message, TargetType type) {
    ExportException refused =
        assertThrows(ExportException.class, () -> client(type, configOfFile("headers")));
    assertEquals(message, refused.getMessage());
  }

  private HeaderConfig configOfFile(String name) {
    return new HeaderConfig(Headers.NONE, Optional.of(folder.resolve(name)), Headers.NONE);
  }

  /** As the kubelet does: a folder for each state, and a link that is replaced at once. */
  private void replaceMountedFile(String state, String content) throws Exception {
    Path next = Files.createDirectory(folder.resolve(state));
    Files.writeString(next.resolve("headers"), content);
    Path link = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of(state));
    Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    if (Files.notExists(folder.resolve("headers"))) {
      Files.createSymbolicLink(folder.resolve("headers"), Path.of("..data", "headers"));
    }
  }

  private void assertSent(ExportClient client, TargetType type, String name, String value)
      throws Exception {
    assertEquals(ExportResult.Accepted.ALL, Exports.export(client, Exports.request(1)));
    String sent =
        type == TargetType.OTLP_GRPC
            ? grpc.lastHeaders().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))
            : http.lastRequest().headers().get(name);
    if (value == null) {
      assertNull(sent);
    } else {
      assertEquals(value, sent);
    }
  }

  private ExportClient client(TargetType type, HeaderConfig headers) throws ExportException {
    String address = type == TargetType.OTLP_GRPC ? grpc.address() : http.address();
    return clients.create(
        type,
        new HttpSettings().headers(headers).build(),
        Exports.NO_TLS_KEYS,
        Address.of(address));
  }
}
