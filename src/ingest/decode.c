#include "ingest/decode.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "ingest/encoding.h"

#include <string.h>
#include <strings.h>

enum { MAX_MARKS = 8 /* combining marks on one base; more is an attack or damage, no orthography needs them */ };

/* What cleaning found, to be said once a text. */
struct findings {
    size_t controls, bidi, marks;
};

/* Length of the line break at i that has to become "\n" (0: none, or a plain \n). */
static size_t odd_newline(struct str s, size_t i)
{
    const unsigned char *p = (const unsigned char *)s.p + i;
    size_t left = s.n - i;
    if (p[0] == '\r')
        return left > 1 && p[1] == '\n' ? 2 : 1;
    if (p[0] == 0xc2 && left > 1 && p[1] == 0x85)
        return 2;
    if (p[0] == 0xe2 && left > 2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9))
        return 3;
    return 0;
}

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || (c >= 0xfdd0 && c <= 0xfdef) ||
           (c & 0xfffe) == 0xfffe;
}

static bool is_bidi(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Characters that may need attention start with one of some bytes: all of Hangul and Latin text passes by quickly. Of a
 * byte's two bits the first says that such a character begins with it, the second that one does if the next byte fits;
 * of the next byte both bits are asked. */
enum { SUSPECT = 1, SUSPECT_BEFORE = 2 };
#define SUSPECT_FIRST(a)                                                                                               \
    ((a) < 0x80    ? ((a) < 0x20 && (a) != '\n' && (a) != '\t') || (a) == 0x7f                                         \
     : (a) == 0xea ? SUSPECT_BEFORE                                                                                    \
                   : (a) == 0xc2 || ((a) >= 0xcc && (a) <= 0xe3) || (a) >= 0xef)
#define SUSPECT_SECOND(a) ((a) >= 0x80 && (a) < 0xb0 ? SUSPECT | SUSPECT_BEFORE : SUSPECT)

/* The first byte from i on that begins such a character in valid UTF-8; s.n for none. */
static size_t next_suspect(struct str s, size_t i)
{
    static const uint8_t first[256] = {BYTES_256(SUSPECT_FIRST)}, second[256] = {BYTES_256(SUSPECT_SECOND)};
    const unsigned char *p = (const unsigned char *)s.p;
    while (i + 1 < s.n && !(first[p[i]] & second[p[i + 1]]))
        i++;
    return i + 1 == s.n && !(first[p[i]] & SUSPECT) ? s.n : i;
}

/* Marks and symbols of everyday text that are neither controls nor subject to normalisation. */
static bool is_everyday(const unsigned char *p)
{
    if (p[0] == 0xc2)
        return p[1] >= 0xa0; /* U+00A0..00BF */
    if (p[0] == 0xe2)
        return (p[1] == 0x80 && ((p[2] >= 0x90 && p[2] <= 0xa7) || (p[2] >= 0xb0 && p[2] <= 0xbe))) || p[1] == 0x96 ||
               (p[1] >= 0x86 && p[1] <= 0x8b) ||
               p[1] == 0x97; /* U+2010..2027, U+2030..203E, U+2180..22FF, U+2580..25FF */
    if (p[0] == 0xe3)
        return (p[1] == 0x80 && p[2] <= 0xa0) || (p[1] >= 0x84 && p[1] <= 0x86 && !(p[1] == 0x85 && p[2] == 0xa4)) ||
               p[1] >= 0x88; /* U+3000..3020, U+3100..31BF but the filler U+3164, U+3200..3FFF */
    return p[0] == 0xef && ((p[1] == 0xbc && p[2] >= 0x81) || (p[1] == 0xbd && p[2] <= 0x9e)); /* U+FF01..FF5E */
}

/* One pass over the text: must something be taken out; may it be other than NFC? */
static void examine(struct str s, bool *dirty, bool *unsure)
{
    size_t marks = 0;
    *dirty = *unsure = false;
    for (size_t i = 0, from; from = i, (i = next_suspect(s, i)) < s.n;) {
        unsigned char a = (unsigned char)s.p[i];
        marks = i > from ? 0 : marks;
        if (a >= 0x80 && is_everyday((const unsigned char *)s.p + i)) {
            i += a < 0xe0 ? 2 : 3;
            marks = 0;
            continue;
        }
        *unsure = *unsure || a >= 0x80;
        if (odd_newline(s, i)) {
            *dirty = true;
            return;
        }
        uint32_t c = utf8_next(s, &i);
        marks = c >= 0x300 && utf8_width(c) == 0 ? marks + 1 : 0;
        if (is_control(c) || is_bidi(c) || c == 0xfeff || marks > MAX_MARKS) {
            *dirty = true;
            return;
        }
    }
}

/* NFC line by line: one line that needs it does not send a whole file the long way. A newline takes part in no
 * composition. */
static struct str nfc_by_line(struct arena *arena, struct str text)
{
    struct buf out = {0};
    struct str rest = text;
    size_t same = 0; /* bytes from the start that are as they were, while nothing is in `out` */
    while (rest.n) {
        const char *end = memchr(rest.p, '\n', rest.n);
        struct str line = str_slice(rest, 0, end ? (size_t)(end - rest.p) + 1 : rest.n), normal;
        bool dirty, unsure;
        examine(line, &dirty, &unsure);
        normal = dirty || unsure ? utf8_nfc(arena, line) : line;
        if (normal.p == line.p && !out.n) {
            same += line.n;
        } else {
            if (!out.n)
                buf_add(&out, text.p, same);
            buf_str(&out, normal);
        }
        rest = str_slice(rest, line.n, rest.n);
    }
    struct str result = out.n ? str_copy(arena, buf_view(&out)) : text;
    buf_free(&out);
    return result;
}

static struct str clean_copy(struct arena *arena, struct str s, struct findings *found)
{
    char *out = arena_alloc(arena, s.n + 1);
    size_t n = 0, marks = 0;
    for (size_t i = 0, from; i < s.n;) {
        from = i;
        i = next_suspect(s, i);
        if (i > from) {
            memcpy(out + n, s.p + from, i - from);
            n += i - from;
            marks = 0;
            continue;
        }
        size_t newline = odd_newline(s, i);
        if (newline) {
            out[n++] = '\n';
            i += newline;
            continue;
        }
        uint32_t c = utf8_next(s, &i);
        marks = c >= 0x300 && utf8_width(c) == 0 ? marks + 1 : 0;
        if (is_control(c)) {
            found->controls++;
        } else if (is_bidi(c)) {
            found->bidi++;
        } else if (marks > MAX_MARKS) {
            found->marks++;
        } else if (c != 0xfeff) {
            memcpy(out + n, s.p + from, i - from);
            n += i - from;
        }
    }
    return (struct str){out, n};
}

struct str decode_clean(struct arena *arena, const char *name, size_t line, struct str text, struct diag_list *diag)
{
    bool dirty, unsure;
    examine(text, &dirty, &unsure);
    if (dirty) {
        struct findings found = {0};
        text = clean_copy(arena, text, &found);
        if (found.controls)
            diag_add(diag, DIAG_WARNING, "control-characters", name, line, 0, "%zu control characters removed",
                     found.controls);
        if (found.bidi)
            diag_add(diag, DIAG_WARNING, "bidi-controls", name, line, 0, "%zu bidirectional controls removed",
                     found.bidi);
        if (found.marks)
            diag_add(diag, DIAG_WARNING, "combining-marks", name, line, 0,
                     "%zu combining marks removed: more than %d on one character", found.marks, MAX_MARKS);
    }
    return dirty || unsure ? nfc_by_line(arena, text) : text;
}

/* UTF-16 without its mark → UTF-8, strictly; *bad is the byte offset of a lone surrogate or a half unit. */
static bool decode_utf16(struct arena *arena, struct str bytes, bool big, struct str *out, size_t *bad)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    char *text = arena_array(arena, bytes.n / 2 + 1, 3);
    struct buf unit = {0};
    size_t n = 0;
    bool ok = bytes.n % 2 == 0;
    *bad = bytes.n ? bytes.n - 1 : 0;
    for (size_t i = 0; ok && i < bytes.n; i += 2) {
        uint32_t c = big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];
        if (c >= 0xd800 && c < 0xe000) {
            uint32_t low = 0;
            if (i + 3 < bytes.n)
                low = big ? (uint32_t)p[i + 2] << 8 | p[i + 3] : (uint32_t)p[i + 3] << 8 | p[i + 2];
            if (c >= 0xdc00 || low < 0xdc00 || low >= 0xe000) {
                *bad = i;
                ok = false;
                break;
            }
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        }
        buf_clear(&unit);
        buf_utf8(&unit, c);
        memcpy(text + n, unit.p, unit.n); /* at most 3 bytes a unit, 4 for two */
        n += unit.n;
    }
    buf_free(&unit);
    *out = (struct str){text, n};
    return ok;
}

