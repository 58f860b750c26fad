package cloud.gardener.logging.metrics.status;

import cloud.gardener.logging.metrics.OutputState;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.metrics.TargetLabels;
import cloud.gardener.logging.metrics.TargetMetrics;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot of the process for people.
 *
 * @param problem why the process must be restarted; null when it is healthy
 * @param now when the snapshot was taken
 * @param started when the process started
 * @param outputs the running outputs
 * @param dropsByReason the dropped records by reason, of all outputs since the start
 * @param all the targets, trouble first
 * @param selected those of them that the query selects
 */
public record StatusReport(
    StatusQuery query,
    String version,
    String problem,
    Instant now,
    Instant started,
    String jvm,
    MemoryUsage heap,
    List<OutputState> outputs,
    Map<String, Long> dropsByReason,
    List<TargetStatus> all,
    List<TargetStatus> selected) {

  /** Takes a snapshot. */
  public static StatusReport of(StatusQuery query, PluginMetrics metrics, String problem) {
    Instant now = Instant.now();
    List<OutputState> outputs = metrics.outputs();
    Map<String, OutputState> byName = new HashMap<>();
    outputs.forEach(output -> byName.put(output.name(), output));
    List<TargetStatus> all =
        metrics.targets().stream()
            .map(target -> TargetStatus.of(target, state(target, byName), now))
            .sorted(TargetStatus.ORDER)
            .toList();
    return new StatusReport(
        query,
        metrics.version(),
        problem,
        now,
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage(),
        outputs,
        metrics.dropsByReason(),
        all,
        all.stream().filter(target -> isSelected(target, query)).toList());
  }

  private static String state(TargetMetrics target, Map<String, OutputState> outputs) {
    TargetLabels labels = target.labels();
    OutputState output = outputs.get(labels.output());
    return output == null || labels.type() == TargetLabels.Type.SEED
        ? ""
        : output.shootState(labels.source());
  }

  private static boolean isSelected(TargetStatus target, StatusQuery query) {
    return (!query.troubledOnly() || target.trouble() != Trouble.NONE)
        && (query.search().isEmpty() || target.matches(query.search()));
  }

  /** The number of targets with trouble. */
  long countWithTrouble() {
    return all.stream().filter(target -> target.trouble() != Trouble.NONE).count();
  }
}
