package cloud.gardener.logging.seed;

import cloud.gardener.logging.e2e.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the chart makes for the plugin's rights: its template, rendered with the default values. It renders what
 * that one file needs, and fails on anything else; so the file is all that tests know of the rights.
 */
final class ChartRbac {
  static final String NAMESPACE = "logging";
  static final String ACCOUNT = "plugin";

  private static final Path TEMPLATE =
      Path.of("charts/fluent-bit-output-plugin/templates/rbac.yaml");
  private static final String PREFIX = "/apis/rbac.authorization.k8s.io/v1/";
  private static final Map<String, String> PATHS =
      Map.of(
          "ServiceAccount", "/api/v1/namespaces/" + NAMESPACE + "/serviceaccounts",
          "ClusterRole", PREFIX + "clusterroles",
          "ClusterRoleBinding", PREFIX + "clusterrolebindings");
  private static final Pattern BLOCK = Pattern.compile("\\s*\\{\\{-? *(if|with|end)\\b *(.*?) *-?}}");
  private static final Pattern VALUE = Pattern.compile("\\{\\{-? *(.*?) *-?}}");

  private final boolean filter;

  /**
   * The rights of a release.
   *
   * @param filter whether Fluent Bit's own filter may ask for pods and namespaces, too
   */
  ChartRbac(boolean filter) {
    this.filter = filter;
  }

  /** The name of the role, and of its binding. */
  static String role() {
    return NAMESPACE + "-" + ACCOUNT;
  }

  /** The objects, as YAML, in the order in which they can be made. */
  List<String> objects() throws IOException {
    String template = Files.readString(Distribution.projectFolder().resolve(TEMPLATE));
    return List.of(render(template).split("(?m)^---$"));
  }

  /** The one object of a kind. */
  String object(String kind) throws IOException {
    return objects().stream()
        .filter(object -> object.contains("\nkind: " + kind + "\n"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(TEMPLATE + " has no " + kind));
  }

  /** Where objects of a kind are made. */
  static String path(String kind) {
    return PATHS.get(kind);
  }

  private String render(String template) {
    List<String> lines = new ArrayList<>();
    Deque<Boolean> blocks = new ArrayDeque<>();
    for (String line : template.lines().toList()) {
      Matcher block = BLOCK.matcher(line);
      if (!block.matches()) {
        if (!blocks.contains(false)) {
          lines.add(VALUE.matcher(line).replaceAll(value -> value(value.group(1))));
        }
      } else if (block.group(1).equals("end")) {
        blocks.pop();
      } else {
        blocks.push(condition(block.group(2)));
      }
    }
    return "\n" + String.join("\n", lines) + "\n";
  }

  private boolean condition(String expression) {
    return switch (expression) {
      case ".Values.serviceAccount.create", ".Values.rbac.create" -> true;
      case ".Values.serviceAccount.annotations" -> false;
      case ".Values.kubernetesFilter.enabled" -> filter;
      default -> throw new IllegalStateException(TEMPLATE + " depends on " + expression);
    };
  }

  private static String value(String expression) {
    return switch (expression) {
      case ".Release.Namespace" -> NAMESPACE;
      case "include \"plugin.serviceAccount\" ." -> ACCOUNT;
      case "include \"plugin.labels\" . | nindent 4" -> "{}";
      case "printf \"%s-%s\" .Release.Namespace (include \"plugin.name\" .)" -> role();
      default -> throw new IllegalStateException(TEMPLATE + " has " + expression);
    };
  }
}
