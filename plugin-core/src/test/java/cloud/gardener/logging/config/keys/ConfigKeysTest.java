package cloud.gardener.logging.config.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.gardener.logging.config.ConfigException;
import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.config.value.ShootState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigKeysTest {
  /** The names as users write them, by hand: the code derives the second form from the first. */
  private static final String NAMES =
      """
      SeedType seed_type
      ShootType shoot_type
      Endpoint endpoint
      EndpointUrl endpoint_url
      EndpointUrlPath endpoint_url_path
      Insecure insecure
      Compression compression
      Timeout timeout
      Headers headers
      HeadersFile headers_file
      HTTPPath http_path
      HTTPProxy http_proxy
      HTTPEncoding http_encoding
      HTTPVersion http_version
      TLSCertFile tls_cert_file
      TLSKeyFile tls_key_file
      TLSCAFile tls_ca_file
      TLSServerName tls_server_name
      TLSInsecureSkipVerify tls_insecure_skip_verify
      TLSMinVersion tls_min_version
      TLSMaxVersion tls_max_version
      RetryEnabled retry_enabled
      RetryInitialInterval retry_initial_interval
      RetryMaxInterval retry_max_interval
      RetryMaxElapsedTime retry_max_elapsed_time
      RefusedPolicy refused_policy
      ThrottleEnabled throttle_enabled
      ThrottleRequestsPerSec throttle_requests_per_sec
      DQueDir dque_dir
      DQueName dque_name
      DQueSegmentSize dque_segment_size
      DQueSync dque_sync
      DQueMaxBytes dque_max_bytes
      DQueTotalMaxBytes dque_total_max_bytes
      DQueFullPolicy dque_full_policy
      DQueBatchProcessorMaxQueueSize dque_batch_processor_max_queue_size
      DQueBatchProcessorMaxBatchSize dque_batch_processor_max_batch_size
      DQueBatchProcessorExportTimeout dque_batch_processor_export_timeout
      DQueBatchProcessorExportInterval dque_batch_processor_export_interval
      DQueBatchProcessorExportBufferSize dque_batch_processor_export_buffer_size
      UseSDKBatchProcessor use_sdk_batch_processor
      SDKBatchMaxQueueSize sdk_batch_max_queue_size
      SDKBatchExportTimeout sdk_batch_export_timeout
      SDKBatchExportInterval sdk_batch_export_interval
      SDKBatchExportMaxBatchSize sdk_batch_export_max_batch_size
      DynamicHostPath dynamic_host_path
      DynamicHostPrefix dynamic_host_prefix
      DynamicHostSuffix dynamic_host_suffix
      DynamicHostRegex dynamic_host_regex
      ShootHeaders shoot_headers
      ControllerSyncTimeout controller_sync_timeout
      HoldUntilSynced hold_until_synced
      DeletedClientTimeExpiration deleted_client_time_expiration
      WatchOpenTelemetryCollector watch_open_telemetry_collector
      OpenTelemetryCollectorLabelSelector open_telemetry_collector_label_selector
      OpenTelemetryCollectorNamespaceLabelSelector open_telemetry_collector_namespace_label_selector
      FallbackToTagWhenMetadataIsMissing fallback_to_tag_when_metadata_is_missing
      DropLogEntryWithoutK8sMetadata drop_log_entry_without_k8s_metadata
      TagKey tag_key
      TagPrefix tag_prefix
      TagExpression tag_expression
      HostnameValue hostname_value
      Origin origin
      KubernetesAttributes kubernetes_attributes
      BodyKeys body_keys
      BodyFormat body_format
      ParseJsonBody parse_json_body
      SeverityKeys severity_keys
      SeverityFromText severity_from_text
      ServiceName service_name
      PodLabels pod_labels
      LogLevel log_level
      Pprof pprof
      MetricsPort metrics_port
      FluentBitMetricsPort fluent_bit_metrics_port
      ShutdownGrace shutdown_grace""";

  private static final List<String> STATES =
      List.of(
          "Creation",
          "Ready",
          "Hibernating",
          "Hibernated",
          "Waking",
          "Deletion",
          "Deleted",
          "Restore",
          "Migration");

  @Test
  void shouldAskForEveryNameInBothSpellings() {
    Set<String> expected =
        Stream.of(
                NAMES.lines().flatMap(line -> Stream.of(line.split(" "))),
                stateNames(),
                UnsupportedKeys.names().stream())
            .flatMap(names -> names)
            .collect(Collectors.toSet());

    assertEquals(expected, Set.copyOf(ConfigKeys.spellings()));
  }

  @Test
  void shouldAskForNoNameTwice() {
    List<String> spellings = ConfigKeys.spellings();

    assertEquals(Set.copyOf(spellings).size(), spellings.size());
  }

  @Test
  void shouldHaveDefaultsThatParse() {
    ConfigKeys.all().forEach(key -> assertTrue(key.defaultValue() != null, key.name()));
  }

  @Test
  void shouldSayWhatEachSettingMeansInOneSentenceOrMore() {
    List<String> wrong = new ArrayList<>();
    ConfigKeys.all()
        .filter(key -> !key.meaning().endsWith(".") || key.meaning().contains("\n"))
        .forEach(key -> wrong.add(key.name()));

    assertEquals(List.of(), wrong);
  }

  @Test
  void shouldGiveEachSpellingTheSameEffect() throws ConfigException {
    for (String spelling : List.of("DQueSegmentSize", "dque_segment_size")) {
      assertEquals(
          7, ConfigReader.parse(Sections.of(spelling, "7")).queue().segmentEntries(), spelling);
    }
    for (String spelling :
        List.of(
            "SendLogsToShootWhenIsInWakingState",
            "send_logs_to_shoot_when_is_in_waking_state",
            "SendLogsToMainClusterWhenIsInWakingState",
            "send_logs_to_main_cluster_when_is_in_waking_state")) {
      PluginConfig config = ConfigReader.parse(Sections.of(spelling, "false"));
      assertFalse(config.states().toShoot().contains(ShootState.WAKING), spelling);
    }
  }

  private static Stream<String> stateNames() {
    return STATES.stream()
        .flatMap(
            state ->
                Stream.of(
                    "SendLogsToShootWhenIsIn" + state + "State",
                    "SendLogsToMainClusterWhenIsIn" + state + "State",
                    "SendLogsToSeedWhenShootIsIn" + state + "State",
                    "SendLogsToDefaultClientWhenClusterIsIn" + state + "State",
                    "send_logs_to_shoot_when_is_in_" + state.toLowerCase() + "_state",
                    "send_logs_to_main_cluster_when_is_in_" + state.toLowerCase() + "_state",
                    "send_logs_to_seed_when_shoot_is_in_" + state.toLowerCase() + "_state",
                    "send_logs_to_default_client_when_cluster_is_in_"
                        + state.toLowerCase()
                        + "_state"));
  }
}