static bool refuse(struct diag_list *diag, const char *name, const char *code, size_t offset, const char *reason,
                   const char *guess)
{
    diag_add(diag, DIAG_REJECT, code, name, 0, 0, "byte %zu: %s (looks like %s; --encoding overrules)", offset, reason,
             guess);
    return false;
}

const char *decode_icu_name(const char *encoding)
{
    static const char *const korean[] = {"cp949", "euc-kr", "euckr", "ms949", "uhc", "windows-949", "ks_c_5601-1987"};
    for (size_t i = 0; i < sizeof korean / sizeof *korean; i++)
        if (strcasecmp(encoding, korean[i]) == 0)
            return "windows-949";
    return encoding;
}

static bool decode_named(struct arena *arena, const char *name, struct str bytes, const char *encoding,
                         struct decoded *out, struct diag_list *diag)
{
    size_t bad = 0;
    bool ok;
    out->encoding = encoding;
    if (strcasecmp(encoding, "utf-8") == 0 || strcasecmp(encoding, "utf8") == 0) {
        bad = utf8_invalid(bytes);
        ok = bad == SIZE_MAX;
        out->text = bytes;
        out->encoding = "utf-8";
    } else if (strcasecmp(encoding, "utf-16le") == 0 || strcasecmp(encoding, "utf-16be") == 0) {
        bool big = strcasecmp(encoding, "utf-16be") == 0;
        ok = decode_utf16(arena, bytes, big, &out->text, &bad);
        out->encoding = big ? "utf-16be" : "utf-16le";
    } else {
        const char *icu = decode_icu_name(encoding);
        ok = utf8_decode(arena, bytes, icu, &out->text, &bad);
        out->encoding = strcmp(icu, "windows-949") == 0 ? "cp949" : encoding;
    }
    if (!ok)
        return refuse(diag, name, "invalid-encoding", bad, arena_printf(arena, "not valid %s", out->encoding),
                      encoding_second_opinion(arena, bytes));
    return true;
}

