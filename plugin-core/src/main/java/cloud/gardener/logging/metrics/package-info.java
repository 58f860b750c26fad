/** Every metric's name, and the server that shows them (/metrics, /healthz). */
package cloud.gardener.logging.metrics;
