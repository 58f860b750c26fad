package cloud.gardener.logging.event;

/**
 * Kubernetes metadata from a tag, for a record that has none of its own. All fields are non-empty UTF-8.
 *
 * <p>The same object is returned repeatedly for one tag: an encoder may cache its encoding as long as the object is the
 * same. The arrays must not be changed.
 *
 * @param pod the pod's name
 * @param namespace the pod's namespace
 * @param container the container's name
 * @param containerId the container's id
 */
public record TagMetadata(byte[] pod, byte[] namespace, byte[] container, byte[] containerId) {}
