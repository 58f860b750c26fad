/**
 * Resource and scope of a record: {@link cloud.gardener.logging.otlp.resource.ResourceScope}. They are derived from the
 * Kubernetes metadata ({@link cloud.gardener.logging.otlp.resource.Kubernetes}) of the record or its tag, from the
 * record itself, and from defaults.
 */
package cloud.gardener.logging.otlp.resource;
