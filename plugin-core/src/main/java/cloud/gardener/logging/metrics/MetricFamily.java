package cloud.gardener.logging.metrics;

import static cloud.gardener.logging.metrics.MetricFamily.Type.COUNTER;
import static cloud.gardener.logging.metrics.MetricFamily.Type.GAUGE;
import static cloud.gardener.logging.metrics.MetricFamily.Type.HISTOGRAM;
import static cloud.gardener.logging.metrics.MetricFamily.Type.INFO;

import java.util.List;

/**
 * All metrics of the plugin: name as exposed, labels and description. The collectors and the tables of
 * docs/metrics.md derive from here. The {@code jvm_*} metrics are Micrometer's.
 */
enum MetricFamily {
  CLIENTS("fluentbit_gardener_clients_total", GAUGE, "Open targets: SEED for backends of the seed, SHOOT for those of shoots.", "type"),
  ERRORS("fluentbit_gardener_errors_total", COUNTER, "Errors of the plugin, by type.", "type"),
  WITHOUT_METADATA(
      "fluentbit_gardener_logs_without_metadata_total",
      COUNTER,
      "Records without Kubernetes metadata; type is always Kubernetes.",
      "type"),
  QUESTIONS(
      "fluentbit_gardener_namespace_questions_total",
      COUNTER,
      "Queries to the API server about namespaces of unknown shoots, by result.",
      "result"),
  HELD(
      "fluentbit_gardener_held_chunks_total",
      COUNTER,
      "Chunks that Fluent Bit was asked to keep until the shoots are known, or older records are imported (HoldUntilSynced)."),
  FLUSH_DURATION(
      "fluentbit_gardener_flush_duration_seconds",
      HISTOGRAM,
      "Duration of a flush, for which Fluent Bit's thread waits."),
  FLUSH_LONGEST(
      "fluentbit_gardener_flush_longest_seconds", GAUGE, "The longest flush since the start."),
  INCOMING(
      "fluentbit_gardener_incoming_logs_total",
      COUNTER,
      "Records accepted from Fluent Bit; host is the namespace of the shoot, or garden for the seed.",
      "host"),
  OUTPUT(
      "fluentbit_gardener_output_client_logs_total",
      COUNTER,
      "Records appended to the target's queue; host is its endpoint.",
      "host"),
  EXPORTED(
      "fluentbit_gardener_exported_client_logs_total",
      COUNTER,
      "Records that the backend has accepted.",
      "host"),
  DROPPED(
      "fluentbit_gardener_dropped_logs_total",
      COUNTER,
      "Dropped records, by reason; host as for incoming records.",
      "host",
      "reason"),
  MUTED(
      "fluentbit_gardener_muted_logs_total",
      COUNTER,
      "Records that go neither to the shoot nor to the seed because of the shoot's state; host as for incoming records.",
      "host"),
  THROTTLED(
      "fluentbit_gardener_throttled_logs_total",
      COUNTER,
      "Records delayed by the rate limit; none is lost.",
      "host"),
  RECOVERED(
      "fluentbit_gardener_recovered_logs_total",
      COUNTER,
      "Records found in the disk queue at a start, or imported from the plugin in Go.",
      "host"),
  LEFT(
      "fluentbit_gardener_left_logs_total",
      COUNTER,
      "Records left in the disk queue at a stop, for the next start.",
      "host"),
  BUFFERED(
      "fluentbit_gardener_buffered_logs", GAUGE, "Records in the disk queue of the target.", "host"),
  DQUE_SIZE("fluentbit_gardener_dque_size", GAUGE, "Records in a disk queue; name is DQueName/target.", "name"),
  DQUE_ENTRIES("fluentbit_gardener_dque_entries", GAUGE, "Entries in a disk queue; an entry holds many records.", "name"),
  DQUE_BYTES("fluentbit_gardener_dque_bytes", GAUGE, "Bytes of a queue on disk, quarantined files included.", "name"),
  DQUE_MAX_BYTES(
      "fluentbit_gardener_dque_max_bytes", GAUGE, "Limit of a queue's bytes on disk: DQueMaxBytes.", "name"),
  OLDEST_AGE(
      "fluentbit_gardener_dque_oldest_age_seconds",
      GAUGE,
      "Age of the oldest record in a queue; 0 if the queue is empty.",
      "name"),
  ALL_BYTES(
      "fluentbit_gardener_output_dque_bytes",
      GAUGE,
      "Bytes of all queues of an output on disk; name is its DQueName.",
      "name"),
  ALL_MAX_BYTES(
      "fluentbit_gardener_output_dque_max_bytes",
      GAUGE,
      "Limit of the bytes of all queues of an output on disk: DQueTotalMaxBytes.",
      "name"),
  WATCH_CONNECTED(
      "fluentbit_gardener_watch_connected",
      GAUGE,
      "1 while the watch of the shoots is connected, for an output with DynamicHostPath; else 0.",
      "name"),
  ALL_INCOMING(
      "fluentbit_gardener_output_incoming_logs_total",
      COUNTER,
      "Records accepted from Fluent Bit by all targets of an output, removed ones included; name is its DQueName.",
      "name"),
  ALL_RECOVERED(
      "fluentbit_gardener_output_recovered_logs_total",
      COUNTER,
      "Records found in all queues of an output when they were opened, or imported from the plugin in Go.",
      "name"),
  ALL_EXPORTED(
      "fluentbit_gardener_output_exported_logs_total",
      COUNTER,
      "Records of an output that its backends have accepted.",
      "name"),
  ALL_DROPPED(
      "fluentbit_gardener_output_dropped_logs_total",
      COUNTER,
      "Dropped records of an output, by reason.",
      "name",
      "reason"),
  ALL_MUTED(
      "fluentbit_gardener_output_muted_logs_total",
      COUNTER,
      "Records of an output that go neither to the shoot nor to the seed because of the shoot's state.",
      "name"),
  ALL_LEFT(
      "fluentbit_gardener_output_left_logs_total",
      COUNTER,
      "Records left in all queues of an output at a stop.",
      "name"),
  TRUNCATED(
      "fluentbit_gardener_output_truncated_logs_total",
      COUNTER,
      "Records that were too large for a request and were truncated; they are not dropped.",
      "name"),

