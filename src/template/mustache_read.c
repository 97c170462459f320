#include "base/mem.h"
#include "template/mustache.h"

#include <string.h>

enum { MAX_DELIMITER = 16, MAX_NAME = 200, MAX_TOKENS = 1000000 };

struct reader {
    struct arena *arena;
    struct program *program;
    const struct faults *faults;
    bool strict;
    struct str text;
    size_t at, line;
    size_t line_from;      /* where that line begins */
    size_t structure_line; /* the line_from that on_structure_line answered for last, and its answer */
    bool structure;
    struct str open, shut; /* delimiters */
    size_t sections[MOST_NESTED], depth;
};

#define FAULT(r, line, ...) fault((r)->faults, (r)->program->file, (line), __VA_ARGS__)

const char *token_sign(enum token_kind kind)
{
    static const char *const signs[] = {
        [TOKEN_TEXT] = "",     [TOKEN_VALUE] = "",   [TOKEN_RAW] = "",    [TOKEN_SECTION] = "#", [TOKEN_INVERTED] = "^",
        [TOKEN_PARTIAL] = ">", [TOKEN_PARENT] = "<", [TOKEN_BLOCK] = "$", [TOKEN_CLOSE] = "/",   [TOKEN_TABLE] = ""};
    return signs[kind];
}

