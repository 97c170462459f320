#include "base/str.h"

#include "base/arena.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    SHORT = 64,         /* bytes: most of what is printed */
    SHORT_NEEDLE = 128, /* bytes up to which the C library's memmem costs more to prepare than it saves … */
    MISSES = 16,        /* … unless its rare byte is not rare: so many misses … */
    FEW = 32            /* … and one in as many bytes of the text */
};

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.n < b.n ? a.n : b.n;
    int order = shorter ? memcmp(a.p, b.p, shorter) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

/* The place of a byte that is rare in Korean text: the last one that is no blank, no first byte of a syllable and no
 * frequent mark of punctuation. */
static size_t rare_byte(struct str needle)
{
    size_t i = needle.n;
    while (--i > 0) {
        unsigned char c = (unsigned char)needle.p[i];
        if (c != ' ' && c != '.' && c < 0xc0)
            break;
    }
    return i;
}

static size_t find_long(struct str s, struct str needle, size_t from)
{
    const char *at = memmem(s.p + from, s.n - from, needle.p, needle.n);
    return at ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t str_find(struct str s, struct str needle, size_t from)
{
    if (from > s.n || needle.n > s.n - from)
        return SIZE_MAX;
    if (needle.n == 0)
        return from;
    if (needle.n > SHORT_NEEDLE)
        return find_long(s, needle, from);
    size_t rare = rare_byte(needle);
    const char *p = s.p + from + rare, *end = s.p + s.n - (needle.n - 1 - rare);
    size_t misses = MISSES + (s.n - from) / FEW;
    for (; p < end && (p = memchr(p, needle.p[rare], (size_t)(end - p))); p++) {
        if (memcmp(p - rare, needle.p, needle.n) == 0)
            return (size_t)(p - rare - s.p);
        if (misses-- == 0)
            return find_long(s, needle, (size_t)(p + 1 - rare - s.p));
    }
    return SIZE_MAX;
}

bool str_is_any(struct str s, const char *const *words)
{
    for (; *words; words++)
        if (str_equal(s, str_from(*words)))
            return true;
    return false;
}

bool str_starts_any(struct str s, const char *const *words)
{
    for (; *words; words++) {
        size_t i = 0; /* most words differ at their first byte: their length is not asked */
        while (i < s.n && (*words)[i] && s.p[i] == (*words)[i])
            i++;
        if (!(*words)[i])
            return true;
    }
    return false;
}

bool str_ends_any(struct str s, const char *const *words)
{
    for (; *words; words++)
        if (str_ends(s, str_from(*words)))
            return true;
    return false;
}

bool str_has_any(struct str s, const char *const *words)
{
    for (; *words; words++)
        if (str_find(s, str_from(*words), 0) != SIZE_MAX)
            return true;
    return false;
}

struct str str_head(struct str s, size_t most)
{
    if (s.n <= most)
        return s;
    while (most > 0 && ((unsigned char)s.p[most] & 0xc0) == 0x80)
        most--;
    return str_slice(s, 0, most);
}

/* Bytes of the blank at the start of s (0 when it is none). */
static size_t blank_at(struct str s)
{
    if (s.n >= 1 && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
        return 1;
    if (str_starts(s, STR("\xc2\xa0")))
        return 2;
    if (str_starts(s, STR("\xe3\x80\x80")) || str_starts(s, STR("\xef\xbb\xbf")))
        return 3;
    return 0;
}

static size_t blank_before_end(struct str s)
{
    for (size_t n = 1; n <= 3 && n <= s.n; n++)
        if (blank_at(str_slice(s, s.n - n, s.n)) == n)
            return n;
    return 0;
}

/* Bytes that a blank may begin or end with: most strings have others at their ends. */
static bool begins_blank(char c)
{
    unsigned char a = (unsigned char)c;
    return a <= ' ' || a == 0xc2 || a == 0xe3 || a == 0xef;
}

static bool ends_blank(char c)
{
    unsigned char a = (unsigned char)c;
    return a <= ' ' || a == 0xa0 || a == 0x80 || a == 0xbf;
}

struct str str_trim(struct str s)
{
    for (size_t n; s.n && begins_blank(s.p[0]) && (n = blank_at(s)) > 0;)
        s = str_slice(s, n, s.n);
    for (size_t n; s.n && ends_blank(s.p[s.n - 1]) && (n = blank_before_end(s)) > 0;)
        s.n -= n;
    return s;
}

struct str str_copy(struct arena *arena, struct str s)
{
    return (struct str){arena_copy(arena, s.p, s.n), s.n};
}

uint64_t str_hash(struct str s)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211u;
    return hash;
}

bool str_line(struct str *rest, struct str *line)
{
    if (rest->n == 0)
        return false;
    const char *end = memchr(rest->p, '\n', rest->n);
    size_t length = end ? (size_t)(end - rest->p) : rest->n;
    *line = (struct str){rest->p, length};
    if (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    *rest = str_slice(*rest, end ? length + 1 : length, rest->n);
    return true;
}

bool str_field(struct str *rest, char separator, struct str *field)
{
    if (!rest->p)
        return false;
    const char *end = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    size_t length = end ? (size_t)(end - rest->p) : rest->n;
    *field = (struct str){rest->p, length};
    *rest = end ? str_slice(*rest, length + 1, rest->n) : (struct str){NULL, 0};
    return true;
}

static void reserve(struct buf *buf, size_t more)
{
    if (buf->room - buf->n > more)
        return;
    buf->p = mem_grow(buf->p, &buf->room, mem_add(mem_add(buf->n, more), 1), 1);
}

char *buf_room(struct buf *buf, size_t more)
{
    reserve(buf, more);
    return buf->p + buf->n;
}

void buf_add(struct buf *buf, const char *bytes, size_t length)
{
    reserve(buf, length);
    if (length)
        memcpy(buf->p + buf->n, bytes, length);
    buf->n += length;
    buf->p[buf->n] = '\0';
}

void buf_str(struct buf *buf, struct str s)
{
    buf_add(buf, s.p, s.n);
}

void buf_text(struct buf *buf, const char *c_string)
{
    buf_add(buf, c_string, strlen(c_string));
}

void buf_char(struct buf *buf, char c)
{
    reserve(buf, 1);
    buf->p[buf->n++] = c;
    buf->p[buf->n] = '\0';
}

size_t str_utf8(uint32_t c, char out[4])
{
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(lead[n] | c);
    return n;
}

void buf_utf8(struct buf *buf, uint32_t c)
{
    char bytes[4];
    buf_add(buf, bytes, str_utf8(c, bytes));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    reserve(buf, SHORT);
    int length = vsnprintf(buf->p + buf->n, buf->room - buf->n, format, args);
    va_end(args);
    if ((size_t)length >= buf->room - buf->n) {
        reserve(buf, (size_t)length);
        vsnprintf(buf->p + buf->n, (size_t)length + 1, format, again);
    }
    va_end(again);
    buf->n += (size_t)length;
}

struct str buf_view(const struct buf *buf)
{
    return (struct str){buf->p, buf->n};
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
}

void buf_free(struct buf *buf)
{
    mem_free(buf->p);
    *buf = (struct buf){0};
}
