#include "parts.h"

#include <stddef.h>

#include "log.h"
#include "workers.h"

static bool open_inputs(struct input *inputs)
{
    for (struct input *input = inputs; input != NULL; input = input->next) {
        if (!input->kind->open(input)) {
            host_log(HOST_ERROR, "[engine] input initialization failed");
            return false;
        }
    }
    return true;
}

static bool init_output(struct output *output, struct courier *courier)
{
    if (output->proxy != NULL && !proxy_init(output->proxy, output, &output->context)) {
        host_log(HOST_ERROR, "[output] failed to initialize '%s' plugin", output->proxy->plugin.name);
        output->proxy = NULL; /* Fluent Bit removes this output at once and never ends it */
        return false;
    }
    return output->worker_count == 0 || courier_start_workers(courier, output);
}

bool parts_open(const struct parts *parts, struct courier *courier)
{
    if (!open_inputs(parts->inputs)) {
        return false;
    }
    for (struct output *output = parts->outputs; output != NULL; output = output->next) {
        if (!init_output(output, courier)) {
            host_log(HOST_ERROR, "[engine] output initialization failed");
            return false;
        }
    }
    for (struct output *output = parts->outputs; output != NULL; output = output->next) {
        if (output->proxy != NULL) {
            proxy_pre_run(output->proxy, parts->settings->hot_reload);
        }
    }
    return true;
}

void parts_close(const struct parts *parts, bool for_reload)
{
    for (struct output *output = parts->outputs; output != NULL; output = output->next) {
        if (output->workers != NULL) {
            workers_stop(output->workers);
            output->workers = NULL;
        }
        if (output->proxy != NULL) {
            proxy_exit(output->proxy, &output->context, for_reload);
        }
    }
    for (struct input *input = parts->inputs; input != NULL; input = input->next) {
        input->kind->close(input);
    }
}
