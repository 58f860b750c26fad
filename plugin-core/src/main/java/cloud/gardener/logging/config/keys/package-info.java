/**
 * Every key of an {@code [OUTPUT]} section: its names, its type, its default and its line in docs/configuration.md.
 *
 * <pre>
 *   ConfigReader   section -> PluginConfig; checks that concern two settings
 *     Settings     one section: a key's text under any of its names
 *       Key        name, spellings, ValueType, default, description
 *         *Keys    the keys, in groups
 *   ConfigKeys     all groups: what the host is asked for, and what the documentation lists
 *   SectionReport  what to tell the user of a section that works: settings without an effect, what is dropped
 * </pre>
 */
package cloud.gardener.logging.config.keys;
