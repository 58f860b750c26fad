package cloud.gardener.logging.config;

import com.google.re2j.Pattern;

/**
 * Where Kubernetes metadata comes from when a record has none.
 *
 * @param fallbackToTag read it from the tag
 * @param dropWithout drop a record that has none
 * @param tagKey the record's key that holds the tag
 * @param tagPrefix regular expression: what a tag begins with
 * @param tagExpression prefix and expression in one; its groups are pod, namespace, container and
 *     container id
 */
public record MetadataConfig(
    boolean fallbackToTag,
    boolean dropWithout,
    String tagKey,
    String tagPrefix,
    Pattern tagExpression) {

  /** The groups of {@link #tagExpression}. */
  public static final int TAG_GROUPS = 4;
}
