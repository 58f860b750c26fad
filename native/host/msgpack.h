/*
 * Fluent Bit's log event in msgpack, [[time, {}], {key: text}], in the two forms that its inputs write.
 * Parts whose size is known in advance are written short, parts that are filled field by field are written wide:
 *
 *   wide   dd 00000002 dd 00000002 d7 00 <seconds u32> <nanoseconds u32> df 00000000 df 00000001 <key> <text>
 *   short  92          92          d7 00 <seconds u32> <nanoseconds u32> 80          81          <key> <text>
 *
 * Fluent Bit 4.2 tails files in the wide form; 5.1 mixes short arrays and wide maps.
 */
#ifndef HOST_MSGPACK_H
#define HOST_MSGPACK_H

#include <stddef.h>
#include <time.h>

enum msgpack_form { MSGPACK_WIDE, MSGPACK_SHORT };

/* Maximum number of bytes of an event besides its key and its text. */
enum { MSGPACK_EVENT_OVERHEAD = 30 + 2 * 5 };

/*
 * Writes one event at the given place, which must have room for it, and returns the place behind it. `key` and
 * `text` are at most 4 GiB long.
 */
unsigned char *msgpack_event(unsigned char *at, enum msgpack_form form, const struct timespec *time,
                             const char *key, size_t key_length, const char *text, size_t text_length);

#endif
