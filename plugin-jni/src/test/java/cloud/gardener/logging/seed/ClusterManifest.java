package cloud.gardener.logging.seed;

import java.util.Random;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Clusters of any size, made of what makes Gardener's large: a CloudProfile with an image and a machine type for each
 * version and size there is, managedFields of the Shoot, and its state as others left it.
 */
final class ClusterManifest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Random random = new Random(1);

  /** The Cluster of a shoot that is ready, of about so many bytes of JSON. */
  String json(String name, int bytes) throws IllegalStateException {
    try {
      ObjectNode cluster = MAPPER.createObjectNode();
      cluster.put("apiVersion", "extensions.gardener.cloud/v1alpha1").put("kind", "Cluster");
      cluster.putObject("metadata").put("name", name);
      ObjectNode spec = cluster.putObject("spec");
      spec.set("cloudProfile", cloudProfile(bytes / 2));
      spec.putObject("seed").put("kind", "Seed").putObject("metadata").put("name", "seed-0");
      ObjectNode shoot = (ObjectNode) MAPPER.readTree(ShootManifest.ready().toString());
      spec.set("shoot", shoot);
      ObjectNode metadata = (ObjectNode) shoot.get("metadata");
      metadata.set("managedFields", managedFields(bytes / 4));
      // Text that looks like what is looked for, and is not in its place.
      metadata
          .putObject("annotations")
          .put("test/state", "{\"status\":{\"hibernated\":true},\"blob\":\"" + text(bytes / 4) + "\"}");
      return MAPPER.writeValueAsString(cluster);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode cloudProfile(int bytes) {
    ObjectNode profile = MAPPER.createObjectNode();
    profile.put("apiVersion", "core.gardener.cloud/v1beta1").put("kind", "CloudProfile");
    ObjectNode spec = profile.putObject("spec");
    spec.putObject("hibernation").put("enabled", true);
    ArrayNode images = spec.putArray("machineImages").addObject().put("name", "gardenlinux").putArray("versions");
    for (int length = 0; length < bytes; length += 230) {
      images
          .addObject()
          .put("version", "1592." + length + ".0")
          .put("classification", "supported")
          .put("image", "ami-" + text(60))
          .put("expirationDate", "2027-02-03T04:05:06Z")
          .putArray("architectures").add("amd64").add("arm64");
    }
    return profile;
  }

  private ArrayNode managedFields(int bytes) {
    ArrayNode fields = MAPPER.createArrayNode();
    for (int length = 0; length < bytes; length += 260) {
      ObjectNode entry = fields.addObject().put("manager", "gardenlet-" + length).put("operation", "Update");
      entry
          .putObject("fieldsV1")
          .putObject("f:status")
          .putObject("f:lastOperation")
          .putObject("k:{\"type\":\"" + text(100) + "\"}")
          .putObject("f:deletionTimestamp");
    }
    return fields;
  }

  private synchronized String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
