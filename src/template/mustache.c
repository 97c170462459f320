/* Mustache (the mandatory modules of its specification, without partials): tokens first, then one walk. */
#include "base/mem.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "template/value.h"

#include <string.h>

enum { MAX_NESTING = 64, MAX_OUTPUT = 64 * 1024 * 1024, MAX_STEPS = 50000000, MAX_DELIMITER = 16, MAX_NAMES = 400 };

enum token_kind { TOKEN_TEXT, TOKEN_VALUE, TOKEN_RAW, TOKEN_SECTION, TOKEN_INVERTED, TOKEN_CLOSE };

struct token {
    enum token_kind kind;
    struct str text; /* of TEXT, else the name */
    size_t line;
    size_t close; /* of SECTION and INVERTED: index of the CLOSE */
};

struct mustache {
    struct arena *arena;
    const char *name;
    struct str text;
    size_t at, line;
    struct str open, shut; /* delimiters */
    struct token *tokens;
    size_t n, room;
    size_t sections[MAX_NESTING], depth;
    const struct value *stack[MAX_NESTING + 2];
    size_t n_stack;
    size_t steps; /* tokens walked: loops in loops may write nothing and still never end */
    bool strict;
    const struct mustache_sink *sink;
    struct err *err;
};

#define FAIL(m, line, ...) fail((m), (line), arena_printf((m)->arena, __VA_ARGS__))

static bool fail(struct mustache *m, size_t line, const char *what)
{
    return err_set(m->err, ERR_CONFIG, "%s:%zu: %s", m->name, line, what);
}

/* --- tokens --- */

static struct token *add_token(struct mustache *m, enum token_kind kind, struct str text, size_t line)
{
    m->tokens = mem_grow(m->tokens, &m->room, m->n + 1, sizeof *m->tokens);
    m->tokens[m->n] = (struct token){kind, text, line, 0};
    return &m->tokens[m->n++];
}

