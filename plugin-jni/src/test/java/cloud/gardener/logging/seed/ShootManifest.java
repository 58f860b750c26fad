package cloud.gardener.logging.seed;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Shoot as Gardener writes it to a Cluster's {@code spec.shoot}: what its state and purpose depend on. Immutable. */
final class ShootManifest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode shoot;

  private ShootManifest(ObjectNode shoot) {
    this.shoot = shoot;
  }

  /** One that nobody has begun to make. */
  static ShootManifest create() {
    ObjectNode shoot = MAPPER.createObjectNode();
    shoot.put("apiVersion", "core.gardener.cloud/v1beta1").put("kind", "Shoot");
    shoot.putObject("metadata").put("name", "s").put("namespace", "garden-p");
    shoot.putObject("spec");
    shoot.putObject("status").put("technicalID", "shoot--p--s").put("hibernated", false);
    return new ShootManifest(shoot);
  }

  /** One that works. */
  static ShootManifest ready() {
    return create().lastOperation("Reconcile", "Succeeded");
  }

  ShootManifest lastOperation(String type, String state) {
    ObjectNode next = shoot.deepCopy();
    status(next).putObject("lastOperation").put("progress", 50).put("type", type).put("state", state);
    return new ShootManifest(next);
  }

  /** With the annotation that asks for an operation. */
  ShootManifest operation(String name) {
    ObjectNode next = shoot.deepCopy();
    ((ObjectNode) next.get("metadata")).putObject("annotations").put("gardener.cloud/operation", name);
    return new ShootManifest(next);
  }

  ShootManifest deleting() {
    ObjectNode next = shoot.deepCopy();
    ((ObjectNode) next.get("metadata")).put("deletionTimestamp", "2026-02-03T04:05:06Z");
    return new ShootManifest(next);
  }

  ShootManifest hibernation(boolean wanted, boolean reached) {
    ObjectNode next = shoot.deepCopy();
    ((ObjectNode) next.get("spec")).putObject("hibernation").put("enabled", wanted);
    status(next).put("hibernated", reached);
    return new ShootManifest(next);
  }

  ShootManifest purpose(String purpose) {
    ObjectNode next = shoot.deepCopy();
    ((ObjectNode) next.get("spec")).put("purpose", purpose);
    return new ShootManifest(next);
  }

  private static ObjectNode status(ObjectNode shoot) {
    return (ObjectNode) shoot.get("status");
  }

  /** As JSON. */
  @Override
  public String toString() {
    return shoot.toString();
  }
}
