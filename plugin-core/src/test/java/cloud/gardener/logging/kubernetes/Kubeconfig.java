package cloud.gardener.logging.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Kubeconfig files for tests. */
public final class Kubeconfig {
  private Kubeconfig() {}

  /** The access that a process has whose KUBECONFIG names such a file. */
  static ApiAccess access(Path folder, String server, String token) throws IOException {
    return access(folder, write(folder, "server: \"" + server + "\"", token));
  }

  /** The same, with a file of certificates to trust. */
  static ApiAccess access(Path folder, String server, String token, Path trusted) throws IOException {
    return access(folder, write(folder, server, token, trusted));
  }

  private static ApiAccess access(Path folder, Path file) {
    return new ApiAccess(Map.of("KUBECONFIG", file.toString())::get, folder.resolve("none"));
  }

  /** Writes such a file to a folder. */
  public static Path write(Path folder, String server, String token, Path trusted) throws IOException {
    return write(
        folder, "server: \"" + server + "\", certificate-authority: \"" + trusted + "\"", token);
  }

  private static Path write(Path folder, String cluster, String token) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: test
        contexts:
        - name: test
          context: {cluster: test, user: test}
        clusters:
        - name: test
          cluster: {%s}
        users:
        - name: test
          user: {token: "%s"}
        """
            .formatted(cluster, token));
  }
}
