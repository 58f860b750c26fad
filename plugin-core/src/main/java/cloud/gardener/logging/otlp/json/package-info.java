/** Reads a body that is a JSON object in a string and converts it to msgpack, so that all other code sees a map. */
package cloud.gardener.logging.otlp.json;
