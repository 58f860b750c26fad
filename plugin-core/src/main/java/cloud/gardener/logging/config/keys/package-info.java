/**
 * Every key of an {@code [OUTPUT]} section: its names, its type, its default and its line in docs/configuration.md.
 *
 * <pre>
 *   ConfigReader   section -> PluginConfig; validates combinations of settings
 *     Settings     one section: a key's text under any of its names
 *       Key        name, spellings, ValueType, default, description
 *         *Keys    the keys, in groups
 *   ConfigKeys     all groups: the names to ask the host for, and the tables of the documentation
 *   SectionReport  log lines for a valid section: settings without an effect, records that are dropped
 * </pre>
 */
package cloud.gardener.logging.config.keys;
