#include "ingest/encoding.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "ingest/decode.h"

#include <string.h>
#include <strings.h>
#include <uchardet.h>

char encoding_utf16_pattern(struct str s)
{
    enum { SIDE = 4 /* times the other: of Hangul itself only some, as 가, 대, 저 and 준, have a byte 0 */ };
    size_t count[2] = {0, 0}, n = s.n < 65536 ? s.n : 65536;
    if (s.n < 4 || s.n % 2 || !memchr(s.p, '\0', n))
        return 0;
    for (size_t i = 0; i < n; i++)
        count[i % 2] += s.p[i] == '\0';
    size_t many = n / 40 + 1;
    if (count[1] >= many && count[1] >= SIDE * count[0])
        return 'l';
    return count[0] >= many && count[0] >= SIDE * count[1] ? 'b' : 0;
}

/* Share (percent of the bytes above 0x7f) that stands in runs of two or more UTF-8 Hangul syllables: nearly nothing in
 * real CP949, where such pairs are accidents. */
static unsigned utf8_hangul_percent(struct str s)
{
    size_t high = 0, inside = 0;
    for (size_t i = 0; i < s.n;) {
        if (!(s.p[i] & 0x80)) {
            i++;
            continue;
        }
        size_t run = 0, j = i;
        for (; j + 3 <= s.n && utf8_invalid(str_slice(s, j, j + 3)) == SIZE_MAX; j += 3, run++) {
            size_t at = j;
            if (!utf8_is_hangul(utf8_next(s, &at)))
                break;
        }
        size_t step = run ? run * 3 : 1;
        inside += run >= 2 ? step : 0;
        high += step;
        i += step;
    }
    return high ? (unsigned)(inside * 100 / high) : 0;
}

bool encoding_is_utf16(const char *name)
{
    return name && strncmp(name, "utf-16", 6) == 0;
}

bool encoding_is_damaged_utf8(struct str bytes)
{
    return utf8_hangul_percent(bytes) >= 5;
}

bool encoding_is_korean(struct str s)
{
    size_t hangul = 0, symbols = 0, strange = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        if (c < 0x80)
            continue;
        if (utf8_is_hangul(c))
            hangul++;
        else if ((c >= 0xe000 && c < 0xf900) || c < 0xa0)
            strange++;
        else if (utf8_is_han(c))
            strange += 1;
        else
            symbols++;
    }
    return hangul * 10 >= (hangul + symbols + strange) * 4 && hangul * 3 >= strange * 4;
}

const char *encoding_second_opinion(struct arena *arena, struct str bytes)
{
    uchardet_t detector = uchardet_new();
    if (!detector)
        return "no known encoding";
    size_t n = bytes.n < 65536 ? bytes.n : 65536;
    const char *guess = "";
    if (uchardet_handle_data(detector, bytes.p, n) == 0) {
        uchardet_data_end(detector);
        guess = uchardet_get_charset(detector);
    }
    char *copy = arena_printf(arena, "%s", *guess ? guess : "no known encoding");
    uchardet_delete(detector);
    return copy;
}

const char *encoding_utf16_name(struct str bytes, const char *encoding)
{
    bool automatic = !encoding || strcmp(encoding, "auto") == 0;
    char wide = automatic ? encoding_utf16_pattern(str_slice(bytes, 0, bytes.n & ~(size_t)1)) : 0;
    if (automatic ? wide == 'l' || str_starts(bytes, STR("\xff\xfe")) : strcasecmp(encoding, "utf-16le") == 0)
        return "utf-16le";
    if (automatic ? wide == 'b' || str_starts(bytes, STR("\xfe\xff")) : strcasecmp(encoding, "utf-16be") == 0)
        return "utf-16be";
    return NULL;
}

static bool is_korean(struct arena *arena, struct str bytes)
{
    struct str text;
    size_t bad;
    return utf8_decode(arena, bytes, "windows-949", &text, &bad) && encoding_is_korean(text);
}

static size_t first_high(struct str s)
{
    size_t i = 0;
    while (i < s.n && !(s.p[i] & 0x80))
        i++;
    return i;
}

/* By what more of the lines with bytes beyond ASCII are, Korean in CP949 or UTF-8; NULL where none is either. The last
 * one may be cut. */
static const char *guess_by_lines(struct str bytes)
{
    struct arena *arena = arena_new();
    struct str rest = bytes, line;
    size_t utf8 = 0, cp949 = 0;
    while (str_line(&rest, &line)) {
        size_t high = first_high(line), cut = rest.n ? line.n : line.n - 1;
        if (high == line.n || (!rest.n && utf8 + cp949 > 0))
            continue;
        if (utf8_invalid(line) == SIZE_MAX)
            utf8++;
        else if (is_korean(arena, line) || (high < cut && is_korean(arena, str_slice(line, 0, cut))))
            cp949++;
        arena_reset(arena);
    }
    arena_free(arena);
    return cp949 > utf8 ? "cp949" : utf8 ? "utf-8" : NULL;
}

const char *encoding_guess(struct str bytes, const char *encoding)
{
    if (encoding && strcmp(encoding, "auto") != 0) {
        if (strncasecmp(encoding, "utf", 3) == 0)
            return "utf-8";
        return strcmp(decode_icu_name(encoding), "windows-949") == 0 ? "cp949" : encoding;
    }
    size_t bad = utf8_invalid(bytes), high = first_high(bytes);
    if (high == bytes.n)
        return NULL;
    if (bad == SIZE_MAX || (high < bad && bytes.n - bad < 4)) /* the end may cut a character */
        return "utf-8";
    return guess_by_lines(bytes);
}

const char *encoding_looks_like(struct arena *arena, struct str bytes, bool should_be_utf8)
{
    if (!should_be_utf8 && utf8_invalid(bytes) == SIZE_MAX)
        return "UTF-8";
    if (should_be_utf8 && !encoding_is_damaged_utf8(bytes) && is_korean(arena, bytes))
        return "CP949";
    const char *guess = encoding_second_opinion(arena, bytes);
    bool damaged = should_be_utf8 && (encoding_is_damaged_utf8(bytes) || strcasecmp(guess, "utf-8") == 0);
    return damaged ? "UTF-8 with damage or with another encoding mixed in" : guess;
}
