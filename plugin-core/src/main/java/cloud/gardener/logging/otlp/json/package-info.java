/**
 * Reads a body that is a JSON object in a string, and hands it on as msgpack, so that everything else sees a map.
 */
package cloud.gardener.logging.otlp.json;
