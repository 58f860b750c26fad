/** Clients for OTLP backends, their results, and the retry policy. */
package cloud.gardener.logging.export;
