#include "msgpack.h"

#include <stdint.h>
#include <string.h>

enum {
    FIXMAP = 0x80,
    FIXARRAY = 0x90,
    FIXSTR = 0xa0,
    FIXEXT_8 = 0xd7,
    STR_8 = 0xd9,
    STR_16 = 0xda,
    STR_32 = 0xdb,
    ARRAY_32 = 0xdd,
    MAP_32 = 0xdf,
};

static unsigned char *put_u32(unsigned char *at, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        *at++ = (unsigned char) (value >> shift);
    }
    return at;
}

/* The head of an array or a map with this small number of entries. */
static unsigned char *put_head(unsigned char *at, enum msgpack_form form, int wide, int fix, uint32_t entries)
{
    if (form == MSGPACK_SHORT) {
        *at++ = (unsigned char) (fix | (int) entries);
        return at;
    }
    *at++ = (unsigned char) wide;
    return put_u32(at, entries);
}

static unsigned char *put_string(unsigned char *at, const char *text, size_t length)
{
    if (length < 32) {
        *at++ = (unsigned char) (FIXSTR | length);
    }
    else if (length <= UINT8_MAX) {
        *at++ = STR_8;
        *at++ = (unsigned char) length;
    }
    else if (length <= UINT16_MAX) {
        *at++ = STR_16;
        *at++ = (unsigned char) (length >> 8);
        *at++ = (unsigned char) length;
    }
    else {
        *at++ = STR_32;
        at = put_u32(at, (uint32_t) length);
    }
    memcpy(at, text, length);
    return at + length;
}

unsigned char *msgpack_event(unsigned char *at, enum msgpack_form form, const struct timespec *time,
                             const char *key, size_t key_length, const char *text, size_t text_length)
{
    at = put_head(at, form, ARRAY_32, FIXARRAY, 2);
    at = put_head(at, form, ARRAY_32, FIXARRAY, 2);
    *at++ = FIXEXT_8;
    *at++ = 0;
    at = put_u32(at, (uint32_t) time->tv_sec);
    at = put_u32(at, (uint32_t) time->tv_nsec);
    at = put_head(at, form, MAP_32, FIXMAP, 0);
    at = put_head(at, form, MAP_32, FIXMAP, 1);
    at = put_string(at, key, key_length);
    return put_string(at, text, text_length);
}
