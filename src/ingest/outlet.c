#include "ingest/outlet.h"

#include "base/utf8.h"
#include "ingest/cues.h"

#include <string.h>

enum {
    MARK_BYTES = 120, /* longest outlet mark, bytes */
    IMPRINTS = 30,    /* imprint lines that are searched for a name */
};

bool outlet_is(struct str token)
{
    size_t chars = utf8_count(token);
    return chars >= 3 && chars <= 14 && (cues_in(token) & (CUE_OUTLET | CUE_TAG)) == CUE_OUTLET;
}

static bool is_delimiter(uint32_t c)
{
    switch (c) {
    case ' ':
    case '=':
    case '/':
    case ',':
    case '|':
    case '(':
    case ')':
    case '[':
    case ']':
    case '<':
    case '>':
    case '&':
    case ':':
    case 0xa9:
    case 0x24d2:
    case 0xb7:
    case '.':
    case '~':
    case '-':
    case 0xa0:
    case '"':
    case '\'':
    case 0x30fb: return true;
    default: return false;
    }
}

/* The next token at *at; false at the end. */
static bool next_token(struct str s, size_t *at, struct str *token)
{
    size_t from = *at, i = *at;
    while (i < s.n && is_delimiter(utf8_next(s, &i)))
        from = i;
    if (from >= s.n)
        return false;
    size_t end = from;
    for (i = from; i < s.n && !is_delimiter(utf8_next(s, &i));)
        end = i;
    *token = str_slice(s, from, end);
    *at = end;
    return true;
}

struct str outlet_among(struct str s)
{
    struct str token;
    for (size_t at = 0; next_token(s, &at, &token);)
        if (outlet_is(token))
            return token;
    return (struct str){NULL, 0};
}

