package cloud.gardener.logging.training;

import cloud.gardener.logging.export.http.HttpServer;
import cloud.gardener.logging.export.tls.Pki;
import cloud.gardener.logging.kubernetes.ClusterSource;
import cloud.gardener.logging.sink.OtlpSink;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The peers of the training as a process: a backend for gRPC and one for HTTP, each in plaintext and over TLS, and an
 * API server over TLS.
 *
 * <pre>
 *   TrainingPeersMain FOLDER   where it writes a service account: token and ca.crt, which vouches for all of them
 *
 *   stdout, first line:  grpc PORT grpcs PORT http PORT https PORT api PORT
 *   stdin, one command a line:
 *     count         grpc N grpcs N http N https N   what each backend has accepted: records, over HTTP requests
 *     ready NAME    ok                              from now on there is a Cluster of that name, which is ready
 *   Ends at the end of stdin.
 * </pre>
 */
public final class TrainingPeersMain implements AutoCloseable {
  private final OtlpSink grpc;
  private final OtlpSink grpcs;
  private final HttpServer http;
  private final HttpServer https;
  private final ClusterSource clusters;

  private TrainingPeersMain(Path folder) throws Exception {
    X509Bundle identity = Pki.localhostCertificate().setIsCertificateAuthority(true).buildSelfSigned();
    SslContext tls = Pki.server(identity).build();
    grpc = OtlpSink.start();
    grpcs = new OtlpSink(OtlpSink.Options.defaults().over(tls));
    http = HttpServer.newHttp1Server();
    https = new HttpServer(tls, true);
    clusters = ClusterSource.overTls(folder, identity);
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    try (TrainingPeersMain peers = new TrainingPeersMain(Path.of(arguments[0]))) {
      System.out.println(peers.ports());
      BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        System.out.println(peers.obey(line.split(" ")));
      }
    }
  }

  private String obey(String... words) {
    switch (words[0]) {
      case "count" -> {
        return counts();
      }
      case "ready" -> {
        clusters.ready(words[1]);
        return "ok";
      }
      default -> throw new IllegalArgumentException("unknown command " + words[0]);
    }
  }

  private String ports() {
    return "grpc %d grpcs %d http %d https %d api %d"
        .formatted(grpc.port(), grpcs.port(), http.port(), https.port(), clusters.port());
  }

  private String counts() {
    return "grpc %d grpcs %d http %d https %d"
        .formatted(grpc.totals().records(), grpcs.totals().records(), http.requests(), https.requests());
  }

  @Override
  public void close() {
    grpc.close();
    grpcs.close();
    http.close();
    https.close();
    clusters.close();
  }
}
