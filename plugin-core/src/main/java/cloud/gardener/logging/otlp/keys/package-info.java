/**
 * Keys with a meaning. {@link cloud.gardener.logging.otlp.keys.RecordKeys} finds those of a record in one walk over its
 * pairs. {@link cloud.gardener.logging.otlp.keys.RowNames} has the keys that a backend uses for the record's own
 * fields, and that no attribute may have.
 */
package cloud.gardener.logging.otlp.keys;
