package cloud.gardener.logging.route;

import cloud.gardener.logging.event.TagMetadata;
import java.nio.ByteBuffer;

/**
 * What was read from a tag.
 *
 * @param metadata null when the tag is not one of a container's log
 * @param host what DynamicHostPath means in it; empty when that is none of the metadata
 */
record Tag(TagMetadata metadata, ByteBuffer host) {
  static final Tag WITHOUT_METADATA = new Tag(null, ByteBuffer.allocate(0));
}
