package cloud.gardener.logging.otlp.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.gardener.logging.otlp.value.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNameTest {
  @ParameterizedTest
  @CsvSource({
    "kube-apiserver-6d4c75cb6d-x8k2p, kube-apiserver",
    "kube-apiserver-6d4c75cb6d-abcde, kube-apiserver",
    "web-7d4b9c6f5-x2x4z, web",
    "web-bcdfbc-x2x4z, web",
    "web-1a2b3c4d5e-abcde, web",
    "backup-28512345-x8k2p, backup",
    "backup-1700000000-x8k2p, backup",
    "fluent-bit-x8k2p, fluent-bit",
    "fluent-bit-bcdfg, fluent-bit",
    "fluent-bit-ab1cd, fluent-bit",
    "kube-dns-x8k2p, kube-dns",
    "etcd-main-0, etcd-main",
    "etcd-main-12, etcd-main",
    "a.b-c-0, a.b-c"
  })
  void shouldTellTheOwnerFromThePodsName(String pod, String owner) {
    assertEquals(owner, owner(pod, null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "pod", "kube-proxy", "my-redis", "some-agent", "my-nginx", "-0", "-x8k2p", "web-", "''", "-",
    "a-name-with-words", "build-123456789", "web-6d4c75cb6d"
  })
  void shouldNotGuessWhereTheNameDoesNotTell(String pod) {
    assertEquals(null, owner(pod, null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "kube-proxy-node-1, node-1, kube-proxy",
    "kube-apiserver-ip-10-0-0-1.ec2.internal, ip-10-0-0-1.ec2.internal, kube-apiserver",
    "etcd-main-0, node-1, etcd-main",
    "node-1, node-1, node",
    "-node-1, node-1, -node"
  })
  void shouldKnowStaticPodsByTheirNode(String pod, String node, String owner) {
    assertEquals(owner, owner(pod, null, node));
  }

  @ParameterizedTest
  @CsvSource({"web-dns-abcde, dns, web", "web-dns-x8k2p, other, web-dns", "web-dns-x8k2p, '', web-dns"})
  void shouldTrustTheLabelOfTheReplicaSetsHash(String pod, String hash, String owner) {
    assertEquals(owner, owner(pod, hash, null));
  }

  private static String owner(String pod, String hash, String node) {
    byte[] bytes = pod.getBytes(UTF_8);
    int length = ServiceName.ownerLength(slice(pod), slice(hash), slice(node));
    return length < 0 ? null : new String(bytes, 0, length, UTF_8);
  }

  private static Slice slice(String text) {
    Slice slice = new Slice();
    if (text != null) {
      byte[] bytes = ("xx" + text + "yy").getBytes(UTF_8);
      slice.set(bytes, 2, bytes.length - 4);
    }
    return slice;
  }
}
