#include "template/mustache.h"

#include "base/mem.h"
#include "template/filter.h"

enum {
    MAX_PARTIALS = 32, /* in each other */
    MAX_OUTPUT = 64 * 1024 * 1024,
    MAX_STEPS = 10000000, /* a brief of 3,000 initiatives has some hundred thousand */
    MAX_CHECK_STEPS = 5000000,
    MAX_LOADED = 200,
};

/* The blocks that a {{<parent}} hands on. */
struct frame {
    const struct program *program;
    size_t parent; /* index of the token */
    const struct frame *outer;
};

struct mustache {
    struct arena *arena;
    const struct mustache_options *options;
    struct faults faults;
    struct program *programs;
    const struct program *program;
    const struct scope *scope;
    const struct frame *frame;
    struct str indent; /* of each line */
    size_t inside;     /* blanks that each line loses */
    bool line_start;
    size_t depth, n_loaded;
    size_t steps; /* tokens walked: loops in loops may write nothing and still never end */
};

#define FAULT(m, line, ...) fault(&(m)->faults, (m)->program->file, (line), __VA_ARGS__)

static bool checking(const struct mustache *m)
{
    return m->options->check;
}

/* --- names --- */

static bool unknown(struct mustache *m, const struct token *token)
{
    return FAULT(m, token->line, "%s", names_unknown(m->arena, m->scope, token));
}

static const struct value *in_scope(const struct mustache *m, const struct scope *scope, struct str name)
{
    if (checking(m) && scope->value->type == VALUE_LIST)
        return names_of_items(scope->value, name);
    return value_get(scope->value, name);
}

/* Every item of a list knows whether it is the first or last one, for commas and middle dots. */
static const struct value *in_list(const struct mustache *m, const struct scope *scope, struct str name)
{
    bool first = str_equal(name, STR("처음")), last = str_equal(name, STR("마지막"));
    if (!m->options->strict || !scope->n || !(first || last))
        return NULL;
    return value_bool(m->arena, first ? scope->at == 0 : scope->at + 1 == scope->n);
}

/* A dotted name: its first part from the innermost scope that has it, the rest inside that. NULL where absent; *any
 * where a check cannot know. */
static const struct value *lookup(const struct mustache *m, struct str name, bool *any)
{
    const struct scope *scope = m->scope;
    const struct value *value = NULL;
    struct str part;
    *any = false;
    if (str_equal(name, STR("."))) {
        bool list = checking(m) && scope->n && scope->value->type == VALUE_LIST;
        return list ? scope->value->first->value : scope->value;
    }
    str_field(&name, '.', &part);
    part = str_trim(part);
    for (; scope && !value; scope = scope->outer) {
        *any = *any || scope->unknown;
        value = in_scope(m, scope, part);
        if (!value)
            value = in_list(m, scope, part);
    }
    while (value && str_field(&name, '.', &part))
        value = value_get(value, str_trim(part));
    return value;
}

/* --- output --- */

/* Text of the template, whose lines the partial or block around it may indent. */
static void put_text(struct mustache *m, struct str text, size_t line)
{
    const struct mustache_sink *sink = m->options->sink;
    const char *file = m->program->file;
    if (!text.n)
        return;
    if (!m->indent.n && !m->inside) {
        sink->text(sink->user, text, file, line);
        m->line_start = text.p[text.n - 1] == '\n';
        return;
    }
    for (size_t to; text.n; text = str_slice(text, to, text.n), line++) {
        size_t from = 0;
        to = str_find(text, STR("\n"), 0);
        to = to == SIZE_MAX ? text.n : to + 1;
        while (m->line_start && from < m->inside && from < to && (text.p[from] == ' ' || text.p[from] == '\t'))
            from++;
        if (m->line_start && from < to && text.p[from] != '\n')
            sink->text(sink->user, m->indent, file, line);
        if (from < to)
            sink->text(sink->user, str_slice(text, from, to), file, line);
        m->line_start = text.p[to - 1] == '\n';
    }
}

static const char *type_name(const struct value *value)
{
    return value->type == VALUE_LIST ? "a list" : value->type == VALUE_MAP ? "a group of values" : "yes or no";
}

