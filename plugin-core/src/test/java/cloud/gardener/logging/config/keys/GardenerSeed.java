package cloud.gardener.logging.config.keys;

/** The two outputs that Gardener writes on every seed, word for word. */
public final class GardenerSeed {
  /** For the journal. */
  public static final String SYSTEMD =
      """
      Name gardener
      Match systemd.*
      SeedType otlp_grpc
      LogLevel error
      Endpoint opentelemetry-collector-collector.garden.svc:4317
      Insecure true
      DQueDir /var/fluentbit/dque
      DQueName systemd
      Origin systemd
      HostnameValue ${NODE_NAME}
      FallbackToTagWhenMetadataIsMissing false
      """;

  /** For containers. */
  public static final String KUBERNETES =
      """
      Name gardener
      Match kubernetes.*
      LogLevel info
      Retry_Limit 10
      SeedType otlp_grpc
      ShootType otlp_grpc
      Endpoint opentelemetry-collector-collector.garden.svc:4317
      Insecure true
      Timeout 15m
      DynamicHostPath {"kubernetes": {"namespace_name": "namespace"}}
      DynamicHostPrefix opentelemetry-collector-collector.
      DynamicHostSuffix .svc.cluster.local:4317
      DynamicHostRegex ^shoot-
      DQueDir /var/fluentbit/dque
      DQueName dynamic
      DQueSync normal
      DQueBatchProcessorMaxQueueSize 15000
      DQueBatchProcessorMaxBatchSize 500
      DQueBatchProcessorExportInterval 1s
      DQueBatchProcessorExportTimeout 15m
      RetryEnabled true
      RetryInitialInterval 1s
      RetryMaxInterval 5m
      RetryMaxElapsedTime 15m
      HostnameValue ${NODE_NAME}
      Origin seed
      FallbackToTagWhenMetadataIsMissing true
      SendLogsToSeedWhenShootIsInHibernatedState false
      SendLogsToShootWhenIsInDeletionState false
      TagKey tag
      """;

  private GardenerSeed() {}

  /** The section as the plugin sees it: the host has replaced NODE_NAME. */
  public static String onNode(String section, String node) {
    return section.replace("${NODE_NAME}", node);
  }
}
