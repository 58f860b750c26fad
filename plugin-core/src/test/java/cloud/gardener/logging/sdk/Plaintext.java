package cloud.gardener.logging.sdk;

import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.Compression;
import cloud.gardener.logging.config.value.Headers;
import cloud.gardener.logging.config.value.HttpEncoding;
import cloud.gardener.logging.config.value.HttpVersion;
import cloud.gardener.logging.config.value.TargetType;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportException;
import cloud.gardener.logging.export.clients.ExportClients;
import java.time.Duration;
import java.util.Optional;

/** Clients without anything special. */
final class Plaintext {
  /** Longer than anything here takes: a test that waits so long has failed. */
  static final Duration LONG = Duration.ofSeconds(20);

  private Plaintext() {}

  static ExportClient client(ExportClients clients, TargetType type, String address)
      throws ExportException {
    EndpointConfig endpoint =
        new EndpointConfig(
            Address.of(address),
            Optional.empty(),
            "",
            Optional.empty(),
            true,
            Compression.NONE,
            LONG,
            HeaderConfig.of(Headers.NONE),
            HttpEncoding.PROTOBUF,
            HttpVersion.AUTO);
    return clients.create(
        type, endpoint, new TlsConfig("", "", "", "", false, "1.2", ""), endpoint.endpoint());
  }
}
