#include "delivery.h"

#include "check.h"
#include "clock.h"

static const struct retry_policy POLICY = {.base_s = 5, .cap_s = 30};

static atomic_size_t held;

/* How many flushes of one chunk a limit causes when each requests a retry; 0: no end within 50. */
static int flushes_of(long retry_limit)
{
    struct output output = {.name = "a.0", .retry_limit = retry_limit};
    struct chunk *chunk = chunk_new("tag", &held);
    struct delivery *delivery = delivery_new(chunk, &output);
    int flushes = 1;

    delivery->result = HOST_RESULT_RETRY;
    while (flushes < 50 && delivery_must_repeat(delivery, &POLICY, false)) {
        flushes++;
    }
    delivery_free(delivery);
    chunk_release(chunk);
    return flushes == 50 ? 0 : flushes;
}

static void should_honour_the_retry_limit(void)
{
    CHECK(flushes_of(0) == 1);
    CHECK(flushes_of(1) == 2);
    CHECK(flushes_of(10) == 11);
    CHECK(flushes_of(RETRY_NO_LIMITS) == 0);
}

static void should_end_after_ok_and_error(void)
{
    struct output output = {.name = "a.0", .retry_limit = 5};
    struct chunk *chunk = chunk_new("tag", &held);
    struct delivery *delivery = delivery_new(chunk, &output);

    delivery->result = HOST_RESULT_OK;
    CHECK(!delivery_must_repeat(delivery, &POLICY, false));
    delivery->result = HOST_RESULT_ERROR;
    CHECK(!delivery_must_repeat(delivery, &POLICY, false));
    delivery_free(delivery);
    chunk_release(chunk);
}

static int64_t seconds_until(const struct delivery *delivery)
{
    return (delivery->due_ns - clock_now_ns() + NS_PER_SECOND / 2) / NS_PER_SECOND;
}

static void should_wait_between_the_base_and_its_doubling_up_to_the_cap(void)
{
    struct output output = {.name = "a.0", .retry_limit = RETRY_NO_LIMITS};
    struct chunk *chunk = chunk_new("tag", &held);
    struct delivery *delivery = delivery_new(chunk, &output);
    long most = POLICY.base_s;

    delivery->result = HOST_RESULT_RETRY;
    for (int i = 0; i < 40; i++) {
        most = most * 2 < POLICY.cap_s ? most * 2 : POLICY.cap_s;
        CHECK(delivery_must_repeat(delivery, &POLICY, false));
        CHECK(seconds_until(delivery) >= POLICY.base_s + 1 && seconds_until(delivery) <= most + 1);
    }
    CHECK(delivery_must_repeat(delivery, &POLICY, true));
    CHECK(seconds_until(delivery) == 1);
    delivery_free(delivery);
    chunk_release(chunk);
}

int main(void)
{
    RUN(should_honour_the_retry_limit);
    RUN(should_end_after_ok_and_error);
    RUN(should_wait_between_the_base_and_its_doubling_up_to_the_cap);
}
