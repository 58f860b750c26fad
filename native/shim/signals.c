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

static bool redirected;
static struct sigaction jvm_actions[KEPT_COUNT];
static struct sigaction host_actions[RELAYED_COUNT];

/* Replaces signal() in the host's executable. */
static handler_fn signal_but_kept(int number, handler_fn handler)
{
    for (int i = 0; i < KEPT_COUNT; i++) {
        if (number == KEPT[i]) {
            return SIG_DFL; /* as if no handler had been installed before */
        }
    }
    return signal(number, handler);
}

static void relay(int number, siginfo_t *info, void *context);

static bool has_handler(const struct sigaction *action)
{
    return (action->sa_flags & SA_SIGINFO) != 0
        || (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN);
}

static void install_relays(void)
{
    struct sigaction action = {.sa_sigaction = relay, .sa_flags = SA_SIGINFO | SA_RESTART};

    for (int i = 0; i < RELAYED_COUNT; i++) {
        if (has_handler(&host_actions[i])) {
            sigaction(RELAYED[i], &action, NULL);
        }
    }
}

/* Calls the host's handler, which may install its own handlers for all of these signals. */
static void relay(int number, siginfo_t *info, void *context)
{
    for (int i = 0; i < RELAYED_COUNT; i++) {
        if (number == RELAYED[i] && (host_actions[i].sa_flags & SA_SIGINFO) != 0) {
            host_actions[i].sa_sigaction(number, info, context);
        }
        else if (number == RELAYED[i]) {
            host_actions[i].sa_handler(number);
        }
    }
    for (int i = 0; i < KEPT_COUNT; i++) {
        sigaction(KEPT[i], &jvm_actions[i], NULL);
    }
    install_relays();
}

void signals_before_jvm(void)
{
    const char *wanted = getenv("GARDENER_PLUGIN_SIGNALS");

    if (wanted == NULL || strcmp(wanted, "relay") != 0) {
        redirected = imports_redirect("signal", (void *) signal_but_kept);
    }
}

void signals_after_jvm(void)
{
    if (redirected) {
        return;
    }
    for (int i = 0; i < KEPT_COUNT; i++) {
        sigaction(KEPT[i], NULL, &jvm_actions[i]);
    }
    for (int i = 0; i < RELAYED_COUNT; i++) {
        sigaction(RELAYED[i], NULL, &host_actions[i]);
    }
    install_relays();
    log_line(FLB_LOG_INFO, "keeps the JVM's signal handlers by a relay");
}
