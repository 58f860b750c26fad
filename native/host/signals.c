#include "signals.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum reload_state { RELOAD_IDLE, RELOAD_ASKED, RELOAD_RUNNING };

static atomic_int stop_signal;
static atomic_int reload_state;
static int wake_pipe[2];

/* Uses only what a signal handler may use: no stdio. */
static void write_text(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0) {
        return; /* nobody reads the log any more */
    }
}

static void install(void);

static void handle_stop(int number)
{
    atomic_store(&stop_signal, number);
    signals_wake();
}

static void handle(int number)
{
    int idle = RELOAD_IDLE;

    write_text("[engine] caught signal (");
    write_text(number == SIGHUP ? "SIGHUP)\n" : number == SIGCONT ? "SIGCONT)\n" : "SIGSEGV or SIGFPE)\n");
    install();
    if (number == SIGSEGV || number == SIGFPE) {
        abort();
    }
    if (number == SIGHUP && !atomic_compare_exchange_strong(&reload_state, &idle, RELOAD_ASKED)) {
        write_text("reloading in progress, aborting.\n");
    }
    signals_wake();
}

static void install(void)
{
    signal(SIGINT, handle_stop);
    signal(SIGQUIT, handle_stop);
    signal(SIGHUP, handle);
    signal(SIGCONT, handle);
    signal(SIGTERM, handle_stop);
    signal(SIGSEGV, handle);
    signal(SIGFPE, handle);
}

bool signals_init(void)
{
    if (pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
        return false;
    }
    install();
    return true;
}

void signals_ignore_pipe(void)
{
    signal(SIGPIPE, SIG_IGN);
}

void signals_wait(void)
{
    struct pollfd readable = {.fd = wake_pipe[0], .events = POLLIN};
    char bytes[16];

    if (poll(&readable, 1, -1) > 0 && read(wake_pipe[0], bytes, sizeof(bytes)) < 0) {
        return; /* another reader took it: nothing is left */
    }
}

void signals_wake(void)
{
    if (write(wake_pipe[1], "", 1) < 0) {
        return; /* the pipe is full, so it is readable anyway */
    }
}

int signals_stop(void)
{
    return atomic_load(&stop_signal);
}

bool signals_reload(void)
{
    int asked = RELOAD_ASKED;

    return atomic_compare_exchange_strong(&reload_state, &asked, RELOAD_RUNNING);
}

void signals_reloaded(void)
{
    atomic_store(&reload_state, RELOAD_IDLE);
}
