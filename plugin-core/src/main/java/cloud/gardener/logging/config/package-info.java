/**
 * Keys, defaults, parsing and validation of an {@code [OUTPUT]} section. Immutable records; no
 * other room reads raw strings.
 */
package cloud.gardener.logging.config;
