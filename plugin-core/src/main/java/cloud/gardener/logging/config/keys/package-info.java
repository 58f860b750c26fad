/**
 * Every key of an {@code [OUTPUT]} section: its names, its type, its default and its line in docs/configuration.md.
 *
 * <pre>
 *   ConfigReader   section -> PluginConfig, or everything that is wrong with the section
 *     Combinations settings that cannot work together
 *     Settings     one section: each key's value under any of its names, and the values that cannot be read
 *       Key        name, spellings, ValueType, default, description
 *         *Keys    the keys, in groups
 *   ConfigKeys     all groups: the names to ask the host for, and the tables of the documentation
 *   SectionReport  log lines for a valid section: settings without an effect, records that are dropped
 * </pre>
 */
package cloud.gardener.logging.config.keys;
