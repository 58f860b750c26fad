package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract against the API server of KUBECONFIG, where there is one. It makes and deletes the
 * definition of Clusters, so it does not run where somebody uses them.
 */
class RealApiServerTest extends ApiServerContract {
  /** Only then the definition may be deleted. */
  private boolean ours;

  @Override
  Access access() {
    return new Access(System::getenv, Path.of("no service account"));
  }

  @BeforeEach
  @Override
  void connect() throws IOException {
    assumeTrue(
        System.getenv("KUBECONFIG") != null,
        "not run against a real API server: KUBECONFIG is not set");
    super.connect();
    assumeFalse(
        admin.isDefined(),
        "not run against the API server of KUBECONFIG: it has Clusters, which are not the test's");
    ours = true;
  }

  @Override
  void cleanUp() throws InterruptedException {
    if (ours) {
      admin.undefine();
    }
  }
}
