/**
 * The keys of a record that have a meaning, found in one walk over its pairs: {@link
 * cloud.gardener.logging.otlp.keys.RecordKeys}. And the keys that a backend gives to the record's own fields, which no
 * attribute may have: {@link cloud.gardener.logging.otlp.keys.RowNames}.
 */
package cloud.gardener.logging.otlp.keys;
