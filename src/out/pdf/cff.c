#include "out/pdf/cff.h"

/* A bounded reader: past the end it gives zeros and remembers. */
struct reader {
    struct str s;
    size_t at;
    bool bad;
};

static unsigned take(struct reader *r, int bytes)
{
    unsigned value = 0;
    for (; bytes > 0; bytes--) {
        if (r->at >= r->s.n) {
            r->bad = true;
            return 0;
        }
        value = value << 8 | (unsigned char)r->s.p[r->at++];
    }
    return value;
}

/* Reads an INDEX (clause 5) and moves past it; *first becomes its first object. */
static void take_index(struct reader *r, struct str *first)
{
    *first = (struct str){NULL, 0};
    unsigned count = take(r, 2);
    if (count == 0)
        return;
    unsigned size = take(r, 1);
    size_t offsets = r->at;
    if (size < 1 || size > 4) {
        r->bad = true;
        return;
    }
    size_t base = offsets + ((size_t)count + 1) * size - 1;
    size_t from = base + take(r, (int)size);
    size_t to = base + take(r, (int)size);
    r->at = offsets + (size_t)count * size;
    size_t end = base + take(r, (int)size);
    if (r->bad || to < from || to > r->s.n || end > r->s.n) {
        r->bad = true;
        return;
    }
    *first = str_slice(r->s, from, to);
    r->at = end;
}

/* Integer operand or operator of a DICT (clause 4). Real numbers are passed over as 0. */
static bool take_operand(struct reader *r, int *value)
{
    unsigned b = take(r, 1);
    *value = 0;
    if (b >= 32 && b <= 246)
        *value = (int)b - 139;
    else if (b >= 247 && b <= 250)
        *value = (int)((b - 247) * 256 + take(r, 1) + 108);
    else if (b >= 251 && b <= 254)
        *value = -(int)((b - 251) * 256 + take(r, 1) + 108);
    else if (b == 28)
        *value = (int16_t)take(r, 2);
    else if (b == 29)
        *value = (int32_t)take(r, 4);
    else if (b == 30)
        for (unsigned c = 0; (c & 15) != 15 && !r->bad;)
            c = take(r, 1);
    else
        *value = b == 12 ? (int)(0x0C00 | take(r, 1)) : (int)b;
    return b >= 28 && b != 31 && b != 255;
}

static void read_top_dict(struct str dict, bool *cid_keyed, size_t *charset)
{
    struct reader r = {dict, 0, false};
    int last = 0, value;
    *cid_keyed = false;
    *charset = 0;
    while (r.at < dict.n && !r.bad) {
        if (take_operand(&r, &value)) {
            last = value;
            continue;
        }
        if (value == 0x0C1E) /* ROS */
            *cid_keyed = true;
        else if (value == 15 && last > 0)
            *charset = (size_t)last;
    }
}

enum cff_keys cff_charset(struct str table, unsigned glyphs, uint16_t *cids)
{
    struct reader r = {table, 0, false};
    struct str name, top;
    bool cid_keyed;
    size_t charset;
    take(&r, 2);
    r.at = take(&r, 1); /* header size */
    take_index(&r, &name);
    take_index(&r, &top);
    if (r.bad || !top.n || glyphs == 0)
        return CFF_BROKEN;
    read_top_dict(top, &cid_keyed, &charset);
    if (!cid_keyed)
        return CFF_NAMED;
    if (charset < 3) /* a predefined charset is not allowed in a CID-keyed font; ghostscript and others take identity */
        return CFF_BROKEN;
    r.at = charset;
    unsigned format = take(&r, 1);
    bool identity = true;
    if (format > 2)
        return CFF_BROKEN;
    cids[0] = 0;
    for (unsigned gid = 1; gid < glyphs;) {
        unsigned cid = take(&r, 2);
        unsigned more = format == 0 ? 0 : take(&r, (int)format);
        if (r.bad)
            return CFF_BROKEN;
        for (unsigned i = 0; i <= more && gid < glyphs; i++, gid++) {
            cids[gid] = (uint16_t)(cid + i);
            identity = identity && cids[gid] == gid;
        }
    }
    return identity ? CFF_IDENTITY : CFF_MAPPED;
}
