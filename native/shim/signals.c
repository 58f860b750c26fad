#include "signals.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "fluent_bit.h"
#include "imports.h"
#include "log.h"

static const int JVM_SIGNALS[] = {SIGSEGV, SIGFPE, SIGBUS, SIGILL};
static const int RELAYED_SIGNALS[] = {SIGHUP, SIGCONT};

enum {
    JVM_SIGNAL_COUNT = sizeof(JVM_SIGNALS) / sizeof(JVM_SIGNALS[0]),
    RELAYED_SIGNAL_COUNT = sizeof(RELAYED_SIGNALS) / sizeof(RELAYED_SIGNALS[0])
};

typedef void (*handler_fn)(int);

static bool redirected;
static struct sigaction jvm_actions[JVM_SIGNAL_COUNT];
static struct sigaction host_actions[RELAYED_SIGNAL_COUNT];

/* Replaces signal() in the host's executable. */
static handler_fn signal_except_jvm(int number, handler_fn handler)
{
    for (int i = 0; i < JVM_SIGNAL_COUNT; i++) {
        if (number == JVM_SIGNALS[i]) {
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

    for (int i = 0; i < RELAYED_SIGNAL_COUNT; i++) {
        if (has_handler(&host_actions[i])) {
            sigaction(RELAYED_SIGNALS[i], &action, NULL);
        }
    }
}

/* Calls the host's handler, which may install its own handlers for all of these signals. */
static void relay(int number, siginfo_t *info, void *context)
{
    for (int i = 0; i < RELAYED_SIGNAL_COUNT; i++) {
        if (number == RELAYED_SIGNALS[i] && (host_actions[i].sa_flags & SA_SIGINFO) != 0) {
            host_actions[i].sa_sigaction(number, info, context);
        }
        else if (number == RELAYED_SIGNALS[i]) {
            host_actions[i].sa_handler(number);
        }
    }
    for (int i = 0; i < JVM_SIGNAL_COUNT; i++) {
        sigaction(JVM_SIGNALS[i], &jvm_actions[i], NULL);
    }
    install_relays();
}

void signals_before_jvm(void)
{
    const char *wanted = getenv("GARDENER_PLUGIN_SIGNALS");

    if (wanted == NULL || strcmp(wanted, "relay") != 0) {
        redirected = imports_redirect("signal", (void *) signal_except_jvm);
    }
}

void signals_after_jvm(void)
{
    if (redirected) {
        return;
    }
    for (int i = 0; i < JVM_SIGNAL_COUNT; i++) {
        sigaction(JVM_SIGNALS[i], NULL, &jvm_actions[i]);
    }
    for (int i = 0; i < RELAYED_SIGNAL_COUNT; i++) {
        sigaction(RELAYED_SIGNALS[i], NULL, &host_actions[i]);
    }
    install_relays();
    log_line(FLB_LOG_INFO, "keeps the JVM's signal handlers by a relay");
}
