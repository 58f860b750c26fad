/* Compares the shim's view of Fluent Bit's interface with the host's, which is complete. */
#include "interface.h"

#include "check.h"
#include "fluent_bit.h"
#include "../host/log.h"

#define SAME(host_type, shim_type, field)                                            \
    _Static_assert(offsetof(struct host_type, field) == offsetof(struct shim_type, field), \
                   #field " lies elsewhere");                                        \
    _Static_assert(sizeof(((struct host_type *) 0)->field) == sizeof(((struct shim_type *) 0)->field), \
                   #field " has another size")

SAME(host_plugin_def, flb_plugin_proxy_def, type);
SAME(host_plugin_def, flb_plugin_proxy_def, proxy);
SAME(host_plugin_def, flb_plugin_proxy_def, flags);
SAME(host_plugin_def, flb_plugin_proxy_def, name);
SAME(host_plugin_def, flb_plugin_proxy_def, description);
SAME(host_api, flb_api, output_get_property);
SAME(host_api, flb_api, log_print);
SAME(host_output_plugin, flbgo_output_plugin, name);
SAME(host_output_plugin, flbgo_output_plugin, api);
SAME(host_output_plugin, flbgo_output_plugin, o_ins);
SAME(host_output_plugin, flbgo_output_plugin, context);
SAME(host_context, flb_plugin_proxy_context, remote_context);

static void should_number_results_levels_and_kinds_as_the_host_does(void)
{
    CHECK((int) FLB_ERROR == (int) HOST_RESULT_ERROR);
    CHECK((int) FLB_OK == (int) HOST_RESULT_OK);
    CHECK((int) FLB_RETRY == (int) HOST_RESULT_RETRY);
    CHECK((int) FLB_LOG_ERROR == (int) HOST_ERROR);
    CHECK((int) FLB_LOG_WARN == (int) HOST_WARN);
    CHECK((int) FLB_LOG_INFO == (int) HOST_INFO);
    CHECK((int) FLB_LOG_DEBUG == (int) HOST_DEBUG);
    CHECK((int) FLB_LOG_TRACE == (int) HOST_TRACE);
    CHECK((int) FLB_PROXY_OUTPUT_PLUGIN == (int) HOST_OUTPUT_PLUGIN);
    CHECK((int) FLB_PROXY_GOLANG == (int) HOST_PROXY_GOLANG);
}

int main(void)
{
    RUN(should_number_results_levels_and_kinds_as_the_host_does);
}
