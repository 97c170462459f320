#include "out/pdf/cff.h"

#include <string.h>

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

/* What the Top DICT says. `operand` is where the 5-byte form of the charset's offset stands in the table. */
struct top {
    bool cid_keyed;
    size_t dict, charset, operand; /* dict: where it stands itself */
};

/* The Top DICT, after header and names; empty in a broken table. */
static struct str top_dict(struct str table)
{
    struct reader r = {table, 0, false};
    struct str name, dict;
    take(&r, 2);
    r.at = take(&r, 1); /* header size */
    take_index(&r, &name);
    take_index(&r, &dict);
    return r.bad ? (struct str){NULL, 0} : dict;
}

/* False for a broken table. */
static bool read_top(struct str table, struct top *top)
{
    struct reader r;
    struct str dict = top_dict(table);
    *top = (struct top){0};
    if (!dict.n)
        return false;
    top->dict = (size_t)(dict.p - table.p);
    r = (struct reader){dict, 0, false};
    size_t last_at = 0;
    int last = 0, value;
    while (r.at < dict.n && !r.bad) {
        size_t at = r.at;
        if (take_operand(&r, &value)) {
            last = value;
            last_at = at;
        } else if (value == 0x0C1E) { /* ROS */
            top->cid_keyed = true;
        } else if (value == 15 && last > 0) {
            top->charset = (size_t)last;
            top->operand = dict.p[last_at] == 29 ? (size_t)(dict.p - table.p) + last_at + 1 : 0;
        }
    }
    return !r.bad;
}

enum cff_keys cff_keys(struct str table)
{
    struct top top;
    if (!read_top(table, &top))
        return CFF_BROKEN;
    return top.cid_keyed ? CFF_CID : CFF_NAMED;
}

/* Bytes of the charset at `from` (clause 13); 0 where it does not cover the glyphs or leaves the table. */
static size_t charset_size(struct str table, size_t from, size_t glyphs)
{
    struct reader r = {table, from, false};
    unsigned format = take(&r, 1);
    if (format > 2)
        return 0;
    for (size_t gid = 1; gid < glyphs && !r.bad; gid++) {
        take(&r, 2);
        gid += format == 0 ? 0 : take(&r, (int)format);
    }
    return r.bad ? 0 : r.at - from;
}

/* HarfBuzz writes ROS as 3 + 3 + 1 bytes and its operator. There are validators that tell a CID-keyed font by an
 * operator in the place where 2 + 2 + n bytes leave it, as other programs write it: the same numbers, as 2 + 2 + 3
 * bytes. */
static void usual_ros(unsigned char *dict, size_t n)
{
    enum { LONG = 28, PAIR = 247, PAIR_LEAST = 108, PAIR_MOST = 1131 };
    if (n < 9 || dict[0] != LONG || dict[3] != LONG || dict[6] != 139 || dict[7] != 12 || dict[8] != 30)
        return;
    int registry = dict[1] << 8 | dict[2], ordering = dict[4] << 8 | dict[5];
    if (registry < PAIR_LEAST || registry > PAIR_MOST || ordering < PAIR_LEAST || ordering > PAIR_MOST)
        return;
    for (int i = 0; i < 2; i++) {
        int value = (i ? ordering : registry) - PAIR_LEAST;
        dict[2 * i] = (unsigned char)(PAIR + value / 256);
        dict[2 * i + 1] = (unsigned char)value;
    }
    memcpy(dict + 4, (const unsigned char[]){LONG, 0, 0}, 3);
}

bool cff_set_cids(struct buf *table, const uint16_t *cids, size_t glyphs)
{
    struct top top;
    if (!read_top(buf_view(table), &top) || top.charset < 3 || !top.operand || glyphs == 0)
        return false;
    size_t old = charset_size(buf_view(table), top.charset, glyphs), size = 1 + 2 * (glyphs - 1), at = top.charset;
    if (!old || table->n > INT32_MAX - size)
        return false;
    usual_ros((unsigned char *)table->p + top.dict, table->n - top.dict);
    memset(table->p + at, 0,
           old); /* a format 0 charset begins with 0; what is left of a longer one deflates to nothing */
    if (old < size) {
        at = table->n;
        for (size_t i = 0; i < size; i++)
            buf_char(table, 0);
        for (int i = 0; i < 4; i++)
            table->p[top.operand + (size_t)i] = (char)(at >> (24 - 8 * i));
    }
    for (size_t gid = 1; gid < glyphs; gid++) {
        table->p[at + 2 * gid - 1] = (char)(cids[gid] >> 8);
        table->p[at + 2 * gid] = (char)cids[gid];
    }
    return true;
}

