/* flb-host: runs proxy output plugins the way Fluent Bit does, for tests. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "service.h"
#include "signals.h"

enum { MAX_PLUGINS = 16 };

static const char USAGE[] = "usage: flb-host [-e plugin.so]... -c fluent-bit.conf\n"
                            "Runs proxy output plugins the way Fluent Bit does. See native/README.md.\n";

/* False when the command line is wrong or only asks for help; *status is then the exit code. */
static bool read_arguments(int argc, char **argv, struct arguments *arguments, int *status)
{
    static const char *plugins[MAX_PLUGINS];
    int option;

    *arguments = (struct arguments){.plugins = plugins};
    *status = EXIT_FAILURE;
    while ((option = getopt(argc, argv, "e:c:h")) != -1) {
        if (option == 'e' && arguments->plugin_count < MAX_PLUGINS) {
            plugins[arguments->plugin_count++] = optarg;
        }
        else if (option == 'c') {
            arguments->config_path = optarg;
        }
        else {
            *status = option == 'h' ? EXIT_SUCCESS : EXIT_FAILURE;
            fputs(USAGE, option == 'h' ? stdout : stderr);
            return false;
        }
    }
    if (arguments->config_path == NULL || optind != argc) {
        fputs(USAGE, stderr);
        return false;
    }
    return true;
}

/* Runs until a signal or an input ends it; false when a reload left nothing to run. */
static bool run(struct service **service, const struct arguments *arguments)
{
    while (signals_stop() == 0 && !service_has_ended(*service)) {
        if (signals_reload()) {
            enum reload_result result = service_reload(service, arguments);
            signals_reloaded();
            if (result == RELOAD_ABORTED) {
                return false;
            }
        }
        else {
            signals_wait();
        }
    }
    if (signals_stop() != 0) {
        host_log(HOST_INFO, "[engine] caught signal (%s)", strsignal(signals_stop()));
    }
    return true;
}

int main(int argc, char **argv)
{
    struct arguments arguments;
    int status;

    if (!read_arguments(argc, argv, &arguments, &status)) {
        return status;
    }
    if (!signals_init()) {
        perror("flb-host: pipe");
        return EXIT_FAILURE;
    }
    struct service *service = service_load(&arguments, false);
    if (service == NULL) {
        return EXIT_FAILURE;
    }
    bool ok = service_start(service) && run(&service, &arguments);
    if (ok) {
        service_stop(service);
    }
    service_free(service);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
