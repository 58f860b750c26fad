package cloud.gardener.logging.sdk;

import cloud.gardener.logging.config.Address;
import cloud.gardener.logging.config.Compression;
import cloud.gardener.logging.config.EndpointConfig;
import cloud.gardener.logging.config.HeaderConfig;
import cloud.gardener.logging.config.HttpEncoding;
import cloud.gardener.logging.config.HttpVersion;
import cloud.gardener.logging.config.TargetType;
import cloud.gardener.logging.config.TlsConfig;
import cloud.gardener.logging.export.ExportClient;
import cloud.gardener.logging.export.ExportClients;
import cloud.gardener.logging.export.ExportException;
import java.time.Duration;
import java.util.Map;
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
            HeaderConfig.of(Map.of()),
            HttpEncoding.PROTOBUF,
            HttpVersion.AUTO);
    return clients.create(
        type, endpoint, new TlsConfig("", "", "", "", false, "1.2", ""), endpoint.endpoint());
  }
}
