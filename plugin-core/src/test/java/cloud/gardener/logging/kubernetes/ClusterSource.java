package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.config.PluginConfig;
import cloud.gardener.logging.metrics.PluginMetrics;
import cloud.gardener.logging.route.RoutingListener;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** A {@link FakeApiServer} with Clusters, and controllers that watch it, for the tests of other rooms. */
public final class ClusterSource implements AutoCloseable {
  private final FakeApiServer server;
  private final Path folder;

  /** Serves no Cluster yet. {@code folder} is where a kubeconfig goes. */
  public ClusterSource(Path folder) throws IOException {
    this(folder, new FakeApiServer());
  }

  private ClusterSource(Path folder, FakeApiServer server) {
    this.folder = folder;
    this.server = server;
    server.define();
  }

  /** The same over TLS. {@code folder} becomes that of a service account: token and ca.crt. */
  public static ClusterSource overTls(Path folder, X509Bundle identity) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(identity.toKeyManagerFactory().getKeyManagers(), null, null);
    Files.writeString(folder.resolve("token"), FakeApiServer.TOKEN);
    Files.writeString(folder.resolve("ca.crt"), identity.getCertificatePEM());
    return new ClusterSource(folder, new FakeApiServer(tls));
  }

  /** The port of 127.0.0.1 that it serves on. */
  public int port() {
    return server.port();
  }

  /** A Cluster that is ready. */
  public void ready(String name) {
    server.put(name, KubernetesJson.READY);
  }

  /** A Cluster that is being made. */
  public void creating(String name) {
    server.put(name, KubernetesJson.shoot("production", "Create", "Processing"));
  }

  /** A Cluster that is being moved away. */
  public void migrating(String name) {
    server.put(name, KubernetesJson.shoot("production", "Migrate", "Processing"));
  }

  /** A Cluster whose shoot cannot be read. */
  public void withoutShoot(String name) {
    server.put(name, "null");
  }

  /** Deletes a Cluster. */
  public void delete(String name) throws IOException {
    try (ClusterAdmin admin = new ClusterAdmin(access())) {
      admin.delete(name);
    }
  }

  /** Breaks all watches, as an API server that goes away. */
  public void dropWatches() {
    server.dropWatches();
  }

  /** Answers nothing, as an API server that is overrun. */
  public void hang() {
    server.hang();
  }

  /** Answers again, what has been asked meanwhile, too. */
  public void resume() {
    server.resume();
  }

  /** Begins to watch. */
  public ShootController start(
      PluginConfig config, PluginMetrics metrics, RoutingListener listener) {
    try {
      return ShootController.start(config, metrics, listener, access());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A kubeconfig file for a process that is to watch. */
  public Path kubeconfig() throws IOException {
    access();
    return folder.resolve("kubeconfig");
  }

  private ApiAccess access() throws IOException {
    return Kubeconfig.access(folder, server.url(), FakeApiServer.TOKEN);
  }

  @Override
  public void close() {
    server.close();
  }
}
