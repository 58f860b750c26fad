/**
 * The settings of an {@code [OUTPUT]} section, as immutable records that the other packages read. No other package
 * reads a raw string of the section.
 *
 * <p>{@link cloud.gardener.logging.config.PluginConfig} holds all of them. {@code config.keys} reads a section and
 * creates the records; {@code config.value} has the types of their values, {@code config.syntax} the notations. {@link
 * cloud.gardener.logging.config.HeadersFile} reads the file that {@code HeadersFile} names, which can become invalid at
 * run time.
 */
package cloud.gardener.logging.config;