static struct token *add_token(struct reader *r, enum token_kind kind, struct str text, size_t line)
{
    struct program *program = r->program;
    program->tokens = mem_grow(program->tokens, &program->room, program->n + 1, sizeof *program->tokens);
    program->tokens[program->n] = (struct token){.kind = kind, .text = text, .line = line};
    return &program->tokens[program->n++];
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

static size_t skip_blanks(struct str text, size_t at)
{
    while (at < text.n && is_blank(text.p[at]))
        at++;
    return at;
}

/* Past the newline of a line that has nothing but blanks after `at`. SIZE_MAX where there is more. */
static size_t blank_line_end(struct str text, size_t at)
{
    at = skip_blanks(text, at);
    if (at < text.n && text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n')
        at++;
    if (at == text.n)
        return at;
    return text.p[at] == '\n' ? at + 1 : SIZE_MAX;
}

/* Text, in which the name after a ```table is a token of its own. */
static void add_text(struct reader *r, struct str text, size_t line)
{
    static const struct str fence = {"```table ", 9};
    for (size_t at = 0; r->strict && (at = str_find(text, fence, at)) != SIZE_MAX;) {
        size_t from = at, end = str_find(text, STR("\n"), at);
        end = end == SIZE_MAX ? text.n : end;
        while (from > 0 && is_blank(text.p[from - 1]))
            from--;
        struct str name = str_trim(str_slice(text, at + fence.n, end));
        at = end;
        if ((from > 0 && text.p[from - 1] != '\n') || !name.n || name.n > MAX_NAME)
            continue;
        struct str before = str_slice(text, 0, end);
        add_token(r, TOKEN_TEXT, before, line);
        line += count_lines(before);
        add_token(r, TOKEN_TABLE, name, line);
        text = str_slice(text, end, text.n);
        at = 0;
    }
    if (text.n)
        add_token(r, TOKEN_TEXT, text, line);
}

/* Moves on, past newlines. */
static void move_to(struct reader *r, size_t to)
{
    for (const char *newline; (newline = memchr(r->text.p + r->at, '\n', to - r->at));) {
        r->line++;
        r->at = r->line_from = (size_t)(newline - r->text.p) + 1;
    }
    r->at = to;
}

static const struct token *innermost(const struct reader *r)
{
    return r->depth ? &r->program->tokens[r->sections[r->depth - 1]] : NULL;
}

/* {{=<% %>=}} */
static bool set_delimiters(struct reader *r, struct str body)
{
    body = str_trim(body.n && body.p[body.n - 1] == '=' ? str_slice(body, 0, body.n - 1) : STR(""));
    size_t gap = 0, next;
    while (gap < body.n && !is_blank(body.p[gap]) && body.p[gap] != '\n')
        gap++;
    struct str open = str_slice(body, 0, gap), shut = str_trim(str_slice(body, gap, body.n));
    next = str_find(shut, STR(" "), 0);
    if (!open.n || !shut.n || next != SIZE_MAX || open.n > MAX_DELIMITER || shut.n > MAX_DELIMITER ||
        str_find(body, STR("="), 0) != SIZE_MAX)
        return FAULT(r, r->line, "delimiters are set like {{=<%% %%>=}}");
    r->open = open;
    r->shut = shut;
    return true;
}

static bool open_section(struct reader *r, enum token_kind kind, struct str name)
{
    if (r->depth == MOST_NESTED) {
        FAULT(r, r->line, "sections nested deeper than %d", MOST_NESTED);
        return false;
    }
    r->sections[r->depth++] = r->program->n;
    add_token(r, kind, name, r->line);
    return true;
}

static void close_innermost(struct reader *r)
{
    struct token *section = &r->program->tokens[r->sections[--r->depth]];
    section->close = r->program->n;
    add_token(r, TOKEN_CLOSE, section->text, r->line);
}

static bool never_closed(struct reader *r)
{
    const struct token *section = innermost(r);
    return FAULT(r, section->line, "{{%s" STR_FMT "}} is never closed", token_sign(section->kind),
                 STR_ARG(section->text));
}

/* Where a check goes on after a wrong {{/x}}: one that closes an outer section closes those inside it. */
static bool close_section(struct reader *r, struct str name)
{
    size_t outer = r->depth;
    while (outer && !str_equal(r->program->tokens[r->sections[outer - 1]].text, name))
        outer--;
    if (r->depth && outer == r->depth) {
        close_innermost(r);
        return true;
    }
    const struct token *section = innermost(r);
    if (!section)
        return FAULT(r, r->line, "{{/" STR_FMT "}} closes nothing", STR_ARG(name));
    if (!FAULT(r, r->line, "{{/" STR_FMT "}} where {{/" STR_FMT "}} is due (opened in line %zu)", STR_ARG(name),
               STR_ARG(section->text), section->line))
        return false;
    while (outer && r->depth >= outer)
        close_innermost(r);
    return true;
}

static bool add_value(struct reader *r, enum token_kind kind, struct str name)
{
    size_t bar = r->strict ? str_find(name, STR("|"), 0) : SIZE_MAX;
    struct token *token = add_token(r, kind, str_trim(str_slice(name, 0, bar)), r->line);
    if (bar != SIZE_MAX)
        token->filters = str_slice(name, bar + 1, name.n);
    return true;
}

/* One tag by its sign; `body` is what is between the delimiters without the sign. */
static bool add_tag(struct reader *r, char sign, struct str body)
{
    struct str name = str_trim(body);
    if (sign == '!')
        return true;
    if (sign == '=')
        return set_delimiters(r, body);
    if (!name.n || name.n > MAX_NAME || memchr(name.p, '\n', name.n))
        return FAULT(r, r->line, "a tag without a proper name");
    if (r->strict && sign && strchr("#^$/<>", sign) && memchr(name.p, '|', name.n)) {
        if (!FAULT(r, r->line, "{{%c" STR_FMT "}}: filters belong to values", sign, STR_ARG(name)))
            return false;
        name = str_trim(str_slice(name, 0, str_find(name, STR("|"), 0)));
    }
    if (r->program->n >= MAX_TOKENS) {
        FAULT(r, r->line, "more than %d tags in a file", MAX_TOKENS);
        return false;
    }
    switch (sign) {
    case '#': return open_section(r, TOKEN_SECTION, name);
    case '^': return open_section(r, TOKEN_INVERTED, name);
    case '$': return open_section(r, TOKEN_BLOCK, name);
    case '<': return open_section(r, TOKEN_PARENT, name);
    case '/': return close_section(r, name);
    case '>': add_token(r, TOKEN_PARTIAL, name, r->line); return true;
    case '&':
    case '{': return add_value(r, TOKEN_RAW, name);
    default: return add_value(r, TOKEN_VALUE, name);
    }
}

/* The tag at `at`, which begins with the opening delimiter. */
struct tag {
    char sign;
    struct str body;
    size_t after; /* SIZE_MAX: it is not closed */
};

static struct tag find_tag(const struct reader *r, size_t at)
{
    char closing[MAX_DELIMITER + 1];
    size_t from = at + r->open.n, before = 0;
    struct tag tag = {.after = SIZE_MAX};
    if (from < r->text.n && r->text.p[from] && strchr("#^/!=&{><$", r->text.p[from]))
        tag.sign = r->text.p[from++];
    if (tag.sign == '{' || tag.sign == '=') { /* {{{x}}} whatever the delimiters are */
        closing[before++] = tag.sign == '{' ? '}' : '=';
    }
    memcpy(closing + before, r->shut.p, r->shut.n);
    size_t end = str_find(r->text, (struct str){closing, before + r->shut.n}, from);
    if (end == SIZE_MAX)
        return tag;
    tag.body = str_slice(r->text, from, end + (tag.sign == '='));
    tag.after = end + before + r->shut.n;
    return tag;
}

/* Whether the line has nothing but blanks and tags that open or close parents and blocks. */
static bool on_structure_line(struct reader *r)
{
    if (r->structure_line == r->line_from)
        return r->structure;
    r->structure_line = r->line_from;
    size_t at = r->line_from;
    for (;;) {
        at = skip_blanks(r->text, at);
        if (blank_line_end(r->text, at) != SIZE_MAX)
            return r->structure = true;
        if (!str_starts(str_slice(r->text, at, r->text.n), r->open))
            return r->structure = false;
        struct tag tag = find_tag(r, at);
        if (tag.after == SIZE_MAX || !tag.sign || !strchr("<$/", tag.sign) || memchr(tag.body.p, '\n', tag.body.n))
            return r->structure = false;
        at = tag.after;
    }
}

/* What goes with the tag at r->at: up to `before`, the blanks in front of it, and `after`, where text goes on. */
struct extent {
    size_t before, after;
    bool alone, line_end;
};

static struct extent extent_of(struct reader *r, const struct tag *tag, size_t text_from)
{
    struct extent extent = {r->at, tag->after, false, false};
    const struct token *inner = innermost(r);
    bool structural = tag->sign == '<' || tag->sign == '$' ||
                      (tag->sign == '/' && inner && (inner->kind == TOKEN_PARENT || inner->kind == TOKEN_BLOCK));
    size_t line_end = blank_line_end(r->text, tag->after);
    if (structural && on_structure_line(r)) {
        extent.alone = true;
        extent.before = text_from > r->line_from ? text_from : r->line_from;
        extent.after = line_end != SIZE_MAX ? line_end : skip_blanks(r->text, tag->after);
    } else if (tag->sign && strchr("#^/!=>", tag->sign) && line_end != SIZE_MAX && r->line_from >= text_from &&
               skip_blanks(r->text, r->line_from) == r->at) {
        extent.alone = true;
        extent.before = r->line_from;
        extent.after = line_end;
    }
    extent.line_end = extent.alone && extent.after > tag->after && r->text.p[extent.after - 1] == '\n';
    return extent;
}

/* Blanks before the first line of a block, where its tag ended the line before. */
static size_t inside_of(const struct reader *r, size_t at)
{
    size_t end = skip_blanks(r->text, at);
    return blank_line_end(r->text, at) == SIZE_MAX && !str_starts(str_slice(r->text, end, r->text.n), r->open)
               ? end - at
               : 0;
}

/* Reads the tag at r->at. `text_from` is where text that is not yet a token begins; it moves past the tag. */
static bool read_tag(struct reader *r, size_t *text_from)
{
    struct tag tag = find_tag(r, r->at);
    if (tag.after == SIZE_MAX) {
        if (!FAULT(r, r->line, "a tag that is opened with " STR_FMT " and not closed", STR_ARG(r->open)))
            return false;
        r->at = r->text.n;
        return true;
    }
    struct extent extent = extent_of(r, &tag, *text_from);
    struct str before = str_slice(r->text, *text_from, extent.before);
    if (before.n)
        add_text(r, before, r->line - count_lines(before));
    size_t n = r->program->n, line_from = r->line_from;
    if (!add_tag(r, tag.sign, tag.body))
        return false;
    if (extent.alone && r->program->n == n + 1) {
        struct token *token = &r->program->tokens[n];
        token->indent = str_slice(r->text, line_from, skip_blanks(r->text, line_from));
        token->line_end = extent.line_end;
        token->inside = token->kind == TOKEN_BLOCK && extent.line_end ? inside_of(r, extent.after) : 0;
    }
    move_to(r, extent.after);
    *text_from = extent.after;
    return true;
}

bool mustache_read(struct arena *arena, struct program *program, struct str text, size_t first_line, bool strict,
                   const struct faults *faults)
{
    struct reader r = {.arena = arena,
                       .program = program,
                       .faults = faults,
                       .strict = strict,
                       .text = text,
                       .line = first_line,
                       .structure_line = SIZE_MAX,
                       .open = STR("{{"),
                       .shut = STR("}}")};
    size_t text_from = 0;
    for (size_t next; (next = str_find(r.text, r.open, r.at)) != SIZE_MAX;) {
        move_to(&r, next);
        if (!read_tag(&r, &text_from))
            return false;
    }
    struct str rest = str_slice(text, text_from, text.n);
    if (rest.n)
        add_text(&r, rest, r.line);
    while (r.depth) {
        if (!never_closed(&r))
            return false;
        close_innermost(&r);
    }
    return true;
}