static bool decode_auto(struct arena *arena, const char *name, struct str bytes, struct decoded *out,
                        struct diag_list *diag)
{
    char wide = encoding_utf16_pattern(bytes);
    if (wide)
        return decode_named(arena, name, bytes, wide == 'b' ? "utf-16be" : "utf-16le", out, diag);
    size_t bad = utf8_invalid(bytes);
    *out = (struct decoded){bytes, "utf-8", false};
    if (bad == SIZE_MAX)
        return true;
    if (encoding_is_damaged_utf8(bytes))
        return refuse(diag, name, "mixed-encoding", bad, "not valid UTF-8, though much of the file is",
                      "utf-8 with damage or with another encoding mixed in");
    size_t ignored;
    out->encoding = "cp949";
    if (utf8_decode(arena, bytes, "windows-949", &out->text, &ignored) && encoding_is_korean(out->text))
        return true;
    return refuse(diag, name, "invalid-utf8", bad, "neither valid UTF-8 nor Korean in CP949",
                  encoding_second_opinion(arena, bytes));
}

bool decode_bytes(struct arena *arena, const char *name, struct str bytes, const char *encoding, struct decoded *out,
                  struct diag_list *diag)
{
    bool automatic = !encoding || strcmp(encoding, "auto") == 0, ok;
    if (str_starts(bytes, STR("\xef\xbb\xbf")) && (automatic || strncasecmp(encoding, "utf-8", 5) == 0))
        ok = decode_named(arena, name, str_slice(bytes, 3, bytes.n), "utf-8", out, diag);
    else if (automatic && str_starts(bytes, STR("\xff\xfe")))
        ok = decode_named(arena, name, str_slice(bytes, 2, bytes.n), "utf-16le", out, diag);
    else if (automatic && str_starts(bytes, STR("\xfe\xff")))
        ok = decode_named(arena, name, str_slice(bytes, 2, bytes.n), "utf-16be", out, diag);
    else if (automatic)
        ok = decode_auto(arena, name, bytes, out, diag);
    else
        ok = decode_named(arena, name, bytes, encoding, out, diag);
    if (!ok)
        return false;
    const char *nul = out->text.n ? memchr(out->text.p, '\0', out->text.n) : NULL;
    if (nul) {
        diag_add(diag, DIAG_REJECT, "nul-byte", name, 0, 0, "NUL at byte %zu: not a text", (size_t)(nul - out->text.p));
        return false;
    }
    out->text = decode_clean(arena, name, 0, out->text, diag);
    out->clean = true;
    return true;
}

