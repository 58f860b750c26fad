package cloud.gardener.logging.config.keys;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The keys as users know them, written by hand: the code derives one spelling from the other. */
final class KnownKeys {
  /** Both spellings, a value that is not the default, and what must be set with it. */
  private static final String KEYS =
      """
      SeedType seed_type otlp_grpc
      ShootType shoot_type otlp_grpc
      Endpoint endpoint backend:4317
      EndpointUrl endpoint_url https://backend
      EndpointUrlPath endpoint_url_path /path
      Insecure insecure true
      Compression compression zstd
      Timeout timeout 1s
      Headers headers {"a":"b"}
      HeadersFile headers_file /file
      HTTPPath http_path /path
      HTTPProxy http_proxy proxy:3128
      HTTPEncoding http_encoding json
      HTTPVersion http_version 2
      TLSCertFile tls_cert_file /file TLSKeyFile=/key
      TLSKeyFile tls_key_file /file TLSCertFile=/cert
      TLSCAFile tls_ca_file /file
      TLSServerName tls_server_name server
      TLSInsecureSkipVerify tls_insecure_skip_verify true
      TLSMinVersion tls_min_version 1.3
      TLSMaxVersion tls_max_version 1.3
      RetryEnabled retry_enabled false
      RetryInitialInterval retry_initial_interval 1s
      RetryMaxInterval retry_max_interval 31s
      RetryMaxElapsedTime retry_max_elapsed_time 2m
      RefusedPolicy refused_policy drop
      ThrottleEnabled throttle_enabled true
      ThrottleRequestsPerSec throttle_requests_per_sec 7
      DQueDir dque_dir /dir
      DQueName dque_name name
      DQueSegmentSize dque_segment_size 7
      DQueSync dque_sync full
      DQueMaxBytes dque_max_bytes 100000000
      DQueTotalMaxBytes dque_total_max_bytes 100G
      DQueFullPolicy dque_full_policy drop_newest
      DQueBatchProcessorMaxQueueSize dque_batch_processor_max_queue_size 7
      DQueBatchProcessorMaxBatchSize dque_batch_processor_max_batch_size 7
      DQueBatchProcessorExportTimeout dque_batch_processor_export_timeout 1s
      DQueBatchProcessorExportInterval dque_batch_processor_export_interval 7s
      DQueBatchProcessorExportBufferSize dque_batch_processor_export_buffer_size 7
      UseSDKBatchProcessor use_sdk_batch_processor true
      SDKBatchMaxQueueSize sdk_batch_max_queue_size 1000
      SDKBatchExportTimeout sdk_batch_export_timeout 7s
      SDKBatchExportInterval sdk_batch_export_interval 7s
      SDKBatchExportMaxBatchSize sdk_batch_export_max_batch_size 7
      DynamicHostPath dynamic_host_path {"kubernetes":"namespace"}
      DynamicHostPrefix dynamic_host_prefix prefix
      DynamicHostSuffix dynamic_host_suffix suffix
      DynamicHostRegex dynamic_host_regex ^shoot
      ShootHeaders shoot_headers {"a":"b"}
      ControllerSyncTimeout controller_sync_timeout 7s
      HoldUntilSynced hold_until_synced 7s
      DeletedClientTimeExpiration deleted_client_time_expiration 7s
      WatchOpenTelemetryCollector watch_open_telemetry_collector true
      OpenTelemetryCollectorLabelSelector open_telemetry_collector_label_selector a=b
      OpenTelemetryCollectorNamespaceLabelSelector open_telemetry_collector_namespace_label_selector a=b
      FallbackToTagWhenMetadataIsMissing fallback_to_tag_when_metadata_is_missing true
      DropLogEntryWithoutK8sMetadata drop_log_entry_without_k8s_metadata true
      TagKey tag_key key
      TagPrefix tag_prefix prefix
      TagExpression tag_expression expression
      HostnameValue hostname_value node
      Origin origin shoot
      KubernetesAttributes kubernetes_attributes log
      BodyKeys body_keys text
      BodyFormat body_format message
      ParseJsonBody parse_json_body true
      SeverityKeys severity_keys severity
      SeverityFromText severity_from_text false
      ServiceName service_name false
      PodLabels pod_labels app
      LogLevel log_level debug
      Pprof pprof true
      MetricsPort metrics_port 7
      MetricsAddress metrics_address 127.0.0.7
      FluentBitMetricsPort fluent_bit_metrics_port 7
      ShutdownGrace shutdown_grace 7s
      """;

  /** A state, and the defaults of its two keys: whether its records go to the shoot, and to the seed. */
  private static final String STATES =
      """
      Creation true true
      Ready true false
      Hibernating false false
      Hibernated false false
      Waking true false
      Deletion true true
      Deleted true true
      Restore true true
      Migration true true
      """;

  private static final List<String> TO_SHOOT =
      List.of(
          "SendLogsToShootWhenIsIn%sState",
          "SendLogsToMainClusterWhenIsIn%sState",
          "send_logs_to_shoot_when_is_in_%s_state",
          "send_logs_to_main_cluster_when_is_in_%s_state");

  private static final List<String> TO_SEED =
      List.of(
          "SendLogsToSeedWhenShootIsIn%sState",
          "SendLogsToDefaultClientWhenClusterIsIn%sState",
          "send_logs_to_seed_when_shoot_is_in_%s_state",
          "send_logs_to_default_client_when_cluster_is_in_%s_state");

  private KnownKeys() {}

  /**
   * One spelling of a key.
   *
   * @param value not the default
   * @param others keys without which the section is rejected, with their values
   */
  record Known(String spelling, String value, Map<String, String> others) {}

  /** Each spelling of each key. */
  static Stream<Known> all() {
    return Stream.concat(
        KEYS.lines().flatMap(KnownKeys::key), STATES.lines().flatMap(KnownKeys::state));
  }

  private static Stream<Known> key(String line) {
    List<String> words = List.of(line.split(" "));
    Map<String, String> others = new HashMap<>();
    words.stream().skip(3).map(word -> word.split("=")).forEach(pair -> others.put(pair[0], pair[1]));
    return words.stream().limit(2).map(spelling -> new Known(spelling, words.get(2), others));
  }

  private static Stream<Known> state(String line) {
    String[] words = line.split(" ");
    List<Known> keys = new ArrayList<>();
    TO_SHOOT.forEach(name -> keys.add(state(name, words[0], words[1])));
    TO_SEED.forEach(name -> keys.add(state(name, words[0], words[2])));
    return keys.stream();
  }

  private static Known state(String name, String state, String byDefault) {
    String word = name.startsWith("S") ? state : state.toLowerCase(Locale.ROOT);
    return new Known(
        name.formatted(word), Boolean.toString(!Boolean.parseBoolean(byDefault)), Map.of());
  }
}
