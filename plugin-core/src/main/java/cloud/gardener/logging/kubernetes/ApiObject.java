package cloud.gardener.logging.kubernetes;

import cloud.gardener.logging.route.ShootFacts;

/**
 * The fields that are kept of an object.
 *
 * @param namespace empty for objects that have none
 * @param name its name
 * @param version its resourceVersion
 * @param deleting whether it has a deletionTimestamp
 * @param shoot the fields of its {@code spec.shoot}; null if that is not a JSON object
 */
record ApiObject(String namespace, String name, String version, boolean deleting, ShootFacts shoot) {}
