package cloud.gardener.logging.event;

/**
 * Kubernetes metadata that was read from a tag, for a record that has none of its own. All of it is
 * UTF-8, none of it is empty.
 *
 * <p>The same object is handed out again and again for one tag: whoever encodes it may keep what
 * became of it as long as the object is the same. The arrays must not be changed.
 *
 * @param pod the pod's name
 * @param namespace the pod's namespace
 * @param container the container's name
 * @param containerId the container's id
 */
public record TagMetadata(byte[] pod, byte[] namespace, byte[] container, byte[] containerId) {}
