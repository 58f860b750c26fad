package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract against a real API server: that of KUBECONFIG, or else one that is started from
 * {@code kube-apiserver} and {@code etcd} on PATH. It makes and deletes the definition of Clusters, so it does
 * not run where somebody uses them.
 */
@Tag("real")
class RealApiServerTest extends ApiServerContract {
  private static final String NOT_RUN = "RealApiServerTest did not run: ";

  @TempDir static Path folder;

  private static LocalApiServer local;

  /** Only then the definition may be deleted. */
  private boolean ours;

  @BeforeAll
  static void find() throws Exception {
    if (System.getenv("KUBECONFIG") == null && LocalApiServer.isPossible()) {
      local = new LocalApiServer(folder);
      local.awaitReady();
    } else if (System.getenv("KUBECONFIG") == null) {
      skip("KUBECONFIG is not set, and kube-apiserver and etcd are not both on PATH");
    }
  }

  @AfterAll
  static void stopLocal() {
    if (local != null) {
      local.close();
      local = null;
    }
  }

  private static void skip(String why) {
    System.out.println(NOT_RUN + why);
    abort(NOT_RUN + why);
  }

  @Override
  ApiAccess access() throws IOException {
    return local != null
        ? local.access()
        : new ApiAccess(System::getenv, Path.of("no service account"));
  }

  @BeforeEach
  @Override
  void connect() throws IOException {
    super.connect();
    if (admin.isDefined()) {
      skip("the API server of KUBECONFIG has Clusters, which are not the test's");
    }
    ours = true;
  }

  @Override
  void cleanUp() throws InterruptedException {
    if (ours) {
      admin.undefine();
    }
  }
}
