/**
 * The command-line tool {@code flb-gardener}: its entry point. Each command has a package.
 *
 * <pre>
 *   FlbGardener    entry point
 *     check        what Fluent Bit and the plugin make of a configuration, and where a record goes
 *     queue        what waits on disk: lists, shows, exports, sends and drops it
 *     fluentbit    reads Fluent Bit's configuration
 * </pre>
 *
 * <p>The tool runs in a process of its own, beside Fluent Bit or elsewhere. It uses the plugin's own classes, so that
 * what it says is what the plugin does.
 */
package cloud.gardener.logging.tool;
