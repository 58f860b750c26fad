/**
 * The keys of a record that have a meaning, found in one walk over its pairs: {@link
 * cloud.gardener.logging.otlp.keys.RecordKeys}.
 */
package cloud.gardener.logging.otlp.keys;