/* ---- widths ---- */

/* Object i of the INDEX at an offset; empty where there is none. */
static struct str index_object(struct str table, size_t at, size_t i)
{
    struct reader r = {table, at, false};
    size_t count = take(&r, 2), size = take(&r, 1), base = at + 2 + (count + 1) * size;
    if (i >= count || size < 1 || size > 4)
        return (struct str){NULL, 0};
    r.at = at + 3 + i * size;
    size_t from = base + take(&r, (int)size), to = base + take(&r, (int)size);
    return r.bad || from > to || to > table.n ? (struct str){NULL, 0} : str_slice(table, from, to);
}

/* The last two operands of an operator in a DICT; zeros where it is not in it. */
static bool find_operator(struct str dict, int operator, int operands[2])
{
    struct reader r = {dict, 0, false};
    int value;
    operands[0] = operands[1] = 0;
    while (r.at < dict.n && !r.bad) {
        if (take_operand(&r, &value)) {
            operands[0] = operands[1];
            operands[1] = value;
        } else if (value == operator) {
            return true;
        } else {
            operands[0] = operands[1] = 0;
        }
    }
    operands[0] = operands[1] = 0;
    return false;
}

/* Which of the Font DICTs is the glyph's (clause 19, FDSelect). */
static size_t font_dict(struct str table, size_t at, size_t gid)
{
    struct reader r = {table, at, false};
    if (take(&r, 1) == 0) {
        r.at += gid;
        return take(&r, 1);
    }
    size_t ranges = take(&r, 2), dict = 0;
    for (size_t i = 0; i < ranges && take(&r, 2) <= gid && !r.bad; i++)
        dict = take(&r, 1);
    return dict;
}

static struct str private_dict(struct str table, struct str top, size_t gid)
{
    enum { PRIVATE = 18, FD_ARRAY = 0x0C24, FD_SELECT = 0x0C25 };
    int dicts[2], select[2], place[2];
    struct str owner = top;
    if (find_operator(top, FD_ARRAY, dicts) && find_operator(top, FD_SELECT, select) && dicts[1] > 0 && select[1] > 0)
        owner = index_object(table, (size_t)dicts[1], font_dict(table, (size_t)select[1], gid));
    if (!find_operator(owner, PRIVATE, place) || place[0] < 0 || place[1] < 0)
        return (struct str){NULL, 0};
    return str_slice(table, (size_t)place[1], (size_t)place[1] + (size_t)place[0]);
}

/* A number of a charstring that begins with this byte (Adobe TN #5177, 3.2). */
static double charstring_number(struct reader *r, unsigned b)
{
    if (b == 28)
        return (int16_t)take(r, 2);
    if (b <= 246)
        return (int)b - 139;
    if (b <= 250)
        return (int)((b - 247) * 256 + take(r, 1) + 108);
    if (b <= 254)
        return -(int)((b - 251) * 256 + take(r, 1) + 108);
    return (int32_t)take(r, 4) / 65536.0;
}

/* How many operands are the operator's own, of those in front of the first one of a charstring; -1 for one that cannot
 * be the first, or calls another charstring. */
static int own_operands(unsigned operator, int count)
{
    switch (operator) {
    case 21: /* rmoveto */ return 2;
    case 22: /* hmoveto */
    case 4: /* vmoveto */ return 1;
    case 14: /* endchar, with an accent or not */ return count >= 4 ? 4 : 0;
    case 1:
    case 3:
    case 18:
    case 19:
    case 20:
    case 23: /* stems and masks */ return count - count % 2;
    default: return -1;
    }
}

bool cff_width(struct str table, size_t gid, double *width)
{
    enum { CHARSTRINGS = 17, USUAL = 20, NOMINAL = 21 };
    int at[2], usual[2], nominal[2], count = 0;
    double first = 0;
    struct str top = top_dict(table), private = private_dict(table, top, gid);
    if (!find_operator(top, CHARSTRINGS, at) || at[1] <= 0)
        return false;
    find_operator(private, USUAL, usual);
    find_operator(private, NOMINAL, nominal);
    struct reader r = {index_object(table, (size_t)at[1], gid), 0, false};
    while (r.at < r.s.n && !r.bad) {
        unsigned b = take(&r, 1);
        if (b == 28 || b >= 32) {
            double number = charstring_number(&r, b);
            first = count++ ? first : number;
            continue;
        }
        int own = own_operands(b, count);
        if (own < 0 || count < own || count > own + 1)
            return false;
        *width = count > own ? nominal[1] + first : usual[1];
        return true;
    }
    return false;
}
