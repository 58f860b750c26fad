package cloud.gardener.logging.config;

import com.google.re2j.Pattern;

/**
 * Where Kubernetes metadata comes from if a record has none.
 *
 * @param fallbackToTag whether to read it from the tag
 * @param dropWithoutMetadata whether to drop a record without metadata
 * @param tagKey the record's key that holds the tag
 * @param tagExpression TagPrefix and TagExpression in one, which match any part of a tag; the groups are pod,
 *     namespace, container and container id
 */
public record MetadataConfig(
    boolean fallbackToTag,
    boolean dropWithoutMetadata,
    String tagKey,
    Pattern tagExpression) {

  /** Number of groups in {@link #tagExpression}. */
  public static final int TAG_GROUPS = 4;
}
