#include "signals.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "fluent_bit.h"
#include "imports.h"
#include "log.h"

static const int KEPT[] = {SIGSEGV, SIGFPE, SIGBUS, SIGILL};
static const int RELAYED[] = {SIGHUP, SIGCONT};

enum { KEPT_COUNT = sizeof(KEPT) / sizeof(KEPT[0]), RELAYED_COUNT = sizeof(RELAYED) / sizeof(RELAYED[0]) };

typedef void (*handler_fn)(int);

static struct sigaction jvm_actions[KEPT_COUNT];
static struct sigaction host_actions[RELAYED_COUNT];

/* Stands in for signal() in the host's executable. */
static handler_fn signal_but_kept(int number, handler_fn handler)
{
    for (int i = 0; i < KEPT_COUNT; i++) {
        if (number == KEPT[i]) {
            return SIG_DFL; /* as if nothing had been installed before */
        }
    }
    return signal(number, handler);
}

static void relay(int number, siginfo_t *info, void *context);

static void install_relay(int index)
{
    struct sigaction action = {.sa_sigaction = relay, .sa_flags = SA_SIGINFO | SA_RESTART};

    sigaction(RELAYED[index], &action, NULL);
}

static void restore_jvm_actions(void)
{
    for (int i = 0; i < KEPT_COUNT; i++) {
        sigaction(KEPT[i], &jvm_actions[i], NULL);
    }
}

/* Calls the host's handler, which may install handlers of its own for all of these signals. */
static void relay(int number, siginfo_t *info, void *context)
{
    for (int i = 0; i < RELAYED_COUNT; i++) {
        if (number == RELAYED[i]) {
            if ((host_actions[i].sa_flags & SA_SIGINFO) != 0) {
                host_actions[i].sa_sigaction(number, info, context);
            }
            else if (host_actions[i].sa_handler != SIG_DFL && host_actions[i].sa_handler != SIG_IGN) {
                host_actions[i].sa_handler(number);
            }
        }
    }
    restore_jvm_actions();
    for (int i = 0; i < RELAYED_COUNT; i++) {
        install_relay(i);
    }
}

void signals_keep(void)
{
    const char *wanted = getenv("GARDENER_PLUGIN_SIGNALS");

    for (int i = 0; i < KEPT_COUNT; i++) {
        sigaction(KEPT[i], NULL, &jvm_actions[i]);
    }
    if ((wanted == NULL || strcmp(wanted, "relay") != 0)
        && imports_redirect("signal", (void *) signal_but_kept)) {
        return;
    }
    log_line(FLB_LOG_DEBUG, "keeps the JVM's signal handlers by a relay");
    for (int i = 0; i < RELAYED_COUNT; i++) {
        sigaction(RELAYED[i], NULL, &host_actions[i]);
        install_relay(i);
    }
}
