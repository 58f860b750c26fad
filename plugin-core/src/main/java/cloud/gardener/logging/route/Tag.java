package cloud.gardener.logging.route;

import cloud.gardener.logging.event.TagMetadata;

/**
 * The result of reading a tag.
 *
 * @param metadata null if the tag is not that of a container's log
 * @param host the value at DynamicHostPath in the metadata; empty if the path does not lead to a field of it
 */
record Tag(TagMetadata metadata, byte[] host) {
  static final Tag WITHOUT_METADATA = new Tag(null, new byte[0]);
}
