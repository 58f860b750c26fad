/**
 * Resource and scope of a record: {@link cloud.gardener.logging.otlp.resource.Source}. From the metadata of
 * Kubernetes ({@link cloud.gardener.logging.otlp.resource.Kubernetes}) or of the tag, from the record, and from
 * defaults.
 */
package cloud.gardener.logging.otlp.resource;
