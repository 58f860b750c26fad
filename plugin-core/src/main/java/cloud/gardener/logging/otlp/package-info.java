/** The OTLP encoding of a log event: record, severity, attributes, resource. */
package cloud.gardener.logging.otlp;
