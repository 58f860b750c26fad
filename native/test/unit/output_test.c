#include "output.h"

#include "check.h"
#include "files.h"

static struct config *config;

static struct output *new_output(const char *keys)
{
    char text[1024];
    char error[256];

    snprintf(text, sizeof(text), "[OUTPUT]\n Name null\n%s", keys);
    config = config_read(test_write("output.conf", text), error, sizeof(error));
    return output_new(config_next(config, "OUTPUT", NULL), NULL, 3);
}

static void free_output(struct output *output)
{
    free(output);
    config_free(config);
}

static void should_give_out_a_property_by_its_whole_name_in_any_case(void)
{
    struct output *output = new_output(" DQueDir /tmp/q\n Host_Name x\n tlsCAFile y\n");

    CHECK_TEXT(output_get_property("dquedir", output), "/tmp/q");
    CHECK_TEXT(output_get_property("HOST_NAME", output), "x");
    CHECK_TEXT(output_get_property("TLSCAFile", output), "y");
    CHECK(output_get_property("DQue", output) == NULL);
    CHECK(output_get_property("DQueDirectory", output) == NULL);
    free_output(output);
}

static void should_keep_the_keys_of_the_host(void)
{
    static const char *const KEYS[] = {"Name", "Match", "Alias", "Log_Level", "Host", "Port", "Retry_Limit", "Workers",
                                       "storage.total_limit_size", "net.keepalive", "tls", "tls.verify"};
    char keys[512] = "";

    for (size_t i = 1; i < sizeof(KEYS) / sizeof(KEYS[0]); i++) {
        snprintf(keys + strlen(keys), sizeof(keys) - strlen(keys), " %s 1\n", KEYS[i]);
    }
    struct output *output = new_output(keys);
    for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++) {
        CHECK(output_get_property(KEYS[i], output) == NULL);
    }
    CHECK(output->worker_count == 1);
    CHECK_TEXT(output->match, "1");
    CHECK_TEXT(output->name, "null.3");
    free_output(output);
}

static long retry_limit_of(const char *keys)
{
    struct output *output = new_output(keys);
    long limit = output->retry_limit;

    free_output(output);
    return limit;
}

static void should_read_every_form_of_retry_limit(void)
{
    CHECK(retry_limit_of("") == 1);
    CHECK(retry_limit_of(" Retry_Limit 10\n") == 10);
    CHECK(retry_limit_of(" Retry_Limit No_Limits\n") == RETRY_NO_LIMITS);
    CHECK(retry_limit_of(" retry_limit false\n") == RETRY_NO_LIMITS);
    CHECK(retry_limit_of(" Retry_Limit no_retries\n") == 0);
    CHECK(retry_limit_of(" Retry_Limit -3\n") == 1);
    CHECK(retry_limit_of(" Retry_Limit many\n") == 1);
}

static void should_refuse_a_plugin_that_is_not_loaded(void)
{
    char error[256];

    config = config_read(test_write("output.conf", "[OUTPUT]\n Name nothing\n"), error, sizeof(error));
    CHECK(output_new(config_next(config, "OUTPUT", NULL), NULL, 0) == NULL);
    config_free(config);
}

static void should_refuse_workers_that_are_no_number(void)
{
    CHECK(new_output(" Workers many\n") == NULL);
    config_free(config);
}

int main(void)
{
    RUN(should_give_out_a_property_by_its_whole_name_in_any_case);
    RUN(should_keep_the_keys_of_the_host);
    RUN(should_read_every_form_of_retry_limit);
    RUN(should_refuse_a_plugin_that_is_not_loaded);
    RUN(should_refuse_workers_that_are_no_number);
}
