/* The strict subset of RFC 8259 that most records keep to. Whatever else there is, is left to a parser of all of it. */
#include "ingest/json.h"

#include <string.h>

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t' || s.p[at] == '\n' || s.p[at] == '\r'))
        at++;
    return at;
}

/* Four hexadecimal digits at `at`; UINT32_MAX for none. */
static uint32_t hex4(struct str s, size_t at)
{
    uint32_t c = 0;
    if (at + 4 > s.n)
        return UINT32_MAX;
    for (size_t i = at; i < at + 4; i++) {
        char d = s.p[i], low = (char)(d | 0x20);
        if (d >= '0' && d <= '9')
            c = c << 4 | (uint32_t)(d - '0');
        else if (low >= 'a' && low <= 'f')
            c = c << 4 | (uint32_t)(low - 'a' + 10);
        else
            return UINT32_MAX;
    }
    return c;
}

/* \uXXXX, or a pair of them, whose backslash is at `at`, as UTF-8; its length in *used. 0 bytes: none that is allowed.
 */
static size_t put_code(struct str s, size_t at, char *out, size_t *used)
{
    uint32_t c = hex4(s, at + 2);
    *used = 6;
    if (c >= 0xd800 && c < 0xdc00) {
        bool pair = at + 12 <= s.n && s.p[at + 6] == '\\' && s.p[at + 7] == 'u';
        uint32_t low = pair ? hex4(s, at + 8) : 0;
        if (low < 0xdc00 || low > 0xdfff)
            return 0;
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        *used = 12;
    }
    if (c == 0 || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
        return 0;
    return str_utf8(c, out);
}

/* The inside of a string, which has escapes; no escape is shorter than what it stands for. */
static bool unescape(struct arena *arena, struct str s, struct str *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char *text = arena_alloc(arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        const char *slash = memchr(s.p + i, '\\', s.n - i);
        size_t plain = slash ? (size_t)(slash - s.p) - i : s.n - i, used = 2;
        memcpy(text + n, s.p + i, plain);
        n += plain;
        i += plain;
        if (!slash)
            break;
        char c = i + 1 < s.n ? s.p[i + 1] : '\0';
        const char *known = c ? strchr(from, c) : NULL;
        size_t made = known ? 1 : c == 'u' ? put_code(s, i, text + n, &used) : 0;
        if (known)
            text[n] = to[known - from];
        if (!made)
            return false;
        n += made;
        i += used;
    }
    *out = (struct str){text, n};
    return true;
}

/* The string whose quote is at *at, which moves behind it. */
static bool take_string(struct arena *arena, struct str s, size_t *at, struct str *out)
{
    size_t i = *at + 1, from = i;
    bool escapes = false;
    for (; i < s.n && s.p[i] != '"'; i++) {
        if ((unsigned char)s.p[i] < 0x20)
            return false;
        if (s.p[i] == '\\') {
            escapes = true;
            i++;
        }
    }
    if (i >= s.n)
        return false;
    *at = i + 1;
    *out = str_slice(s, from, i);
    return !escapes || unescape(arena, *out, out);
}

/* A whole number of at most 18 digits, true, false or null. */
static bool take_word(struct str s, size_t *at, struct json_member *out)
{
    size_t i = *at, digits;
    while (i < s.n && (s.p[i] == '-' || (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'z')))
        i++;
    out->text = str_slice(s, *at, i);
    *at = i;
    out->is_null = str_equal(out->text, STR("null"));
    if (out->is_null)
        out->text = STR("");
    if (out->is_null || str_equal(out->text, STR("true")) || str_equal(out->text, STR("false")))
        return true;
    struct str number = str_slice(out->text, str_starts(out->text, STR("-")), out->text.n);
    for (digits = 0; digits < number.n && number.p[digits] >= '0' && number.p[digits] <= '9';)
        digits++;
    return digits == number.n && digits > 0 && digits <= 18 && (number.p[0] != '0' || out->text.n == 1);
}

bool json_plain(struct arena *arena, struct str s, struct json_member members[JSON_PLAIN], size_t *n)
{
    size_t at = skip_blanks(s, 0);
    *n = 0;
    if (at >= s.n || s.p[at] != '{')
        return false;
    do {
        struct json_member *member = &members[*n];
        at = skip_blanks(s, at + 1);
        if (*n == JSON_PLAIN || at >= s.n || s.p[at] != '"' || !take_string(arena, s, &at, &member->key))
            return false;
        for (size_t i = 0; i < *n; i++)
            if (str_equal(members[i].key, member->key))
                return false;
        at = skip_blanks(s, at);
        if (at >= s.n || s.p[at] != ':')
            return false;
        at = skip_blanks(s, at + 1);
        member->is_string = at < s.n && s.p[at] == '"';
        member->is_null = false;
        if (member->is_string ? !take_string(arena, s, &at, &member->text) : !take_word(s, &at, member))
            return false;
        ++*n;
        at = skip_blanks(s, at);
    } while (at < s.n && s.p[at] == ',');
    return at < s.n && s.p[at] == '}' && skip_blanks(s, at + 1) == s.n;
}
