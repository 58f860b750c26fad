/**
 * What an {@code [OUTPUT]} section says, as immutable records that the other rooms read. No other room reads a raw
 * string of the section.
 *
 * <p>{@link cloud.gardener.logging.config.PluginConfig} holds all of them. {@code config.keys} reads a section and
 * makes the records; {@code config.value} has the types of their values. What can be wrong at run time only, the
 * file that {@code HeadersFile} names, is read by {@link cloud.gardener.logging.config.HeadersFile}.
 */
package cloud.gardener.logging.config;