static bool put_value(struct mustache *m, const struct token *token)
{
    const struct mustache_sink *sink = m->options->sink;
    bool any, scalar, strict = m->options->strict;
    const struct value *value = lookup(m, token->text, &any);
    if (!value)
        return any || !strict || unknown(m, token);
    scalar = value_is_scalar(value);
    if (strict && !scalar)
        return FAULT(m, token->line, "{{" STR_FMT "}} is %s; use it as {{#" STR_FMT "}}…{{/" STR_FMT "}}",
                     STR_ARG(token->text), type_name(value), STR_ARG(token->text), STR_ARG(token->text));
    struct str text = scalar ? value->text : STR("");
    const char *mistake = token->filters.p ? filter_apply(m->arena, value, token->filters, &text) : NULL;
    if (mistake)
        return FAULT(m, token->line, "{{" STR_FMT "|" STR_FMT "}}: %s", STR_ARG(token->text), STR_ARG(token->filters),
                     mistake);
    if (!scalar)
        return true;
    if (m->line_start && m->indent.n)
        sink->text(sink->user, m->indent, m->program->file, token->line);
    m->line_start = false;
    sink->value(sink->user, text, m->program->file, token->line, token->kind == TOKEN_RAW);
    return true;
}

/* --- sections --- */

static bool walk(struct mustache *m, size_t from, size_t to);

static bool walk_inside(struct mustache *m, struct scope scope, size_t from, size_t to)
{
    scope.outer = m->scope;
    m->scope = &scope;
    bool good = walk(m, from, to);
    m->scope = scope.outer;
    return good;
}

/* All of it, once, whatever the value says: a list as one item that has what any of them has. */
static bool check_section(struct mustache *m, const struct token *token, const struct value *value, size_t from)
{
    const struct mustache_sink *sink = m->options->sink;
    bool bare = token->kind == TOKEN_INVERTED || (value && value->type == VALUE_BOOL), good;
    static const struct value nothing = {.type = VALUE_TEXT};
    bool list = value && value->type == VALUE_LIST;
    const struct scope scope = {value ? value : &nothing, NULL, 0, list ? value->n : 0, !value || (list && !value->n)};
    sink->branch(sink->user);
    good = bare ? walk(m, from, token->close) : walk_inside(m, scope, from, token->close);
    sink->branch(sink->user);
    return good;
}

static bool put_section(struct mustache *m, size_t index)
{
    const struct token *token = &m->program->tokens[index];
    bool any;
    const struct value *value = lookup(m, token->text, &any);
    if (!value && m->options->strict && !any && !unknown(m, token))
        return false;
    if (checking(m))
        return check_section(m, token, value, index + 1);
    bool truth = value && value->truth;
    if (token->kind == TOKEN_INVERTED)
        return truth || walk(m, index + 1, token->close);
    if (!truth)
        return true;
    if (value->type == VALUE_BOOL)
        return walk(m, index + 1, token->close);
    if (value->type != VALUE_LIST)
        return walk_inside(m, (struct scope){value, NULL, 0, 0, false}, index + 1, token->close);
    size_t at = 0;
    for (const struct item *item = value->first; item; item = item->next)
        if (!walk_inside(m, (struct scope){item->value, NULL, at++, value->n, false}, index + 1, token->close))
            return false;
    return true;
}

/* --- partials, parents and blocks --- */

/* The program of that name, read once; NULL with *good where there is none. Front matter counts where nothing was
 * written before it. */
static struct program *load(struct mustache *m, struct str name, bool *good)
{
    const struct mustache_options *options = m->options;
    const struct mustache_sink *sink = options->sink;
    bool whole = !options->strict || (sink->size(sink->user) == 0 && !checking(m));
    struct str text;
    const char *file;
    *good = true;
    for (struct program *program = m->programs; program; program = program->next)
        if (program->whole == whole && str_equal(program->name, name))
            return program;
    if (m->n_loaded == MAX_LOADED || !options->loader ||
        !options->loader->load(options->loader->user, name, &file, &text))
        return NULL;
    m->n_loaded++;
    struct program *program = ARENA_NEW(m->arena, struct program);
    *program = (struct program){.file = file, .name = str_copy(m->arena, name), .whole = whole, .next = m->programs};
    m->programs = program;
    size_t first_line = 1;
    *good = !options->strict || template_clean(m->arena, file, &text, &m->faults);
    if (!whole)
        first_line += front_matter_take(&text);
    *good = *good && mustache_read(m->arena, program, text, first_line, options->strict, &m->faults);
    return program;
}

