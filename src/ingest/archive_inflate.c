/* Compressed files. gzip is unpacked here and not by the library of the others: that one does not look at its checksums
 * (RFC 1952 2.3.1). */
#include "ingest/archive.h"

#include "base/limits.h"
#include "base/mem.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

struct gzip {
    struct stream *packed;
    z_stream z;
    size_t lent; /* bytes of packed that z was given */
    bool inside; /* a member has begun and not ended */
};

enum packing inflate_detect(struct str head)
{
    if (str_starts(head, STR("\x1f\x8b\x08")))
        return PACKED_GZIP;
    if (str_starts(head, STR("\x28\xb5\x2f\xfd")))
        return PACKED_ZSTD;
    if (str_starts(head, (struct str){"\xfd"
                                      "7zXZ\0",
                                      6}))
        return PACKED_XZ;
    struct str block = str_slice(head, 4, 10); /* of pi, or where there is none of its root */
    if (str_starts(head, STR("BZh")) &&
        (str_equal(block, STR("1AY&SY")) || str_equal(block, STR("\x17\x72\x45\x38\x50\x90"))))
        return PACKED_BZIP2;
    return PACKED_NOT;
}

/* Gives z what there is. False on an error; *end where there is nothing. */
static bool feed_bytes(struct gzip *gzip, bool *end, struct err *err)
{
    struct str bytes;
    stream_take(gzip->packed, gzip->lent - gzip->z.avail_in);
    gzip->lent = gzip->z.avail_in = 0;
    if (!stream_fill(gzip->packed, 1, &bytes, err))
        return false;
    *end = bytes.n == 0;
    gzip->lent = bytes.n < UINT_MAX ? bytes.n : UINT_MAX;
    gzip->z.next_in = (z_const Bytef *)(size_t)bytes.p;
    gzip->z.avail_in = (uInt)gzip->lent;
    return true;
}

/* What follows a member: nothing, zeros up to the end (of a tape's block), or another one. */
static bool next_member(struct gzip *gzip, bool *end, struct err *err)
{
    bool ended = false;
    while (!gzip->z.avail_in || *gzip->z.next_in == 0) {
        if (!gzip->z.avail_in && !feed_bytes(gzip, &ended, err))
            return false;
        if (ended) {
            *end = true;
            return true;
        }
        if (*gzip->z.next_in == 0) {
            gzip->z.next_in++;
            gzip->z.avail_in--;
        }
    }
    if (*gzip->z.next_in != 0x1f)
        return err_set(err, ERR_INPUT, "other bytes behind the compressed ones");
    inflateReset(&gzip->z);
    gzip->inside = true;
    return true;
}

static int64_t read_gzip(void *context, char *bytes, size_t n, struct err *err)
{
    struct gzip *gzip = context;
    z_stream *z = &gzip->z;
    uInt room = n < INT_MAX ? (uInt)n : INT_MAX;
    bool end = false;
    z->next_out = (Bytef *)bytes;
    z->avail_out = room;
    while (z->avail_out == room) {
        if (!gzip->inside && (!next_member(gzip, &end, err) || end))
            return end ? 0 : -1;
        if (!z->avail_in && !feed_bytes(gzip, &end, err))
            return -1;
        if (end) {
            err_set(err, ERR_INPUT, "cut short: the compressed data end too early");
            return -1;
        }
        int result = inflate(z, Z_NO_FLUSH);
        gzip->inside = result != Z_STREAM_END;
        if (result == Z_MEM_ERROR) {
            err_set(err, ERR_MEMORY, "out of memory");
            return -1;
        }
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
            err_set(err, ERR_INPUT, "the compressed data are damaged: %s", z->msg ? z->msg : "not gzip");
            return -1;
        }
    }
    return room - z->avail_out;
}

static void close_gzip(void *context)
{
    struct gzip *gzip = context;
    inflateEnd(&gzip->z);
    mem_free(gzip);
}

static struct stream *gzip_open(struct stream *packed, struct err *err)
{
    enum { GZIP_ONLY = 16 };
    struct gzip *gzip = mem_alloc(sizeof *gzip);
    *gzip = (struct gzip){.packed = packed, .inside = true};
    if (inflateInit2(&gzip->z, MAX_WBITS + GZIP_ONLY) == Z_OK)
        return stream_from(read_gzip, close_gzip, gzip);
    mem_free(gzip);
    err_set(err, ERR_MEMORY, "out of memory");
    return NULL;
}

/* The dictionary of the first block of an xz file, in bytes: 0 where there is none (xz format 2.1.1, 3.1, 5.3.1). */
static uint64_t xz_dictionary(struct str head)
{
    enum { STREAM_HEADER = 12, LZMA2 = 0x21, MOST_BITS = 40 };
    const unsigned char *p = (const unsigned char *)head.p;
    size_t at = STREAM_HEADER + 2;
    if (head.n < STREAM_HEADER + 2 || p[STREAM_HEADER] == 0)
        return 0;
    size_t end = STREAM_HEADER + ((size_t)p[STREAM_HEADER] + 1) * 4;
    unsigned skips = (p[at - 1] >> 6 & 1u) + (p[at - 1] >> 7 & 1u), filters = (p[at - 1] & 3u) + 1;
    if (end > head.n)
        return 0;
    for (; skips > 0 && at < end; at++) /* sizes, 7 bits a byte */
        skips -= p[at] < 0x80;
    for (; filters > 0 && at + 2 < end; filters--, at += 2u + p[at + 1])
        if (p[at] == LZMA2)
            return p[at + 2] >= MOST_BITS ? UINT32_MAX : (uint64_t)(2 | (p[at + 2] & 1)) << (p[at + 2] / 2 + 11);
    return 0;
}

struct stream *inflate_open(struct stream *packed, enum packing packing, struct err *err)
{
    enum { MOST_DICTIONARY = LIMIT_UNPACK_MEMORY /* as zstd's library has it; xz -9 takes 64 MiB */ };
    struct str head;
    if (!stream_fill(packed, 1, &head, err))
        return NULL;
    uint64_t dictionary = packing == PACKED_XZ ? xz_dictionary(head) : 0;
    if (dictionary > MOST_DICTIONARY) {
        err_set(err, ERR_INPUT, "needs %u MiB of memory to unpack; pack it with less, as by xz -9",
                (unsigned)(dictionary >> 20));
        return NULL;
    }
    return packing == PACKED_GZIP ? gzip_open(packed, err) : codec_open(packed, packing, err);
}
