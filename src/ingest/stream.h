/* Bytes of an input, read once from front to back in bounded memory: a file, standard input, a member of an archive,
 * the inside of a compressed file. */
#ifndef INGEST_STREAM_H
#define INGEST_STREAM_H
#include "base/err.h"
#include "base/limits.h"
#include "base/str.h"

#include <stdint.h>

struct stream;

/* A file, or standard input for "-". NULL on error: ERR_NO_INPUT. Close with stream_close (NULL is fine). */
struct stream *stream_open(const char *path, struct err *err);
struct stream *stream_memory(struct str bytes); /* borrows the bytes */
/* Bytes from elsewhere. `read` fills at most n bytes and returns how many, 0 at the end, -1 with *err; `close` (may be
 * NULL) gets the context when the stream is closed. */
struct stream *stream_from(int64_t (*read)(void *context, char *bytes, size_t n, struct err *err),
                           void (*close)(void *context), void *context);
/* UTF-16 (its mark is left out) as UTF-8, of a stream that stays the caller's to close. What is no UTF-16 becomes bytes
 * that are no UTF-8, for the reader of the record to find. */
struct stream *stream_utf16(struct stream *from, bool big_endian);
void stream_close(struct stream *stream);

/* Buffers until `least` bytes are there or the input ends, and shows all that is buffered; it stays valid until the
 * next call. Less than `least` means the end. False on error: that of reading, never for the end. */
bool stream_fill(struct stream *stream, size_t least, struct str *bytes, struct err *err);
void stream_take(struct stream *stream, size_t n);   /* of those that are buffered */
uint64_t stream_offset(const struct stream *stream); /* bytes taken so far */

/* All that is left, appended to `out`. Errors: ERR_INPUT where it is more than `limit`, and those of reading. */
bool stream_all(struct stream *stream, size_t limit, struct buf *out, struct err *err);

/* How far what is inside a file grows, over all the containers in it. Past a floor, reading a stream whose bytes count
 * as `made` fails with ERR_INPUT once they are over METER_RATIO times those that are `packed`: a bomb is told while it
 * inflates, whatever its headers say. */
enum { METER_RATIO = LIMIT_UNPACK_RATIO, METER_FLOOR = 16 * 1024 * 1024 };
struct meter {
    uint64_t packed, made;
};
void stream_count_packed(struct stream *stream, struct meter *meter); /* what is buffered already counts */
void stream_count_made(struct stream *stream, struct meter *meter);

#endif