/* The block of that name that the outermost caller hands on; *from is whose it is. */
static const struct token *override_of(const struct frame *frame, struct str name, const struct frame **from)
{
    if (!frame)
        return NULL;
    const struct token *outer = override_of(frame->outer, name, from), *tokens = frame->program->tokens;
    if (outer)
        return outer;
    for (size_t i = frame->parent + 1; i < tokens[frame->parent].close; i++) {
        if (tokens[i].kind == TOKEN_BLOCK && str_equal(tokens[i].text, name)) {
            *from = frame;
            return &tokens[i];
        }
        i = tokens[i].close ? tokens[i].close : i;
    }
    return NULL;
}

/* The indent in here, and one more that loses what this program's text loses. */
static struct str deeper(struct mustache *m, size_t blanks, struct str indent)
{
    size_t lost = blanks < m->inside ? blanks : m->inside;
    if (blanks <= lost)
        return m->indent;
    bool own = indent.n == blanks; /* blanks of the text itself, tabs among them */
    struct str more =
        own ? str_slice(indent, lost, blanks) : str_from(arena_printf(m->arena, "%*s", (int)(blanks - lost), ""));
    return str_from(arena_printf(m->arena, STR_FMT STR_FMT, STR_ARG(m->indent), STR_ARG(more)));
}

/* Walks tokens of another program, or of this one with other lines. */
static bool walk_elsewhere(struct mustache *m, const struct mustache *as, size_t from, size_t to)
{
    struct mustache before = *m;
    m->program = as->program;
    m->frame = as->frame;
    m->indent = as->indent;
    m->inside = as->inside;
    m->depth++;
    bool good = walk(m, from, to);
    m->program = before.program;
    m->frame = before.frame;
    m->indent = before.indent;
    m->inside = before.inside;
    m->depth--;
    return good;
}

static bool put_block(struct mustache *m, size_t index)
{
    const struct token *token = &m->program->tokens[index], *close = &m->program->tokens[token->close];
    const struct frame *from = NULL;
    const struct token *override = override_of(m->frame, token->text, &from);
    bool good;
    if (override) {
        struct mustache as = {.program = from->program, .frame = from->outer, .inside = override->inside};
        as.indent = token->inside ? deeper(m, token->inside, STR("")) : deeper(m, token->indent.n, token->indent);
        size_t first = (size_t)(override - from->program->tokens) + 1;
        good = walk_elsewhere(m, &as, first, override->close);
        if (good && checking(m))
            good = walk(m, index + 1, token->close);
    } else {
        good = walk(m, index + 1, token->close);
    }
    if (good && close->line_end && !m->line_start && !checking(m))
        put_text(m, STR("\n"), close->line);
    return good;
}

/* The name of a partial, which for {{>*x}} is the text of x. Empty where there is none. */
static bool partial_name(struct mustache *m, const struct token *token, struct str *name)
{
    *name = token->text;
    if (!str_starts(*name, STR("*")))
        return true;
    struct token inner = *token;
    bool any;
    inner.text = str_trim(str_slice(*name, 1, name->n));
    const struct value *value = lookup(m, inner.text, &any);
    *name = value && value_is_scalar(value) ? value->text : STR("");
    return value || any || !m->options->strict || unknown(m, &inner);
}

static bool no_partial(struct mustache *m, const struct token *token, struct str name)
{
    const struct template_loader *loader = m->options->loader;
    const char *sign = token_sign(token->kind);
    struct str near = loader && loader->near ? loader->near(loader->user, name) : STR("");
    return FAULT(m, token->line,
                 "{{%s" STR_FMT "}}: there is no " STR_FMT ".md beside the template, nor built in%s%s" STR_FMT "%s",
                 sign, STR_ARG(token->text), STR_ARG(name), near.n ? "; did you mean {{" : "", near.n ? sign : "",
                 STR_ARG(near), near.n ? "}}?" : "");
}