static size_t count_lines(struct str text)
{
    size_t lines = 0;
    for (const char *p = text.p, *end = text.p + text.n; p && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        lines++;
    return lines;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Where the line ends that has nothing but blanks after `at`: past its newline. SIZE_MAX where there is more. */
static size_t blank_line_end(struct str text, size_t at)
{
    while (at < text.n && is_blank(text.p[at]))
        at++;
    if (at < text.n && text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n')
        at++;
    if (at == text.n)
        return at;
    return text.p[at] == '\n' ? at + 1 : SIZE_MAX;
}

static size_t blank_line_start(struct str text, size_t at)
{
    while (at > 0 && is_blank(text.p[at - 1]))
        at--;
    return at == 0 || text.p[at - 1] == '\n' ? at : SIZE_MAX;
}

/* {{=<% %>=}} */
static bool set_delimiters(struct mustache *m, struct str body)
{
    body = str_trim(body.n && body.p[body.n - 1] == '=' ? str_slice(body, 0, body.n - 1) : STR(""));
    size_t gap = 0, next;
    while (gap < body.n && !is_blank(body.p[gap]) && body.p[gap] != '\n')
        gap++;
    struct str open = str_slice(body, 0, gap), shut = str_trim(str_slice(body, gap, body.n));
    next = str_find(shut, STR(" "), 0);
    if (!open.n || !shut.n || next != SIZE_MAX || open.n > MAX_DELIMITER || shut.n > MAX_DELIMITER ||
        str_find(body, STR("="), 0) != SIZE_MAX)
        return fail(m, m->line, "delimiters are set like {{=<% %>=}}");
    m->open = open;
    m->shut = shut;
    return true;
}

static bool open_section(struct mustache *m, enum token_kind kind, struct str name)
{
    if (m->depth == MAX_NESTING)
        return FAIL(m, m->line, "sections nested deeper than %d", MAX_NESTING);
    m->sections[m->depth++] = m->n;
    add_token(m, kind, name, m->line);
    return true;
}

static bool close_section(struct mustache *m, struct str name)
{
    if (m->depth == 0)
        return FAIL(m, m->line, "{{/" STR_FMT "}} closes nothing", STR_ARG(name));
    struct token *section = &m->tokens[m->sections[m->depth - 1]];
    if (!str_equal(section->text, name))
        return FAIL(m, m->line, "{{/" STR_FMT "}} where {{/" STR_FMT "}} is due (opened in line %zu)", STR_ARG(name),
                    STR_ARG(section->text), section->line);
    section->close = m->n;
    m->depth--;
    add_token(m, TOKEN_CLOSE, name, m->line);
    return true;
}

/* One tag by its sign; `body` is what is between the delimiters without the sign. */
static bool add_tag(struct mustache *m, char sign, struct str body)
{
    struct str name = str_trim(body);
    if (sign == '!')
        return true;
    if (sign == '=')
        return set_delimiters(m, body);
    if (!name.n || name.n > 200 || memchr(name.p, '\n', name.n))
        return fail(m, m->line, "a tag without a proper name");
    switch (sign) {
    case '#': return open_section(m, TOKEN_SECTION, name);
    case '^': return open_section(m, TOKEN_INVERTED, name);
    case '/': return close_section(m, name);
    case '>': return FAIL(m, m->line, "{{>" STR_FMT "}}: there are no partials", STR_ARG(name));
    case '&':
    case '{': add_token(m, TOKEN_RAW, name, m->line); return true;
    default: add_token(m, TOKEN_VALUE, name, m->line); return true;
    }
}

/* Reads the tag at m->at. `text_from` is where text that is not yet a token begins; it moves past the tag. */
static bool read_tag(struct mustache *m, size_t *text_from)
{
    size_t open = m->at, from = open + m->open.n, skip = m->shut.n;
    char sign = from < m->text.n && strchr("#^/!=&{>", m->text.p[from]) ? m->text.p[from] : '\0';
    struct str shut = m->shut;
    if (sign == '{') { /* {{{x}}} whatever the delimiters are */
        shut = str_from(arena_printf(m->arena, "}" STR_FMT, STR_ARG(m->shut)));
        skip = shut.n;
    } else if (sign == '=') {
        shut = str_from(arena_printf(m->arena, "=" STR_FMT, STR_ARG(m->shut)));
        skip = shut.n;
    }
    size_t end = str_find(m->text, shut, from + (sign != '\0'));
    if (end == SIZE_MAX)
        return FAIL(m, m->line, "a tag that is opened with " STR_FMT " and not closed", STR_ARG(m->open));
    struct str body = str_slice(m->text, from + (sign != '\0'), end + (sign == '='));
    size_t after = end + skip, start = SIZE_MAX, line_end = SIZE_MAX;
    if (sign && strchr("#^/!=>", sign)) {
        start = blank_line_start(m->text, open);
        line_end = blank_line_end(m->text, after);
    }
    bool alone = start != SIZE_MAX && line_end != SIZE_MAX && start >= *text_from;
    struct str before = str_slice(m->text, *text_from, alone ? start : open);
    if (before.n)
        add_token(m, TOKEN_TEXT, before, m->line - count_lines(before));
    if (!add_tag(m, sign, body))
        return false;
    m->line += count_lines(str_slice(m->text, open, alone ? line_end : after));
    m->at = *text_from = alone ? line_end : after;
    return true;
}

static bool tokenize(struct mustache *m)
{
    size_t text_from = 0;
    for (size_t next; (next = str_find(m->text, m->open, m->at)) != SIZE_MAX;) {
        m->line += count_lines(str_slice(m->text, m->at, next));
        m->at = next;
        if (!read_tag(m, &text_from))
            return false;
    }
    struct str rest = str_slice(m->text, text_from, m->text.n);
    if (rest.n)
        add_token(m, TOKEN_TEXT, rest, m->line);
    if (m->depth) {
        const struct token *section = &m->tokens[m->sections[m->depth - 1]];
        return FAIL(m, section->line, "{{%c" STR_FMT "}} is never closed", section->kind == TOKEN_SECTION ? '#' : '^',
                    STR_ARG(section->text));
    }
    return true;
}

/* --- the walk --- */

static bool unknown(struct mustache *m, const struct token *token)
{
    struct str names[MAX_NAMES];
    size_t n = 0;
    for (size_t i = m->n_stack; i > 0; i--)
        for (const struct item *item = m->stack[i - 1]->first; item && n < MAX_NAMES; item = item->next)
            if (item->name.n)
                names[n++] = item->name;
    struct str near = suggest(token->text, names, n);
    const char *sign = token->kind == TOKEN_SECTION ? "#" : token->kind == TOKEN_INVERTED ? "^" : "";
    if (!near.n)
        return FAIL(m, token->line, "unknown tag {{%s" STR_FMT "}}", sign, STR_ARG(token->text));
    return FAIL(m, token->line, "unknown tag {{%s" STR_FMT "}}; did you mean {{%s" STR_FMT "}}?", sign,
                STR_ARG(token->text), sign, STR_ARG(near));
}

/* A dotted name: its first part from the innermost scope that has it, the rest inside that. NULL where absent. */
static const struct value *lookup(const struct mustache *m, struct str name)
{
    if (str_equal(name, STR(".")))
        return m->stack[m->n_stack - 1];
    const struct value *value = NULL;
    struct str part;
    str_field(&name, '.', &part);
    for (size_t i = m->n_stack; i > 0 && !value; i--)
        value = value_get(m->stack[i - 1], str_trim(part));
    while (value && str_field(&name, '.', &part))
        value = value_get(value, str_trim(part));
    return value;
}

static bool put_value(struct mustache *m, const struct token *token)
{
    const struct value *value = lookup(m, token->text);
    if (!value && m->strict)
        return unknown(m, token);
    if (value && !value_is_scalar(value) && m->strict)
        return FAIL(m, token->line, "{{" STR_FMT "}} is %s; use it as {{#" STR_FMT "}}…{{/" STR_FMT "}}",
                    STR_ARG(token->text),
                    value->type == VALUE_LIST  ? "a list"
                    : value->type == VALUE_MAP ? "a group of values"
                                               : "yes or no",
                    STR_ARG(token->text), STR_ARG(token->text));
    if (value && value_is_scalar(value))
        m->sink->value(m->sink->user, value->text, token->line, token->kind == TOKEN_RAW);
    return true;
}

static bool walk(struct mustache *m, size_t from, size_t to);

static bool walk_inside(struct mustache *m, const struct value *scope, size_t from, size_t to)
{
    m->stack[m->n_stack++] = scope;
    bool good = walk(m, from, to);
    m->n_stack--;
    return good;
}

static bool put_section(struct mustache *m, size_t index)
{
    const struct token *token = &m->tokens[index];
    const struct value *value = lookup(m, token->text);
    if (!value && m->strict)
        return unknown(m, token);
    bool truth = value && value->truth;
    if (token->kind == TOKEN_INVERTED)
        return truth || walk(m, index + 1, token->close);
    if (!truth)
        return true;
    if (value->type == VALUE_BOOL)
        return walk(m, index + 1, token->close);
    if (value->type != VALUE_LIST)
        return walk_inside(m, value, index + 1, token->close);
    for (const struct item *item = value->first; item; item = item->next)
        if (!walk_inside(m, item->value, index + 1, token->close))
            return false;
    return true;
}

static bool walk(struct mustache *m, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct token *token = &m->tokens[i];
        bool good = true;
        switch (token->kind) {
        case TOKEN_TEXT: m->sink->text(m->sink->user, token->text, token->line); break;
        case TOKEN_VALUE:
        case TOKEN_RAW: good = put_value(m, token); break;
        case TOKEN_SECTION:
        case TOKEN_INVERTED:
            good = put_section(m, i);
            i = token->close;
            break;
        case TOKEN_CLOSE: break;
        }
        if (good && m->sink->size(m->sink->user) > MAX_OUTPUT)
            good = FAIL(m, token->line, "the document grows over %d MB here", MAX_OUTPUT / 1024 / 1024);
        if (good && ++m->steps > MAX_STEPS)
            good = fail(m, token->line, "the sections repeat too often here");
        if (!good)
            return false;
    }
    return true;
}

bool mustache_render(struct arena *arena, const char *name, struct str text, const struct value *context, bool strict,
                     const struct mustache_sink *sink, struct err *err)
{
    struct mustache m = {.arena = arena,
                         .name = name,
                         .text = text,
                         .line = 1,
                         .open = STR("{{"),
                         .shut = STR("}}"),
                         .strict = strict,
                         .sink = sink,
                         .err = err};
    m.stack[m.n_stack++] = context;
    bool good = tokenize(&m) && walk(&m, 0, m.n);
    mem_free(m.tokens);
    return good;
}

/* --- text mode --- */

static void plain_text(void *user, struct str text, size_t line)
{
    (void)line;
    buf_str(user, text);
}

static void plain_value(void *user, struct str value, size_t line, bool raw)
{
    (void)line;
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        const char *entity = raw        ? NULL
                             : c == '&' ? "&amp;"
                             : c == '<' ? "&lt;"
                             : c == '>' ? "&gt;"
                             : c == '"' ? "&quot;"
                                        : NULL;
        if (entity)
            buf_text(user, entity);
        else
            buf_char(user, c);
    }
}

static size_t plain_size(void *user)
{
    return ((struct buf *)user)->n;
}

bool mustache_text(struct arena *arena, const char *name, struct str text, const struct value *context, struct buf *out,
                   struct err *err)
{
    const struct mustache_sink sink = {plain_text, plain_value, plain_size, out};
    return mustache_render(arena, name, text, context, false, &sink, err);
}

/* --- the document --- */

static void source_sink_text(void *user, struct str text, size_t line)
{
    source_text(user, text, line);
}

static void source_sink_value(void *user, struct str value, size_t line, bool raw)
{
    (void)raw; /* a value is never markup, escaped or not */
    source_value(user, value, line);
}

static size_t source_sink_size(void *user)
{
    return ((struct source *)user)->text.n;
}

bool template_render(struct arena *arena, const char *name, struct str text, const struct value *context,
                     const struct style_list *styles, struct doc *out, struct err *err)
{
    struct source source = {.name = name, .strict = true, .styles = styles};
    const struct mustache_sink sink = {source_sink_text, source_sink_value, source_sink_size, &source};
    size_t bad = utf8_invalid(text), body_line;
    *out = (struct doc){0};
    if (bad != SIZE_MAX)
        return err_set(err, ERR_CONFIG, "%s:%zu: not UTF-8", name, 1 + count_lines(str_slice(text, 0, bad)));
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_slice(text, 3, text.n);
    bool good = mustache_render(arena, name, utf8_nfc(arena, text), context, true, &sink, err) &&
                front_matter(arena, &source, out, &body_line, err) &&
                markdown_parse(arena, &source, body_line, out, err);
    source_free(&source);
    return good;
}
