package cloud.gardener.logging.config;

import cloud.gardener.logging.config.value.EndpointTemplate;
import cloud.gardener.logging.config.value.ShootHeaders;
import com.google.re2j.Pattern;
import java.util.List;

/**
 * How a record's namespace becomes the endpoint of its shoot.
 *
 * @param path the keys that lead to the host in a record; empty: no controller
 * @param endpoint the endpoint around the host
 * @param regex matches any part of a host that is a shoot's
 * @param headers sent to shoots' endpoints
 */
public record DynamicHostConfig(
    List<String> path,
    EndpointTemplate endpoint,
    Pattern regex,
    ShootHeaders headers) {

  /** A DNS label that is valid at any place of an endpoint, even as the port: to check a template without a shoot. */
  public static final String ANY_NAMESPACE = "1";

  /** Copies the path. */
  public DynamicHostConfig {
    path = List.copyOf(path);
  }
}
