/* The symbols that Fluent Bit looks up, and nothing else. */
#include "bridge.h"
#include "fluent_bit.h"
#include "log.h"

#define EXPORTED __attribute__((visibility("default")))

EXPORTED int FLBPluginRegister(struct flb_plugin_proxy_def *def)
{
    def->type = FLB_PROXY_OUTPUT_PLUGIN;
    def->proxy = FLB_PROXY_GOLANG;
    def->flags = 0;
    def->name = "gardener";
    def->description = "Gardener's OTLP output: every cluster's logs to its own backend";
    return 0;
}

EXPORTED int FLBPluginInit(struct flbgo_output_plugin *plugin)
{
    log_init(plugin->api);
    void *output = bridge_open(plugin->api->output_get_property, plugin->o_ins);
    if (output == NULL) {
        return FLB_ERROR;
    }
    plugin->context->remote_context = output;
    return FLB_OK;
}

EXPORTED int FLBPluginFlushCtx(void *output, const void *data, size_t size, const char *tag)
{
    return bridge_flush(output, data, size, tag);
}

EXPORTED int FLBPluginExitCtx(void *output)
{
    bridge_close(output);
    return FLB_OK;
}

/* For hosts without support for FLBPluginExitCtx; others never call it. */
EXPORTED int FLBPluginExit(void)
{
    return FLB_OK;
}
