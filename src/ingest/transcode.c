/* UTF-16 → UTF-8 on the way through a stream. */
#include "base/mem.h"
#include "ingest/stream.h"

struct transcoding {
    struct stream *from;
    bool big, begun;
};

static uint32_t unit_at(const struct transcoding *t, const char *bytes)
{
    uint32_t a = (unsigned char)bytes[0], b = (unsigned char)bytes[1];
    return t->big ? a << 8 | b : b << 8 | a;
}

/* The character at the start of s, as at most 4 bytes at out; *used tells how much of s it takes. A lone surrogate
 * becomes the three bytes that UTF-8 forbids, half a unit the byte FF: who decodes strictly later finds them, in the
 * record where they stand. */
static size_t transcode_one(const struct transcoding *t, struct str s, char *out, size_t *used)
{
    *used = s.n < 2 ? s.n : 2;
    if (s.n < 2) {
        out[0] = '\xff';
        return 1;
    }
    uint32_t c = unit_at(t, s.p), low = s.n >= 4 ? unit_at(t, s.p + 2) : 0;
    if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        *used = 4;
    }
    return str_utf8(c, out);
}

static int64_t read_transcoded(void *context, char *bytes, size_t n, struct err *err)
{
    struct transcoding *t = context;
    size_t made = 0;
    struct str from;
    while (made + 4 <= n) {
        if (!stream_fill(t->from, 5, &from, err))
            return -1;
        if (!from.n)
            break;
        size_t at = 0, used;
        if (!t->begun && from.n >= 2 && unit_at(t, from.p) == 0xfeff)
            at = 2;
        t->begun = true;
        /* less than 5 bytes are the end; else the last 3 wait for what follows them */
        for (size_t end = from.n >= 5 ? from.n - 3 : from.n; at < end && made + 4 <= n; at += used)
            made += transcode_one(t, str_slice(from, at, from.n), bytes + made, &used);
        stream_take(t->from, at);
    }
    return (int64_t)made;
}

struct stream *stream_utf16(struct stream *from, bool big)
{
    struct transcoding *t = mem_alloc(sizeof *t);
    *t = (struct transcoding){.from = from, .big = big};
    return stream_from(read_transcoded, mem_free, t);
}
