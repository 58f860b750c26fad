/**
 * Reads Fluent Bit's configuration as Fluent Bit does, for a person who wants to know what it says.
 *
 * <pre>
 *   ConfigFile        which of the formats a file has
 *     ClassicFormat   [SECTION] and indented keys; @INCLUDE, @SET
 *     YamlFormat      pipeline.outputs, includes, env, plugins
 *     ManifestFormat  ClusterOutput and Output of fluent-operator: customPlugin
 *   FluentBitConfig   the sections in order, with the places of their keys
 *     HostVariables   ${NAME} and ${NAME:-default}
 *   TagPattern        Match and Match_Regex
 * </pre>
 *
 * <p>The readers follow flb_cf_fluentbit.c, flb_cf_yaml.c, flb_env.c and flb_router.c of Fluent Bit 5.1, with what is
 * odd about them: a file that Fluent Bit refuses is refused here, and in more words.
 */
package cloud.gardener.logging.tool.fluentbit;
