package cloud.gardener.logging.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Finds the API server and the credentials: the service account of the plugin's pod, or else the file that KUBECONFIG
 * names. No other source is used: neither a home folder nor fabric8's system properties.
 */
final class ApiAccess {
  /** The property is for the training of the AOT cache, which does what a pod does and is none. */
  private static final Path SERVICE_ACCOUNT =
      Path.of(System.getProperty("gardener.service.account", "/var/run/secrets/kubernetes.io/serviceaccount"));

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final UnaryOperator<String> environment;
  private final Path serviceAccount;

  ApiAccess() {
    this(System::getenv, SERVICE_ACCOUNT);
  }

  /**
   * Uses another environment and another folder.
   *
   * @param environment returns the value of a variable, or null
   * @param serviceAccount the folder with {@code token} and {@code ca.crt}
   */
  ApiAccess(UnaryOperator<String> environment, Path serviceAccount) {
    this.environment = environment;
    this.serviceAccount = serviceAccount;
  }

  /**
   * Returns the current configuration.
   *
   * @throws IOException with a one-line message if there is none
   */
  Config find() throws IOException {
    Config config = isInCluster() ? inCluster() : fromKubeconfig();
    config.setUserAgent("fluent-bit-output-plugin");
    config.setConnectionTimeout((int) CONNECT_TIMEOUT.toMillis());
    // The reflector does the retries. HTTP/2 would buffer megabytes for a stream that is read slowly.
    config.setRequestRetryBackoffLimit(0);
    config.setHttp2Disable(true);
    return config;
  }

  private boolean isInCluster() {
    return isSet("KUBERNETES_SERVICE_HOST")
        && isSet("KUBERNETES_SERVICE_PORT")
        && Files.isRegularFile(serviceAccount.resolve("token"));
  }

  private Config inCluster() {
    String host = environment.apply("KUBERNETES_SERVICE_HOST");
    String authority = host.contains(":") ? "[" + host + "]" : host;
    Config config = Config.empty();
    config.setMasterUrl("https://" + authority + ":" + environment.apply("KUBERNETES_SERVICE_PORT"));
    config.setCaCertFile(serviceAccount.resolve("ca.crt").toString());
    config.setOauthTokenProvider(this::token);
    return config;
  }

  /** Reads the token for each request: the kubelet replaces it about every hour. */
  private String token() {
    try {
      return Files.readString(serviceAccount.resolve("token")).trim();
    } catch (IOException e) {
      return "";
    }
  }

  private Config fromKubeconfig() throws IOException {
    if (!isSet("KUBECONFIG")) {
      throw new IOException(
          "no API server is known: there is neither a service account in " + serviceAccount
              + " nor a file that KUBECONFIG names");
    }
    Path file = Path.of(environment.apply("KUBECONFIG"));
    if (!Files.isReadable(file)) {
      throw new IOException("KUBECONFIG names " + file + ", which cannot be read");
    }
    try {
      return Config.fromKubeconfig(file.toFile());
    } catch (RuntimeException e) {
      throw new IOException("KUBECONFIG names " + file + ", which is no kubeconfig file", e);
    }
  }

  private boolean isSet(String variable) {
    String value = environment.apply(variable);
    return value != null && !value.isEmpty();
  }
}
