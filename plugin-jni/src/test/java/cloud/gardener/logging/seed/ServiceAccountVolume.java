package cloud.gardener.logging.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The service account of a pod as the kubelet mounts it: {@code token}, {@code ca.crt} and {@code namespace} are
 * links into a folder that is replaced as a whole, so that all change at one moment.
 */
final class ServiceAccountVolume {
  private static final String MOUNT =
      "mount -t tmpfs tmpfs /run && mkdir -p /run/secrets/kubernetes.io/serviceaccount"
          + " && mount --bind \"$0\" /run/secrets/kubernetes.io/serviceaccount && exec \"$@\"";

  private final Path folder;
  private int version;

  /** An empty one. */
  ServiceAccountVolume(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Makes this its content. */
  void write(String token, Path authority) throws IOException {
    Path data = Files.createDirectory(folder.resolve("..version-" + version++));
    Files.writeString(data.resolve("token"), token);
    Files.writeString(data.resolve("namespace"), ChartRbac.NAMESPACE);
    Files.copy(authority, data.resolve("ca.crt"));
    Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), data.getFileName());
    Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    for (String name : new String[] {"token", "namespace", "ca.crt"}) {
      if (Files.notExists(folder.resolve(name))) {
        Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
      }
    }
  }

  /** Whether this process may make mounts that only its children see. */
  static boolean isPossible() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "--map-root-user", "--mount", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }

  /** What stands before a program's name so that it finds this where a pod does. It needs root, or a user namespace. */
  String[] mounted() {
    return new String[] {"unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, folder.toString()};
  }
}
