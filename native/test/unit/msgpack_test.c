#include "msgpack.h"

#include "check.h"

static const struct timespec TIME = {.tv_sec = 0x01020304, .tv_nsec = 0x05060708};

/* The position of the text's head in a short event with the key "log". */
enum { TEXT_AT = 18 };

/* An event with a text of this length, in memory of exactly the documented maximum size. */
static unsigned char *event_of(enum msgpack_form form, size_t length, size_t *size)
{
    unsigned char *event = malloc(MSGPACK_EVENT_OVERHEAD + 3 + length);
    char *text = malloc(length + 1);

    memset(text, 'x', length);
    *size = (size_t) (msgpack_event(event, form, &TIME, "log", 3, text, length) - event);
    free(text);
    return event;
}

static void check_head(size_t length, const char *head, size_t head_size)
{
    size_t size;
    unsigned char *event = event_of(MSGPACK_SHORT, length, &size);

    CHECK(memcmp(event + TEXT_AT, head, head_size) == 0);
    CHECK(size == TEXT_AT + head_size + length);
    CHECK(length == 0 || (event[TEXT_AT + head_size] == 'x' && event[size - 1] == 'x'));
    free(event);
}

static void check_event(enum msgpack_form form, const char *wanted, size_t wanted_size)
{
    size_t size;
    unsigned char *event = event_of(form, 1, &size);

    CHECK(size == wanted_size);
    CHECK(memcmp(event, wanted, size) == 0);
    free(event);
}

static void should_write_time_metadata_and_one_key_in_both_forms(void)
{
    static const char SHORT[] = "\x92\x92\xd7\0\1\2\3\4\5\6\7\x08\x80\x81\xa3log\xa1x";
    static const char WIDE[] = "\xdd\0\0\0\2\xdd\0\0\0\2\xd7\0\1\2\3\4\5\6\7\x08"
                               "\xdf\0\0\0\0\xdf\0\0\0\1\xa3log\xa1x";

    check_event(MSGPACK_SHORT, SHORT, sizeof(SHORT) - 1);
    check_event(MSGPACK_WIDE, WIDE, sizeof(WIDE) - 1);
}

static void should_need_no_more_room_than_it_says(void)
{
    size_t size;

    free(event_of(MSGPACK_WIDE, 65536, &size)); /* the sanitizer checks the end of the room */
    CHECK(size == MSGPACK_EVENT_OVERHEAD - 4 + 3 + 65536);
}

static void should_write_the_shortest_head_for_each_length(void)
{
    check_head(0, "\xa0", 1);
    check_head(31, "\xbf", 1);
    check_head(32, "\xd9\x20", 2);
    check_head(255, "\xd9\xff", 2);
    check_head(256, "\xda\x01\x00", 3);
    check_head(65535, "\xda\xff\xff", 3);
    check_head(65536, "\xdb\x00\x01\x00\x00", 5);
}

int main(void)
{
    RUN(should_write_time_metadata_and_one_key_in_both_forms);
    RUN(should_need_no_more_room_than_it_says);
    RUN(should_write_the_shortest_head_for_each_length);
}
