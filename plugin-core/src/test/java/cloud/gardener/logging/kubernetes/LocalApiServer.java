package cloud.gardener.logging.kubernetes;

import static java.lang.ProcessBuilder.Redirect.appendTo;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@code kube-apiserver} with its {@code etcd}, both from PATH, on 127.0.0.1. It lets its administrator, whose
 * token it knows, do everything, and others what RBAC says. It keeps all it has in one folder.
 */
public final class LocalApiServer implements AutoCloseable {
  private static final String TOKEN = "a-test-and-nothing-else";

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final int port = freePort();
  private final X509Bundle identity = identity();
  private List<String> apiServer = List.of();

  /** Whether both programs are there. */
  public static boolean isPossible() {
    return onPath("kube-apiserver") != null && onPath("etcd") != null;
  }

  /** Starts both; {@link #access} says where. {@code folder} is what they may fill. */
  public LocalApiServer(Path folder) throws IOException {
    this.folder = folder;
    try {
      start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void start() throws IOException {
    String clients = "http://127.0.0.1:" + freePort();
    String peers = "http://127.0.0.1:" + freePort();
    run(
        "etcd",
        "--unsafe-no-fsync", // What it has need not outlive the machine.
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers);
    Path tokens = folder.resolve("tokens.csv");
    Files.writeString(tokens, TOKEN + ",admin,admin,system:masters\n");
    Path key = Files.writeString(folder.resolve("service-account.key"), key());
    apiServer =
        List.of(
            "--etcd-servers=" + clients,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--secure-port=" + port,
            "--tls-cert-file=" + Files.writeString(authority(), identity.getCertificatePEM()),
            "--tls-private-key-file=" + Files.writeString(folder.resolve("apiserver.key"), identity.getPrivateKeyPEM()),
            "--token-auth-file=" + tokens,
            "--authorization-mode=RBAC",
            "--disable-admission-plugins=ServiceAccount",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--service-account-issuer=https://127.0.0.1",
            "--service-account-key-file=" + key,
            "--service-account-signing-key-file=" + key);
    restart();
  }

  /** Ends the API server as a crash does; etcd stays. */
  public void crash() throws InterruptedException {
    processes.remove(processes.size() - 1).destroyForcibly().waitFor();
  }

  /** Starts it again, after {@link #crash}. */
  public void restart() throws IOException {
    run("kube-apiserver", apiServer.toArray(String[]::new));
  }

  private void run(String program, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(onPath(program).toString()));
    command.addAll(List.of(options));
    File log = folder.resolve(program + ".log").toFile();
    processes.add(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(appendTo(log)).start());
  }

  /** Waits until it answers. */
  public void awaitReady() throws InterruptedException {
    Await.until("the API server answers", this::isReady);
  }

  /** An administrator of it; to be closed. */
  public ClusterAdmin admin() throws IOException {
    return new ClusterAdmin(access());
  }

  private boolean isReady() {
    try (ClusterAdmin admin = admin()) {
      return admin.isReady();
    } catch (IOException | RuntimeException e) {
      if (processes.stream().anyMatch(process -> !process.isAlive())) {
        throw new AssertionError("it has ended; see " + folder, e);
      }
      return false; // It does not listen yet.
    }
  }

  /** Where it serves, on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** How to reach it. */
  ApiAccess access() throws IOException {
    return access(port);
  }

  /** How to reach it on another port, behind which it is. */
  ApiAccess access(int behind) throws IOException {
    return Kubeconfig.access(folder, "https://127.0.0.1:" + behind, TOKEN, authority());
  }

  /** The certificate that vouches for it: its own. */
  public Path authority() {
    return folder.resolve("apiserver.crt");
  }

  /** A proxy before it, which has its certificate. */
  public ApiProxy proxy() throws IOException {
    return new ApiProxy(port, identity);
  }

  private static X509Bundle identity() {
    try {
      return new CertificateBuilder()
          .subject("CN=kube-apiserver")
          .addSanIpAddress("127.0.0.1")
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static Path onPath(String program) {
    for (String place : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(place, program);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The API server first: without etcd it would only complain. */
  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      Process process = processes.get(i);
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