static bool put_partial(struct mustache *m, size_t index)
{
    const struct token *token = &m->program->tokens[index];
    const char *sign = token_sign(token->kind);
    bool good, parent = token->kind == TOKEN_PARENT, strict = m->options->strict;
    struct str name;
    if (!partial_name(m, token, &name))
        return false;
    struct program *program = name.n ? load(m, name, &good) : NULL;
    if (!program)
        return !strict || !name.n || no_partial(m, token, name);
    if (m->depth >= MAX_PARTIALS) /* blocks are counted, too */
        return FAULT(m, token->line, "{{%s" STR_FMT "}}: partials in partials deeper than %d; does it call itself?",
                     sign, STR_ARG(token->text), MAX_PARTIALS),
               false; /* calling itself twice, it would go on for ever */
    if (!good ||
        (strict && parent && !blocks_check(m->arena, m->options->loader, &m->faults, m->program, index, program)))
        return false;
    struct frame frame = {m->program, index, m->frame};
    struct mustache as = {.program = program, .frame = parent ? &frame : m->frame};
    as.indent = deeper(m, token->indent.n, token->indent);
    if (program->open) /* a check goes through a recursive one once */
        return true;
    program->open = checking(m);
    good = walk_elsewhere(m, &as, 0, program->n);
    program->open = false;
    return good;
}

static bool put_table(struct mustache *m, const struct token *token)
{
    const struct mustache_sink *sink = m->options->sink;
    bool any;
    const struct value *list = lookup(m, token->text, &any);
    if (!list)
        return any || unknown(m, token);
    if (list->type != VALUE_LIST)
        return FAULT(m, token->line, "```table " STR_FMT ": that is no list", STR_ARG(token->text));
    sink->list(sink->user, list, token->text, m->program->file, token->line);
    return true;
}

/* --- the walk --- */

static bool put_token(struct mustache *m, size_t index)
{
    const struct token *token = &m->program->tokens[index];
    switch (token->kind) {
    case TOKEN_TEXT: put_text(m, token->text, token->line); return true;
    case TOKEN_VALUE:
    case TOKEN_RAW: return put_value(m, token);
    case TOKEN_SECTION:
    case TOKEN_INVERTED: return put_section(m, index);
    case TOKEN_PARTIAL:
    case TOKEN_PARENT: return put_partial(m, index);
    case TOKEN_BLOCK: return put_block(m, index);
    case TOKEN_TABLE: return put_table(m, token);
    case TOKEN_CLOSE: return true;
    }
    return true;
}

static bool walk(struct mustache *m, size_t from, size_t to)
{
    const struct mustache_sink *sink = m->options->sink;
    for (size_t i = from; i < to; i++) {
        const struct token *token = &m->program->tokens[i];
        if (!put_token(m, i))
            return false;
        if (sink->size(sink->user) > MAX_OUTPUT) {
            FAULT(m, token->line, "the document grows over %d MB here", MAX_OUTPUT / 1024 / 1024);
            return false;
        }
        if (++m->steps > (checking(m) ? MAX_CHECK_STEPS : MAX_STEPS)) {
            FAULT(m, token->line, "the sections repeat too often here");
            return false;
        }
        i = token->close ? token->close : i;
    }
    return true;
}

bool mustache_render(struct arena *arena, const char *name, struct str text, const struct value *context,
                     const struct mustache_options *options, struct err *err)
{
    struct scope scope = {.value = context};
    struct program main = {.file = name, .whole = true};
    struct mustache m = {.arena = arena,
                         .options = options,
                         .faults = {err, ERR_CONFIG, options->faults},
                         .program = &main,
                         .scope = &scope,
                         .line_start = true};
    bool good = mustache_read(arena, &main, text, 1, options->strict, &m.faults) && walk(&m, 0, main.n);
    mem_free(main.tokens);
    for (struct program *program = m.programs; program; program = program->next)
        mem_free(program->tokens);
    return good;
}
