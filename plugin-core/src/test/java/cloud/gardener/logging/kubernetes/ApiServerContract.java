package cloud.gardener.logging.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.Decision;
import cloud.gardener.logging.route.RouteConfigs;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds against any API server. Begins and ends without a definition of Clusters. */
abstract class ApiServerContract {
  static final String A = "shoot--p--a";
  static final String B = "shoot--p--b";

  final PluginConfig config = RouteConfigs.shoots("DeletedClientTimeExpiration", "1s");
  final PluginMetrics metrics = new PluginMetrics("test");
  final Tables tables = new Tables();
  final ApiLogLines log = new ApiLogLines();
  ClusterAdmin admin;
  ShootController controller;

  /** Where the API server is. */
  abstract ApiAccess access() throws IOException;

  /** Leaves the API server as it was. */
  abstract void cleanUp() throws InterruptedException;

  @BeforeEach
  void connect() throws IOException {
    admin = new ClusterAdmin(access());
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (controller != null) {
      controller.close();
    }
    cleanUp();
    if (admin != null) {
      admin.close();
    }
    metrics.close();
    log.close();
  }

  void start() throws IOException {
    controller = ShootController.start(config, metrics, tables, access());
  }

  @Test
  void shouldFollowAClusterThroughItsLife() throws Exception {
    admin.define();
    admin.create(A, KubernetesJson.shoot("evaluation", "Create", "Processing"));
    start();
    tables.awaitShoots("{shoot--p--a=CREATION}");

    admin.update(A, KubernetesJson.READY);
    tables.await("{shoot--p--a=READY} complete");
    admin.create(B, KubernetesJson.shoot("testing", "Migrate", "Processing"));
    tables.await("{shoot--p--a=READY, shoot--p--b=MIGRATION testing} complete");
    admin.delete(A);
    tables.await("{shoot--p--a=DELETED, shoot--p--b=MIGRATION testing} complete");
    tables.await("{shoot--p--b=MIGRATION testing} complete");
  }

  @Test
  void shouldListMoreThanAPage() throws Exception {
    admin.define();
    int count = 2 * Reflector.PAGE_SIZE + 10;
    for (int i = 0; i < count; i++) {
      admin.create("shoot--p--" + i, KubernetesJson.READY);
    }
    start();
    tables.await(table -> table.shoots().size() == count, count + " shoots");

  }

  @Test
  void shouldFindOutAboutANamespaceThatIsAskedFor() throws Exception {
    admin.define();
    admin.create(A, KubernetesJson.READY);
    start();
    tables.awaitShoots("{shoot--p--a=READY}");
    assertEquals(Decision.SEED, tables.last().route(B).decision());

    controller.query(B);
    tables.await(table -> table.route(B).decision() == Decision.NO_CLIENT, "no shoot of " + B);
    admin.create(B, KubernetesJson.READY);
    tables.await(table -> table.route(B).decision() == Decision.SHOOT, "a shoot of " + B);
  }

  @Test
  void shouldWaitForTheDefinition() throws Exception {
    start();
    Await.until("it says why it waits", () -> !log.containing("not established").isEmpty());
    admin.define();
    admin.create(A, KubernetesJson.READY);

    tables.awaitShoots("{shoot--p--a=READY}");
    admin.create(B, KubernetesJson.READY);
    tables.await("{shoot--p--a=READY, shoot--p--b=READY} complete");
    assertEquals(1, log.containing("cannot be watched").size());
    assertEquals(1, log.containing("can be watched again").size());
  }

  @Test
  void shouldSurviveADefinitionThatIsDeletedAndMadeAgain() throws Exception {
    admin.define();
    admin.create(A, KubernetesJson.READY);
    start();
    tables.awaitShoots("{shoot--p--a=READY}");
    admin.update(A, KubernetesJson.shoot("evaluation", "Migrate", "Processing"));
    tables.await("{shoot--p--a=MIGRATION} complete");

    admin.undefine();
    tables.await(table -> !Tables.isComplete(table), "an incomplete table");
    admin.define();
    admin.create(B, KubernetesJson.READY);
    tables.awaitShoots("{shoot--p--b=READY}");
  }
}