  QUEUE_SIZE("dque_queue_size", GAUGE, "Records in the queue of an endpoint, the same as fluentbit_gardener_buffered_logs.", "endpoint"),
  ENQUEUED("dque_enqueued_total", COUNTER, "Records appended to the queue.", "endpoint"),
  DEQUEUED(
      "dque_dequeued_total",
      COUNTER,
      "Records removed from the queue: exported or dropped.",
      "endpoint"),
  QUEUE_DROPPED(
      "dque_dropped_total", COUNTER, "Dropped records, before or after the queue.", "endpoint"),
  EXPORT_DURATION(
      "dque_export_duration_seconds",
      HISTOGRAM,
      "Time from sending a batch of an output to its result; name is its DQueName.",
      "name"),
  EXPORT_ERRORS(
      "dque_export_errors_total",
      COUNTER,
      "Failed exports, by type.",
      "endpoint",
      "error_type"),

  LOG_CREATED(
      "output_plugin_otel_sdk_log_created_total", COUNTER, "OTLP log records encoded for all targets."),
  LOG_EXPORTED(
      "output_plugin_otel_sdk_exporter_log_exported_total",
      COUNTER,
      "Records that the backends at a server have accepted.",
      "server_address"),
  LOG_INFLIGHT(
      "output_plugin_otel_sdk_exporter_log_inflight",
      GAUGE,
      "Records in requests in flight.",
      "server_address"),
  OPERATION_DURATION(
      "output_plugin_otel_sdk_exporter_operation_duration_seconds",
      HISTOGRAM,
      "Time from a request to its response or failure; server_address is shoots for the backends of all shoots.",
      "server_address",
      "rpc_response_status_code"),
  RPC_DURATION(
      "output_plugin_rpc_client_call_duration_seconds",
      HISTOGRAM,
      "Time from a request to its response or failure, by server.",
      "server_address",
      "rpc_method",
      "rpc_response_status_code"),
  RPC_REQUEST_SIZE(
      "output_plugin_rpc_client_request_size_bytes",
      HISTOGRAM,
      "Size of a request before compression; server_address is shoots for the backends of all shoots.",
      "server_address",
      "rpc_method",
      "rpc_response_status_code"),
  RPC_RESPONSE_SIZE(
      "output_plugin_rpc_client_response_size_bytes",
      HISTOGRAM,
      "Size of a response; server_address as for the requests.",
      "server_address",
      "rpc_method",
      "rpc_response_status_code"),

  PROCESS_CPU(
      "process_cpu_seconds_total", COUNTER, "CPU time of the process, Fluent Bit included."),
  PROCESS_RESIDENT(
      "process_resident_memory_bytes", GAUGE, "Resident memory of the process, Fluent Bit included."),
  PROCESS_START(
      "process_start_time_seconds", GAUGE, "When the process started, in seconds since 1970."),
  PROCESS_OPEN_FDS("process_open_fds", GAUGE, "Open file descriptors of the process, Fluent Bit included."),
  PROCESS_MAX_FDS("process_max_fds", GAUGE, "Limit of the open file descriptors."),
  PROCESS_VIRTUAL("process_virtual_memory_bytes", GAUGE, "Reserved address space of the process; most of it is not in memory."),
  PROCESS_VIRTUAL_MAX(
      "process_virtual_memory_max_bytes", GAUGE, "Limit of the virtual memory; 2^64 for none."),
  PROCESS_TRANSMIT(
      "process_network_transmit_bytes_total", COUNTER, "Bytes sent in the network namespace."),
  PROCESS_RECEIVE(
      "process_network_receive_bytes_total", COUNTER, "Bytes received in the network namespace."),
  TARGET_INFO(
      "target_info", INFO, "Name and version of the plugin as OpenTelemetry writes them; always 1.", "service_name", "service_version"),
  BUILD_INFO("fluentbit_gardener_build_info", INFO, "The version of the plugin; always 1.", "version");

  /** The type of a metric. */
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }

  private final String exposedName;
  private final Type type;
  private final String meaning;
  private final List<String> labels;

  MetricFamily(String exposedName, Type type, String meaning, String... labels) {
    this.exposedName = exposedName;
    this.type = type;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  /** The exposed name; a histogram's series append their suffixes. */
  String exposedName() {
    return exposedName;
  }

  Type type() {
    return type;
  }

  String meaning() {
    return meaning;
  }

  List<String> labels() {
    return labels;
  }
}
