#include "ingest/json.h"

#include "base/utf8.h"

#include <string.h>

enum { KEY_BYTES = 160 };

/* Length of the string whose quote begins `s`. Each backslash is looked at once. */
static size_t string_length(struct str s)
{
    for (size_t i = 1;;) {
        const char *quote = i < s.n ? memchr(s.p + i, '"', s.n - i) : NULL;
        if (!quote)
            return SIZE_MAX;
        size_t end = (size_t)(quote - s.p), slash = end;
        while (slash > i && s.p[slash - 1] == '\\')
            slash--;
        i = end + 1;
        if ((end - slash) % 2 == 0)
            return i;
    }
}

size_t json_length(struct str s)
{
    size_t depth = 0;
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        if (c == '"') {
            size_t n = string_length(str_slice(s, i, s.n));
            if (n == SIZE_MAX)
                return n;
            i += n;
        } else {
            depth += c == '{' || c == '[';
            depth -= (c == '}' || c == ']') && depth > 0;
            i++;
        }
        if (!depth)
            return i;
    }
    return SIZE_MAX;
}

enum json_excess json_excess(struct str s)
{
    size_t depth = 0, values = 0;
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        if (c == '"') {
            size_t n = string_length(str_slice(s, i, s.n));
            if (n == SIZE_MAX)
                return JSON_FITS;
            i += n;
            continue;
        }
        if ((c == '[' || c == '{') && ++depth > JSON_DEPTH)
            return JSON_TOO_DEEP;
        depth -= (c == ']' || c == '}') && depth > 0;
        values += c == '[' || c == '{' || c == ','; /* that begin, or follow another */
        if (values > LIMIT_JSON_VALUES)
            return JSON_TOO_MANY;
        i++;
    }
    return JSON_FITS;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.n && is_blank(s.p[at]))
        at++;
    return at;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* A key without its quotes as text: "\uc81c\ubaa9" is 제목. Empty for one that no alias can be. */
static struct str key_text(struct arena *arena, struct str key)
{
    struct str text = key;
    size_t bad;
    if (key.n > KEY_BYTES)
        return (struct str){NULL, 0};
    if (utf8_invalid(key) != SIZE_MAX && !utf8_decode(arena, key, "windows-949", &text, &bad))
        return (struct str){NULL, 0};
    if (!text.n || !memchr(text.p, '\\', text.n))
        return text;
    struct buf out = {0};
    for (size_t i = 0; i < text.n; i++) {
        uint32_t c = 0;
        bool escape = text.p[i] == '\\' && i + 5 < text.n && text.p[i + 1] == 'u';
        for (size_t k = 2; escape && k < 6; k++) {
            escape = hex(text.p[i + k]) >= 0;
            c = c << 4 | (uint32_t)hex(text.p[i + k]);
        }
        if (!escape || c < 0x20 || (c >= 0xd800 && c < 0xe000)) {
            buf_char(&out, text.p[i]);
            continue;
        }
        buf_utf8(&out, c);
        i += 5;
    }
    text = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return utf8_nfc(arena, text);
}

/* What the keys of an object say. */
struct facts {
    bool title, body, lead; /* its own */
    bool other;             /* a value of another field */
    bool member;            /* an object in it has a title and a body */
    size_t members;         /* how many have a title and a body or lead */
    bool records, full;     /* an array in it begins with a record; with one that has both title and text */
    bool empty;             /* there is an empty array */
};

struct nest {
    bool object[JSON_DEPTH + 1];
    size_t depth;
    bool title, body, lead, counted; /* of the member at depth 2 */
};

static void note_key(struct arena *arena, struct str s, size_t at, size_t end, const struct map *map, struct nest *nest,
                     struct facts *facts)
{
    size_t rank = 0, value = skip_blanks(s, skip_blanks(s, end) + 1);
    size_t field = map_key(map, key_text(arena, str_slice(s, at + 1, end - 1)), &rank);
    char c = value < s.n ? s.p[value] : '\0';
    facts->other |= field < FIELDS && nest->depth == 1 && c != '{' && c != '[';
    if ((field != F_TITLE && field != F_BODY) || (c != '"' && c != '{'))
        return;
    bool lead = field == F_BODY && mapping_is_lead(rank);
    if (nest->depth == 1) {
        facts->title |= field == F_TITLE;
        facts->body |= field == F_BODY && !lead;
        facts->lead |= lead;
        return;
    }
    nest->title |= field == F_TITLE;
    nest->body |= field == F_BODY && !lead;
    nest->lead |= lead;
    facts->member |= nest->title && nest->body;
    if (nest->title && (nest->body || nest->lead) && !nest->counted) {
        nest->counted = true;
        facts->members++;
    }
}

static void look(struct arena *arena, struct str s, const struct map *map, bool arrays, struct facts *facts);

/* An array begins at `at`: does a record begin it? */
static void note_array(struct arena *arena, struct str s, size_t at, const struct map *map, struct facts *facts)
{
    struct facts first = {.title = false};
    size_t value = skip_blanks(s, at + 1);
    facts->empty |= value < s.n && s.p[value] == ']';
    if (facts->full || value >= s.n || s.p[value] != '{')
        return;
    look(arena, str_slice(s, value, s.n), map, false, &first);
    facts->full |= (first.title && (first.body || first.lead)) || first.member;
    facts->records |= first.title || first.body || first.member;
}

/* Walks the object that begins s, until it ends or is known to be a record. Arrays are looked at (`arrays`) by their
 * first elements, each no more often than it is deep. */
static void look(struct arena *arena, struct str s, const struct map *map, bool arrays, struct facts *facts)
{
    struct nest nest = {.depth = 0};
    for (size_t i = 0; i < s.n && nest.depth <= JSON_DEPTH && !(facts->title && facts->body);) {
        char c = s.p[i];
        if (c == '"') {
            size_t n = string_length(str_slice(s, i, s.n));
            if (n == SIZE_MAX)
                return;
            bool key = nest.object[nest.depth] && s.n > skip_blanks(s, i + n) && s.p[skip_blanks(s, i + n)] == ':';
            if (key && (nest.depth == 1 || (nest.depth == 2 && nest.object[1])))
                note_key(arena, s, i, i + n, map, &nest, facts);
            i += n;
            continue;
        }
        if (c == '[' && arrays)
            note_array(arena, s, i, map, facts);
        if ((c == '{' || c == '[') && ++nest.depth <= JSON_DEPTH)
            nest.object[nest.depth] = c == '{';
        if (c == '{' && nest.depth == 2)
            nest.title = nest.body = nest.lead = nest.counted = false;
        if ((c == '}' || c == ']') && --nest.depth == 0)
            return;
        i++;
    }
}

enum json_kind json_kind(struct arena *arena, struct str object, const struct map *map)
{
    struct facts facts = {.title = false};
    look(arena, object, map, true, &facts);
    bool named = facts.title || facts.body; /* a lead alone is none */
    if (facts.members > 1 && !named && !facts.other)
        return JSON_KEYED;
    if ((facts.title && facts.body) || (facts.member && !named))
        return JSON_RECORD;
    if (facts.full || (facts.records && !named))
        return JSON_CONTAINER;
    if (named)
        return JSON_RECORD;
    return facts.empty && !facts.records ? JSON_CONTAINER : JSON_OTHER;
}
