package cloud.gardener.logging.migration;

import cloud.gardener.logging.config.PluginConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the queues of the plugin in Go:
 *
 * <pre>
 *   DQueDir/DQueName/otlp-grpc              the seed's client; otlp-http for the other type
 *   DQueDir/DQueName-controller/otlp-grpc   the controller's client for the seed
 *   DQueDir/NAMESPACE/otlp-grpc             a shoot's client
 * </pre>
 */
final class GoFolders {
  private static final List<String> CLIENTS = List.of("otlp-grpc", "otlp-http");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private GoFolders() {}

  /** The seed's queues that have files, in the order in which they were last used. */
  static List<Path> ofSeed(PluginConfig config) throws IOException {
    Path own = config.queue().dir().resolve(config.queue().name());
    List<Path> found = new ArrayList<>(queuesIn(own));
    found.addAll(queuesIn(own.resolveSibling(config.queue().name() + "-controller")));
    return sortByLastUse(found);
  }

  /** The shoots' queues that have files, by namespace. Which namespaces belong to shoots is not known yet. */
  static Map<String, List<Path>> ofShoots(PluginConfig config) throws IOException {
    Map<String, List<Path>> found = new TreeMap<>();
    Path dir = config.queue().dir();
    if (!Files.isDirectory(dir)) {
      return found;
    }
    try (Stream<Path> folders = Files.list(dir)) {
      for (Path folder : (Iterable<Path>) folders::iterator) {
        String name = GoFolder.name(folder);
        if (NAMESPACE.matcher(name).matches()
            && !name.equals(config.queue().name())
            && config.dynamicHost().regex().matcher(name).find()) {
          List<Path> queues = queuesIn(folder);
          if (!queues.isEmpty()) {
            found.put(name, sortByLastUse(queues));
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found;
  }

  private static List<Path> queuesIn(Path client) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String type : CLIENTS) {
      Path folder = client.resolve(type);
      GoFolder.deleteExpired(folder, Instant.now());
      if (!GoFolder.segments(folder).isEmpty()) {
        found.add(folder);
      }
    }
    return found;
  }

  private static List<Path> sortByLastUse(List<Path> folders) throws IOException {
    Map<Path, Instant> used = new HashMap<>();
    for (Path folder : folders) {
      used.put(folder, GoFolder.lastUsed(GoFolder.segments(folder)));
    }
    return folders.stream().sorted((a, b) -> used.get(a).compareTo(used.get(b))).toList();
  }
}