/* Bytes up to and with the bracket that closes the one at the start of s; 0 when there is none near. */
static size_t bracket_end(struct str s)
{
    static const char *const pairs[][2] = {{"[", "]"}, {"(", ")"},   {"〔", "〕"}, {"【", "】"},
                                           {"<", ">"}, {"［", "］"}, {"{", "}"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_starts(s, str_from(pairs[i][0]))) {
            size_t at = str_find(str_slice(s, 0, MARK_BYTES), str_from(pairs[i][1]), 0);
            return at == SIZE_MAX ? 0 : at + strlen(pairs[i][1]);
        }
    return 0;
}

/* "홍길동 기자 = ", "홍길동 기자 ": bytes at the start of s, 0 for none. */
static size_t reporter_end(struct str s, bool after_bracket)
{
    struct str head = str_slice(s, 0, 60);
    size_t at = str_find(head, STR("기자"), 0);
    if (at == SIZE_MAX || at > 45 || str_find(str_slice(head, 0, at), STR("."), 0) != SIZE_MAX)
        return 0;
    size_t end = at + strlen("기자"), after = end;
    while (after < s.n && s.p[after] == ' ')
        after++;
    if (after < s.n && (s.p[after] == '=' || s.p[after] == '|'))
        return after + 1;
    return after_bracket && after > end && at <= 24 ? after : 0;
}

size_t outlet_lead_mark(struct str text, struct str *outlet)
{
    size_t at = 0;
    *outlet = (struct str){NULL, 0};
    for (int rounds = 0; rounds < 4; rounds++) {
        struct str rest = str_slice(text, at, text.n);
        struct str trimmed = str_trim(rest);
        size_t blank = trimmed.n ? (size_t)(trimmed.p - rest.p) : 0;
        size_t end = bracket_end(trimmed);
        struct str inside = str_slice(trimmed, 0, end), name = outlet_among(inside);
        bool reporter = str_find(inside, STR("기자"), 0) != SIZE_MAX;
        bool round_bracket = str_starts(trimmed, STR("("));
        bool mark = end && (name.n || reporter || (str_find(inside, STR("ⓒ"), 0) != SIZE_MAX) ||
                            (!round_bracket && (cues_in(str_slice(inside, 1, end - 1)) & CUE_CAPTION)) ||
                            (str_find(inside, STR("="), 0) != SIZE_MAX && end < 60));
        if (!mark) {
            size_t by = reporter_end(trimmed, at > 0);
            return by ? at + blank + by : at;
        }
        if (name.n && !outlet->n && !(cues_in(inside) & CUE_CAPTION))
            *outlet = name;
        at += blank + end;
    }
    return at;
}

/* The name after a copyright mark: "저작권자 ⓒ ○○신문 무단전재", "Copyright© 2015~2021 ○○신문 All …". */
static struct str owner_after(struct str line, size_t at, bool any_name)
{
    struct str token;
    for (int tokens = 0; tokens < 5 && next_token(line, &at, &token); tokens++) {
        size_t first = 0;
        uint32_t c = utf8_next(token, &first);
        if (outlet_is(token))
            return token;
        if (any_name && utf8_is_hangul(c) && utf8_count(token) >= 2 && utf8_count(token) <= 12 &&
            !(cues_in(token) & (CUE_LEGAL | CUE_JUNK)) && token.n >= 6)
            return token;
    }
    return (struct str){NULL, 0};
}

/* Is the name printed a second time: in a masthead, as author, in a path, in brackets? Places are, too, so what ends
 * like one is none. */
static bool is_masthead(const struct lines *lines, size_t footer, struct str name)
{
    static const char *const places[] = {"시", "도", "군", "구", "읍", "면", "동", "로", "길", "청", "층"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (str_ends(name, str_from(places[i])))
            return false;
    for (size_t i = 0; i < lines->n; i++)
        if (i != footer && str_find(str_slice(lines->items[i].text, 0, 300), name, 0) != SIZE_MAX)
            return true;
    return false;
}

/* The first name of an imprint line, "○○ | 대표 : …", "사업자정보 ○○ | …", where the page repeats it. */
static struct str imprint_name(const struct lines *lines, size_t index)
{
    struct str token, line = str_slice(lines->items[index].text, 0, 90);
    size_t at = 0;
    for (int tokens = 0; tokens < 2 && next_token(line, &at, &token); tokens++) {
        size_t first = 0, chars = utf8_count(token);
        if (outlet_is(token))
            return token;
        if (utf8_is_hangul(utf8_next(token, &first)) && chars >= 3 && chars <= 12 &&
            !(cues_in(token) & (CUE_FOOTER | CUE_JUNK | CUE_LEGAL)) && is_masthead(lines, index, token))
            return token;
    }
    return (struct str){NULL, 0};
}

struct str outlet_find(const struct lines *lines, size_t from)
{
    static const char *const marks[] = {"저작권자", "제호", "Copyright", "COPYRIGHT", "copyright", "ⓒ", "©"};
    static const char *const owned[] = {"저작권자", "제호", "무단", "All", "all ", "ALL", NULL};
    struct str name;
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        for (size_t i = from; i < lines->n; i++) {
            const struct line *line = &lines->items[i];
            if (!(line->cues & (CUE_LEGAL | CUE_NOTICE | CUE_FOOTER)) || line->chars > 400)
                continue;
            size_t at = str_find(line->text, str_from(marks[m]), 0);
            bool any_name = str_has_any(line->text, owned);
            if (at != SIZE_MAX && (name = owner_after(line->text, at + strlen(marks[m]), any_name)).n)
                return name;
        }
    for (size_t i = from, imprints = 0; i < lines->n && imprints < IMPRINTS; i++)
        if ((lines->items[i].cues & CUE_FOOTER) && lines->items[i].kind == LINE_JUNK && ++imprints &&
            ((name = imprint_name(lines, i)).n || (name = outlet_among(str_slice(lines->items[i].text, 0, 240))).n))
            return name;
    return (struct str){NULL, 0};
}
