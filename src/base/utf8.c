#include "base/utf8.h"

#include "base/arena.h"
#include "base/mem.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Length of the well-formed sequence at p (n bytes left), 0 when it is ill-formed: Unicode table 3-7. */
static size_t sequence(const unsigned char *p, size_t n)
{
    unsigned char a = p[0];
    if (a < 0x80)
        return 1;
    if (a < 0xc2 || a > 0xf4)
        return 0;
    size_t length = a < 0xe0 ? 2 : a < 0xf0 ? 3 : 4;
    if (n < length)
        return 0;
    unsigned char low = a == 0xe0 ? 0xa0 : a == 0xf0 ? 0x90 : 0x80;
    unsigned char high = a == 0xed ? 0x9f : a == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

/* Table 3-7 as an automaton that takes a byte a step without a branch: a byte's entry holds, at bit s, the state that
 * follows state s. A state is its place in the entry. */
enum { WHOLE, LAST = 6, LAST_2 = 12, LAST_3 = 18, IN_E0 = 24, IN_ED = 30, IN_F0 = 36, IN_F4 = 42, WRONG = 48 };
#define FOLLOW(state, next) ((uint64_t)(next) << (state))
#define BEGIN(b)                                                                                                       \
    ((b) < 0x80    ? WHOLE                                                                                             \
     : (b) < 0xc2  ? WRONG                                                                                             \
     : (b) < 0xe0  ? LAST                                                                                              \
     : (b) == 0xe0 ? IN_E0                                                                                             \
     : (b) == 0xed ? IN_ED                                                                                             \
     : (b) < 0xf0  ? LAST_2                                                                                            \
     : (b) == 0xf0 ? IN_F0                                                                                             \
     : (b) < 0xf4  ? LAST_3                                                                                            \
     : (b) == 0xf4 ? IN_F4                                                                                             \
                   : WRONG)
#define WITHIN(b, low, high, next) ((b) >= (low) && (b) <= (high) ? (next) : WRONG)
#define ENTRY(b)                                                                                                       \
    (FOLLOW(WHOLE, BEGIN(b)) | FOLLOW(LAST, WITHIN(b, 0x80, 0xbf, WHOLE)) |                                            \
     FOLLOW(LAST_2, WITHIN(b, 0x80, 0xbf, LAST)) | FOLLOW(LAST_3, WITHIN(b, 0x80, 0xbf, LAST_2)) |                     \
     FOLLOW(IN_E0, WITHIN(b, 0xa0, 0xbf, LAST)) | FOLLOW(IN_ED, WITHIN(b, 0x80, 0x9f, LAST)) |                         \
     FOLLOW(IN_F0, WITHIN(b, 0x90, 0xbf, LAST_2)) | FOLLOW(IN_F4, WITHIN(b, 0x80, 0x8f, LAST_2)) |                     \
     FOLLOW(WRONG, WRONG))

static bool is_valid(struct str s)
{
    static const uint64_t entries[256] = {BYTES_256(ENTRY)};
    uint64_t state = WHOLE;
    for (size_t i = 0; i < s.n; i++)
        state = entries[(unsigned char)s.p[i]] >> (state & 63);
    return (state & 63) == WHOLE;
}

size_t utf8_invalid(struct str s)
{
    if (is_valid(s))
        return SIZE_MAX;
    for (size_t i = 0; i < s.n;) {
        size_t length = sequence((const unsigned char *)s.p + i, s.n - i);
        if (length == 0)
            return i;
        i += length;
    }
    return SIZE_MAX;
}

struct str utf8_repair(struct arena *arena, struct str s)
{
    if (utf8_invalid(s) == SIZE_MAX)
        return s;
    struct buf out = {0};
    for (size_t i = 0; i < s.n;) {
        size_t length = sequence((const unsigned char *)s.p + i, s.n - i);
        if (length)
            buf_add(&out, s.p + i, length);
        else
            buf_utf8(&out, 0xfffd);
        i += length ? length : 1;
    }
    struct str repaired = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return repaired;
}

void utf8_tame(char *text)
{
    for (char *p = text; *p;) {
        size_t length = sequence((const unsigned char *)p, strnlen(p, 4));
        if (!length || (unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
        p += length ? length : 1;
    }
}

uint32_t utf8_next_rare(struct str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    bool two = p[0] < 0xe0;
    *at += two ? 2 : 4;
    if (two)
        return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
    return (p[0] & 7u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

uint32_t utf8_previous(struct str s, size_t *at)
{
    do
        --*at;
    while (((unsigned char)s.p[*at] & 0xc0) == 0x80);
    size_t from = *at;
    return utf8_next(s, &from);
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return count;
}

/* UTF-16 → NFC → UTF-8 in the arena. ICU can only fail here for want of memory or for > 2^31 units. */
static struct str nfc_from_utf16(struct arena *arena, const UChar *text, int32_t length)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t room = length + length / 2 + 64, n;
    UChar *normal = mem_alloc(mem_mul((size_t)room, sizeof *normal));
    n = unorm2_normalize(nfc, text, length, normal, room, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        normal = mem_realloc(normal, mem_mul((size_t)n, sizeof *normal));
        n = unorm2_normalize(nfc, text, length, normal, n, &status);
    }
    char *bytes = arena_alloc(arena, mem_add(mem_mul((size_t)n, 3), 1));
    int32_t out = 0;
    u_strToUTF8(bytes, n * 3 + 1, &out, normal, n, &status);
    mem_free(normal);
    return (struct str){bytes, U_SUCCESS(status) ? (size_t)out : 0};
}

/* Every character may stand in NFC text whatever its neighbours, and none is a combining mark: then the text is NFC
 * (UAX #15, quick check). Text with marks goes the long way. */
static bool is_nfc(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        if (c >= 0x300 && !utf8_is_hangul(c) &&
            (u_getIntPropertyValue((UChar32)c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES ||
             u_getCombiningClass((UChar32)c) != 0))
            return false;
    }
    return true;
}

struct str utf8_nfc(struct arena *arena, struct str s)
{
    if (s.n == 0 || s.n > INT32_MAX / 4 || is_nfc(s))
        return s;
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = mem_alloc(mem_mul(s.n, sizeof *wide));
    int32_t n = 0;
    u_strFromUTF8(wide, (int32_t)s.n, &n, s.p, (int32_t)s.n, &status);
    struct str result = U_SUCCESS(status) ? nfc_from_utf16(arena, wide, n) : s;
    mem_free(wide);
    return result;
}

bool utf8_is_han(uint32_t c)
{
    return c >= 0x2e80 && u_hasBinaryProperty((UChar32)c, UCHAR_IDEOGRAPHIC);
}

bool utf8_is_letter_rare(uint32_t c)
{
    return u_isalnum((UChar32)c);
}

bool utf8_is_space(uint32_t c)
{
    return c == 0xfeff || u_isUWhiteSpace((UChar32)c);
}

int utf8_width(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        return 0;
    if (c < 0x300)
        return 1;
    if (utf8_is_hangul(c))
        return 2;
    int8_t type = u_charType((UChar32)c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
        return 0;
    int east = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
}

size_t utf8_columns(struct str s)
{
    size_t columns = 0;
    for (size_t i = 0; i < s.n;)
        columns += (size_t)utf8_width(utf8_next(s, &i));
    return columns;
}

bool utf8_decode(struct arena *arena, struct str bytes, const char *encoding, struct str *out, size_t *bad)
{
    *bad = 0;
    if (bytes.n > INT32_MAX / 4)
        return false;
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(encoding, &status);
    if (U_FAILURE(status))
        return false;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    UChar *wide = mem_alloc(mem_mul(mem_add(bytes.n, 1), 2 * sizeof *wide));
    UChar *end = wide;
    const char *source = bytes.p;
    ucnv_toUnicode(converter, &end, wide + 2 * (bytes.n + 1), &source, bytes.p + bytes.n, NULL, true, &status);
    ucnv_close(converter);
    bool ok = U_SUCCESS(status);
    if (ok)
        *out = nfc_from_utf16(arena, wide, (int32_t)(end - wide));
    else
        *bad = source > bytes.p ? (size_t)(source - bytes.p) - 1 : 0;
    mem_free(wide);
    return ok;
}

/* Byte offset in `s` of the character that holds UTF-16 unit `unit`. */
static size_t byte_of_unit(struct str s, size_t unit)
{
    size_t at = 0, begin = 0;
    for (size_t units = 0; at < s.n && units <= unit;) {
        begin = at;
        units += utf8_next(s, &at) > 0xffff ? 2 : 1;
    }
    return begin;
}

bool utf8_encode(struct str s, const char *encoding, struct buf *out, size_t *bad)
{
    *bad = 0;
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = s.n > INT32_MAX / 4 ? NULL : ucnv_open(encoding, &status);
    if (!converter || U_FAILURE(status))
        return false;
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    UChar *wide = mem_alloc(mem_mul(mem_add(s.n, 1), sizeof *wide));
    int32_t n = 0;
    u_strFromUTF8(wide, (int32_t)s.n + 1, &n, s.p, (int32_t)s.n, &status);
    const UChar *source = wide;
    size_t room = (size_t)UCNV_GET_MAX_BYTES_FOR_STRING(n, ucnv_getMaxCharSize(converter));
    char *begin = buf_room(out, room), *end = begin;
    ucnv_fromUnicode(converter, &end, begin + room, &source, wide + n, NULL, true, &status);
    ucnv_close(converter);
    bool ok = U_SUCCESS(status);
    if (ok)
        out->n += (size_t)(end - begin);
    else
        *bad = byte_of_unit(s, source > wide ? (size_t)(source - wide) - 1 : 0);
    mem_free(wide);
    return ok;
}
