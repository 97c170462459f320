#include "ingest/front.h"

#include "ingest/lines.h"
#include "ingest/mapping.h"

struct front {
    struct arena *arena;
    struct str *values;
    size_t ranks[FIELDS];
};

/* Bytes up to the text, and the lines between the marks. 0: no front matter. */
static size_t front_lines(struct str page, struct str *inside)
{
    struct str rest = page, line;
    bool any = str_line(&rest, &line);
    struct str mark = any ? str_trim(line) : STR("");
    size_t from = page.n - rest.n;
    if (!str_equal(mark, STR("---")) && !str_equal(mark, STR("+++")))
        return 0;
    for (size_t n = 0; n < LINES_FRONT; n++) {
        size_t to = page.n - rest.n;
        if (!str_line(&rest, &line))
            return 0;
        if (str_equal(str_trim(line), mark)) {
            *inside = str_slice(page, from, to);
            return page.n - rest.n;
        }
    }
    return 0;
}

static void add_hex(struct buf *out, struct str s, size_t *at, size_t digits)
{
    uint32_t value = 0;
    size_t n = 0;
    for (; n < digits && *at < s.n; n++, ++*at) {
        char c = s.p[*at];
        int digit = c >= '0' && c <= '9'                     ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                             : -1;
        if (digit < 0)
            break;
        value = value * 16 + (uint32_t)digit;
    }
    bool surrogate = value >= 0xd800 && value < 0xe000;
    if (n == digits && value >= ' ' && value <= 0x10ffff && !surrogate)
        buf_utf8(out, value);
}

/* What stands after "\" in a double-quoted value (YAML 1.2 §5.7, TOML 1.0); line ends become blanks. */
static void add_escaped(struct buf *out, struct str s, size_t *at)
{
    char c = s.p[(*at)++];
    switch (c) {
    case 'n':
    case 'r':
    case 't': buf_char(out, ' '); break;
    case 'x': add_hex(out, s, at, 2); break;
    case 'u': add_hex(out, s, at, 4); break;
    case 'U': add_hex(out, s, at, 8); break;
    default: buf_char(out, c); /* \" \\ \/ */
    }
}

/* The quoted value at the start of s, "…" or '…' (where '' is '). *end is the byte behind it, 0 where none is closed.
 */
static struct str quoted(struct arena *arena, struct str s, size_t *end)
{
    struct buf out = {0};
    char mark = s.p[0];
    size_t at = 1;
    *end = 0;
    while (at < s.n && !*end) {
        char c = s.p[at++];
        if (c == '\\' && mark == '"' && at < s.n)
            add_escaped(&out, s, &at);
        else if (c == mark && mark == '\'' && at < s.n && s.p[at] == mark)
            buf_char(&out, s.p[at++]);
        else if (c == mark)
            *end = at;
        else
            buf_char(&out, c);
    }
    struct str value = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return value;
}

/* A value that is quoted, one with quotes around what is not escaped ("그는 "좋다"고 했다"), or a plain one. */
static struct str scalar(struct arena *arena, struct str s)
{
    size_t end = 0;
    s = str_trim(s);
    if (!s.n || (s.p[0] != '"' && s.p[0] != '\''))
        return s; /* " #" begins a comment in YAML, but a tag in what scrapers write */
    struct str value = quoted(arena, s, &end);
    struct str behind = str_trim(str_slice(s, end, s.n));
    if (end && (!behind.n || behind.p[0] == '#'))
        return str_trim(value);
    bool around = s.n > 1 && s.p[s.n - 1] == s.p[0];
    return around ? str_trim(str_slice(s, 1, s.n - 1)) : s;
}

static void add_item(struct buf *out, struct str item)
{
    if (out->n && item.n)
        buf_char(out, ',');
    buf_str(out, item);
}

/* "[a, \"b, c\", d]" */
static void add_list(struct arena *arena, struct buf *out, struct str s)
{
    for (size_t at = 1; at < s.n && s.p[at] != ']';) {
        size_t end = 0, from = at;
        struct str rest = str_slice(s, at, s.n), trimmed = str_trim(rest);
        size_t blank = trimmed.n ? (size_t)(trimmed.p - rest.p) : 0;
        if (trimmed.n && (trimmed.p[0] == '"' || trimmed.p[0] == '\''))
            add_item(out, quoted(arena, trimmed, &end));
        at += end ? blank + end : 0;
        from = at;
        while (at < s.n && s.p[at] != ',' && s.p[at] != ']')
            at++;
        if (!end)
            add_item(out, str_trim(str_slice(s, from, at)));
        at += at < s.n && s.p[at] == ',';
    }
}

static bool is_inner(struct str line)
{
    return line.n && (line.p[0] == ' ' || line.p[0] == '\t');
}

/* The lines that belong to a key above: indented ones, and "- item" in any column. A blank takes the place of their
 * line ends. */
static struct str inner_lines(struct arena *arena, struct str *rest, struct str first)
{
    struct buf out = {0};
    buf_str(&out, first);
    for (struct str ahead = *rest, line; str_line(&ahead, &line); *rest = ahead) {
        struct str text = str_trim(line);
        bool item = str_starts(text, STR("- "));
        if (!item && text.n && !is_inner(line))
            break;
        if (item)
            add_item(&out, scalar(arena, str_slice(text, 2, text.n)));
        else if (text.n && out.n)
            buf_char(&out, ' ');
        if (!item)
            buf_str(&out, text);
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static struct str value_of(struct arena *arena, struct str first, struct str *rest)
{
    static const char *const blocks[] = {"|", ">", "|-", ">-", "|+", ">+", NULL};
    struct buf out = {0};
    first = str_trim(first);
    if (!first.n || str_is_any(first, blocks))
        return inner_lines(arena, rest, STR(""));
    struct str whole = inner_lines(arena, rest, first);
    if (whole.p[0] != '[')
        return scalar(arena, whole);
    add_list(arena, &out, whole);
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

static void take(struct front *front, struct str key, struct str value)
{
    static const struct map none = {0};
    size_t rank = 0, field = map_key(&none, scalar(front->arena, key), &rank);
    if (field == FIELDS || !value.n || (front->values[field].n && rank >= front->ranks[field]))
        return;
    struct diag_list unheard = {0};
    front->values[field] = decode_squeeze(front->arena, decode_clean(front->arena, "", 0, value, &unheard));
    diag_free(&unheard);
    front->ranks[field] = rank;
}

size_t front_read(struct arena *arena, struct str page, struct str values[FIELDS])
{
    struct front front = {.arena = arena, .values = values};
    struct str rest, line;
    size_t end = front_lines(page, &rest);
    char sign = str_starts(page, STR("+++")) ? '=' : ':';
    for (size_t f = 0; f < FIELDS; f++)
        values[f] = (struct str){NULL, 0};
    while (end && str_line(&rest, &line)) {
        size_t at = 0;
        while (at < line.n && line.p[at] != sign)
            at++;
        if (at < line.n && !is_inner(line) && line.p[0] != '#')
            take(&front, str_trim(str_slice(line, 0, at)), value_of(arena, str_slice(line, at + 1, line.n), &rest));
    }
    return end;
}