bool decode_record(struct arena *arena, const struct place *place, struct str bytes, const char *encoding,
                   struct str *out, struct diag_list *diag)
{
    bool is_utf8 = strcmp(encoding, "utf-8") == 0, nul = false;
    size_t bad = SIZE_MAX, line = place->line, column = place->column ? place->column : 1;
    *out = bytes;
    if (is_utf8)
        bad = utf8_invalid(bytes);
    else if (utf8_decode(arena, bytes, decode_icu_name(encoding), out, &bad))
        bad = SIZE_MAX;
    if (bad == SIZE_MAX) {
        const char *p = bytes.n ? memchr(bytes.p, '\0', bytes.n) : NULL;
        nul = p != NULL;
        bad = p ? (size_t)(p - bytes.p) : SIZE_MAX;
    }
    if (bad == SIZE_MAX)
        return true;
    for (size_t i = 0; i < bad; i++) {
        column = bytes.p[i] == '\n' ? 1 : column + 1;
        line += line && bytes.p[i] == '\n';
    }
    if (nul)
        diag_add(diag, DIAG_REJECT, "nul-byte", place->name, line, column, "a NUL byte: not a text");
    else
        diag_add(diag, DIAG_REJECT, is_utf8 ? "invalid-utf8" : "invalid-encoding", place->name, line, column,
                 "not valid %s from this byte on (looks like %s; --encoding overrules)", is_utf8 ? "UTF-8" : encoding,
                 encoding_looks_like(arena, bytes, is_utf8));
    return false;
}

struct str decode_name(struct arena *arena, struct str raw)
{
    struct str name = raw;
    size_t bad;
    if (utf8_invalid(raw) == SIZE_MAX)
        name = utf8_nfc(arena, raw);
    else if (!utf8_decode(arena, raw, "windows-949", &name, &bad) || !encoding_is_korean(name))
        name = utf8_repair(arena, raw);
    char *line = arena_copy(arena, name.p, name.n);
    utf8_tame(line);
    name = str_from(line);
    if (name.n <= LIMIT_NAME_BYTES)
        return name;
    struct str head = str_head(name, LIMIT_NAME_BYTES / 2), rest = str_head(name, name.n - LIMIT_NAME_BYTES / 3);
    struct str tail = str_slice(name, rest.n, name.n);
    return str_from(arena_printf(arena, STR_FMT "…" STR_FMT, STR_ARG(head), STR_ARG(tail)));
}

/* May a blank other than the plain space begin with this byte? */
static bool may_be_wide(char c)
{
    unsigned char a = (unsigned char)c;
    return a == '\t' || a == 0xc2 || (a >= 0xe1 && a <= 0xe3);
}

/* Length of a blank other than the plain space at i: 0 for none. */
static size_t wide_blank(struct str s, size_t i)
{
    size_t at = i;
    unsigned char a = (unsigned char)s.p[i];
    if (a == '\t')
        return 1;
    if (!may_be_wide(s.p[i]) || (a == 0xe3 && s.p[i + 1] != '\x80'))
        return 0;
    uint32_t c = utf8_next(s, &at);
    return utf8_is_space(c) || c == 0x200b ? at - i : 0;
}

/* The next blank from i on, or s.n; `plain`: spaces and newlines are such too. *length is its own, 0 at the end. */
static size_t next_blank(struct str s, size_t i, bool plain, size_t *length)
{
    for (*length = 0; i < s.n; i++) {
        if (plain && (s.p[i] == ' ' || s.p[i] == '\n'))
            *length = 1;
        else if (may_be_wide(s.p[i]))
            *length = wide_blank(s, i);
        if (*length)
            break;
    }
    return i;
}

bool decode_is_spaced(struct str text)
{
    size_t length;
    return next_blank(text, 0, false, &length) == text.n;
}

struct str decode_spaces(struct arena *arena, struct str text)
{
    char *out = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t from = 0, blank; from < text.n; from += blank) {
        size_t end = next_blank(text, from, false, &blank);
        memcpy(out + n, text.p + from, end - from);
        n += end - from;
        from = end;
        if (blank)
            out[n++] = ' ';
    }
    return (struct str){out, n};
}

struct str decode_squeeze(struct arena *arena, struct str text)
{
    char *out = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t from = 0, blank; from < text.n; from += blank) {
        size_t end = next_blank(text, from, true, &blank);
        memcpy(out + n, text.p + from, end - from);
        n += end - from;
        from = end;
        if (blank && n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    while (n && out[n - 1] == ' ')
        n--;
    return (struct str){out, n};
}
