package cloud.gardener.logging.seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of an {@link OtelCollector}: an OTLP receiver for gRPC and HTTP on free ports of this
 * machine, what a test adds, and one pipeline for logs. A key is the path of a setting with {@code ::}
 * between its parts, as the Collector itself takes it; a value is YAML.
 */
public final class CollectorSettings {
  private static final String PROTOCOLS = "receivers::otlp::protocols::";
  private static final List<String> SERVERS = List.of(PROTOCOLS + "grpc::", PROTOCOLS + "http::");

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> processors = new ArrayList<>();
  private final List<String> exporters = new ArrayList<>();
  private final String address;
  private final int grpcPort;
  private final int httpPort;

  public CollectorSettings() throws IOException {
    this("127.0.0.1", Ports.free(), Ports.free());
  }

  /** On another address of this machine. */
  public CollectorSettings(String address, int grpcPort, int httpPort) {
    this.address = address;
    this.grpcPort = grpcPort;
    this.httpPort = httpPort;
    set(PROTOCOLS + "grpc::endpoint", "'" + address + ":" + grpcPort + "'");
    set(PROTOCOLS + "http::endpoint", "'" + address + ":" + httpPort + "'");
    set("service::telemetry::metrics::level", "none");
    set("service::pipelines::logs::receivers", "[otlp]");
  }

  public CollectorSettings set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Serves with the {@code tls.crt} of a folder, and wants a certificate of its {@code ca.crt}. */
  public CollectorSettings mutualTls(Path folder) {
    for (String server : SERVERS) {
      set(server + "tls::cert_file", folder.resolve("tls.crt").toString());
      set(server + "tls::key_file", folder.resolve("tls.key").toString());
      set(server + "tls::client_ca_file", folder.resolve("ca.crt").toString());
    }
    return this;
  }

  /** Takes requests with this token only. */
  public CollectorSettings bearer(String token) {
    for (String server : SERVERS) {
      set(server + "auth::authenticator", "bearertokenauth");
    }
    set("extensions::bearertokenauth::token", "'" + token + "'");
    return set("service::extensions", "[bearertokenauth]");
  }

  /** Takes requests of so many MiB at most, over each protocol. */
  public CollectorSettings receiveLimit(int mib) {
    set(PROTOCOLS + "grpc::max_recv_msg_size_mib", Integer.toString(mib));
    return set(PROTOCOLS + "http::max_request_body_size", Integer.toString(mib << 20));
  }

  /** Adds a processor; its settings are set by {@code processors::<name>::}. */
  public CollectorSettings processor(String name) {
    processors.add(name);
    return this;
  }

  /** Prints each record that it takes. */
  public CollectorSettings debug() {
    return exporter("debug").set("exporters::debug::verbosity", "detailed");
  }

  /**
   * Sends to an OTLP/HTTP backend, such as VictoriaLogs, and answers a request when that has taken it: no
   * queue in between that would die with the Collector.
   */
  public CollectorSettings forward(String logsUrl, Map<String, String> headers) {
    String exporter = "exporters::otlp_http::";
    exporter("otlp_http").set(exporter + "logs_endpoint", "'" + logsUrl + "'");
    headers.forEach((name, value) -> set(exporter + "headers::" + name, "'" + value + "'"));
    set(exporter + "retry_on_failure::enabled", "false");
    return set(exporter + "sending_queue::enabled", "false");
  }

  /** Adds an exporter; its settings are set by {@code exporters::<name>::}. */
  public CollectorSettings exporter(String name) {
    exporters.add(name);
    return this;
  }

  String address() {
    return address;
  }

  int grpcPort() {
    return grpcPort;
  }

  int httpPort() {
    return httpPort;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> line(text, key, value));
    processors.forEach(name -> settings(text, "processors::", name));
    exporters.forEach(name -> settings(text, "exporters::", name));
    line(text, "service::pipelines::logs::processors", processors.toString());
    line(text, "service::pipelines::logs::exporters", exporters.toString());
    return text.toString();
  }

  /** A component has to be named where it has no settings, too. */
  private void settings(StringBuilder text, String kind, String name) {
    if (settings.keySet().stream().noneMatch(key -> key.startsWith(kind + name + "::"))) {
      line(text, kind + name, "");
    }
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(": ").append(value).append('\n');
  }
}
