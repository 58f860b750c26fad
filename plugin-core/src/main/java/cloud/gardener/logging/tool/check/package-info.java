/**
 * The commands {@code check}: what Fluent Bit and the plugin make of a configuration, and {@code explain}: where a
 * record goes.
 *
 * <pre>
 *   CheckCommand      prints what the others find
 *     ConfigCheck     one configuration: its files, its outputs, queue folders that two of them share
 *       OutputCheck   one output, as the plugin's start does
 *         OutputKeys  its keys: those of the plugin, those of Fluent Bit, those of neither
 *         TagCheck    what becomes of a tag
 *   ExplainCommand    prints the route of a record
 *     RecordRoute     asks the router of the plugin
 * </pre>
 */
package cloud.gardener.logging.tool.check;
