package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.Address;
import cloud.gardener.logging.config.value.ShootHeaders;
import cloud.gardener.logging.config.value.TargetType;
import com.google.re2j.Pattern;
import java.util.List;

/**
 * How a record's namespace becomes the endpoint of its shoot.
 *
 * @param path the keys that lead to the host in a record; empty: no controller
 * @param prefix before the host
 * @param suffix after the host
 * @param regex matches any part of a host that is a shoot's
 * @param headers sent to shoots' endpoints
 */
public record DynamicHostConfig(
    List<String> path,
    String prefix,
    String suffix,
    Pattern regex,
    ShootHeaders headers) {

  /** Copies the path. */
  public DynamicHostConfig {
    path = List.copyOf(path);
  }

  /**
   * Returns the endpoint for requests of the shoot of a namespace.
   *
   * @param type type of shoots' targets; without a backend, any text is accepted
   * @throws IllegalArgumentException if prefix, namespace and suffix do not form an endpoint
   */
  public Address endpoint(TargetType type, String namespace) {
    String text = prefix + namespace + suffix;
    return type.isRemote() ? Address.of(text) : Address.ofAny(text);
  }
}
