#include "values.h"

#include "check.h"

static void should_read_switches_in_any_case(void)
{
    bool value = false;

    CHECK(value_bool("On", &value) && value);
    CHECK(value_bool("TRUE", &value) && value);
    CHECK(value_bool("no", &value) && !value);
    CHECK(!value_bool("1", &value));
    CHECK(!value_bool("", &value));
}

static void should_read_whole_numbers(void)
{
    long value = 0;

    CHECK(value_number("-1", &value) && value == -1);
    CHECK(!value_number("1s", &value));
    CHECK(!value_number("", &value));
    CHECK(!value_number("99999999999999999999", &value));
}

static void should_read_seconds_with_a_fraction(void)
{
    double value = 0;

    CHECK(value_seconds("0.25", &value) && value == 0.25);
    CHECK(!value_seconds("-1", &value));
    CHECK(!value_seconds("nan", &value));
    CHECK(!value_seconds("1m", &value));
}

static void should_read_sizes_in_powers_of_a_thousand(void)
{
    size_t value = 0;

    CHECK(value_bytes("12", &value) && value == 12);
    CHECK(value_bytes("2k", &value) && value == 2000);
    CHECK(value_bytes("64M", &value) && value == 64000000);
    CHECK(value_bytes("1GB", &value) && value == 1000000000);
    CHECK(!value_bytes("1T", &value));
    CHECK(!value_bytes("-1", &value));
    CHECK(!value_bytes("20000000000G", &value));
    CHECK(!value_bytes("M", &value));
}

int main(void)
{
    RUN(should_read_switches_in_any_case);
    RUN(should_read_whole_numbers);
    RUN(should_read_seconds_with_a_fraction);
    RUN(should_read_sizes_in_powers_of_a_thousand);
}
