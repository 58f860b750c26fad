/**
 * The command {@code check}: what Fluent Bit and the plugin make of a configuration.
 *
 * <pre>
 *   CheckCommand      prints what the others find
 *     ConfigCheck     one configuration: its files, its outputs, queue folders that two of them share
 *       OutputCheck   one output, as the plugin's start does
 *         OutputKeys  its keys: those of the plugin, those of Fluent Bit, those of neither
 *         TagCheck    what becomes of a tag
 * </pre>
 */
package cloud.gardener.logging.tool.check;
