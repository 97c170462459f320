/* Character references. */
#include "data/data.h"
#include "ingest/html_token.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 32, LONGEST_OPEN = 6 /* characters of a name, of one that needs no semicolon */ };

static struct tsv table;
static struct arena *kept; /* lives as long as the process */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    struct err err = {0};
    kept = arena_new();
    if (!tsv_parse(kept, "data/entities.tsv", data_file("data/entities.tsv"), &table, &err))
        table = (struct tsv){0};
}

/* Row of the name; SIZE_MAX where there is none. */
static size_t row_of(struct str name, bool open)
{
    size_t low = 0, high = table.rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(name, tsv_cell(&table, middle, 0));
        if (order == 0)
            return !open || str_equal(tsv_cell(&table, middle, 2), STR("1")) ? middle : SIZE_MAX;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return SIZE_MAX;
}

static bool is_name_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* What may not come in by a reference: the page's own were taken out when it was decoded. */
static void add_char(struct buf *out, uint32_t c)
{
    /* §13.2.5.80: numbers that mean bytes of Windows-1252 */
    static const uint16_t windows[32] = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                         0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                         0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                         0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};
    bool line = c == 0x85 || c == 0x2028 || c == 0x2029 || c == '\r' || c == '\f' || c == '\v';
    if (c >= 0x80 && c < 0xa0 && windows[c - 0x80])
        c = windows[c - 0x80];
    else if (line)
        c = ' ';
    bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
    bool direction = c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
                     (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
    bool none = c > 0x10ffff || (c >= 0xd800 && c < 0xe000) || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
    if (!control && !direction && !none)
        buf_utf8(out, c);
}

/* "&#8217;", "&#x2019;", semicolon or not. Bytes taken, 0 where it is none. */
static size_t add_number(struct buf *out, struct str s)
{
    bool hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
    size_t first = hex ? 3 : 2, i = first;
    uint32_t value = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        int digit = c >= '0' && c <= '9'          ? c - '0'
                    : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                  : -1;
        if (digit < 0)
            break;
        value = value > 0x10ffff ? value : value * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (i == first)
        return 0;
    add_char(out, value);
    return i + (i < s.n && s.p[i] == ';');
}

static void add_row(struct buf *out, size_t row)
{
    struct str rest = tsv_cell(&table, row, 1), code;
    while (str_field(&rest, ' ', &code)) {
        char digits[12] = "";
        memcpy(digits, code.p, code.n < sizeof digits ? code.n : sizeof digits - 1);
        add_char(out, (uint32_t)strtoul(digits, NULL, 16));
    }
}

/* "&middot;", "&nbsp" and, in an attribute, no "&copy=": bytes taken, 0 where it is none. */
static size_t add_name(struct buf *out, struct str s, bool value)
{
    size_t end = 1;
    while (end < s.n && end <= LONGEST && is_name_char(s.p[end]))
        end++;
    size_t row = end < s.n && s.p[end] == ';' ? row_of(str_slice(s, 1, end), false) : SIZE_MAX;
    if (row != SIZE_MAX) {
        add_row(out, row);
        return end + 1;
    }
    for (size_t n = end < LONGEST_OPEN + 1 ? end : LONGEST_OPEN + 1; n > 2; n--) {
        bool goes_on = n < s.n && (s.p[n] == '=' || is_name_char(s.p[n]));
        if ((row = row_of(str_slice(s, 1, n), true)) == SIZE_MAX || (value && goes_on))
            continue;
        add_row(out, row);
        return n;
    }
    return 0;
}

static void decode(struct buf *out, struct str text, bool value)
{
    for (size_t i = 0; i < text.n;) {
        const char *sign = memchr(text.p + i, '&', text.n - i);
        size_t at = sign ? (size_t)(sign - text.p) : text.n;
        buf_str(out, str_slice(text, i, at));
        if (!sign)
            return;
        struct str rest = str_slice(text, at, text.n);
        size_t taken = rest.n > 1 && rest.p[1] == '#' ? add_number(out, rest) : add_name(out, rest, value);
        if (!taken)
            buf_char(out, '&');
        i = at + (taken ? taken : 1);
    }
}

struct str html_decode(struct arena *arena, struct str text, bool value)
{
    struct buf once_decoded = {0}, out = {0};
    if (!text.n || !memchr(text.p, '&', text.n))
        return text;
    pthread_once(&once, load);
    decode(&once_decoded, text, value);
    decode(&out, buf_view(&once_decoded), true); /* "&amp;#8216;": systems that escape what is escaped already */
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&once_decoded);
    buf_free(&out);
    return result;
}
