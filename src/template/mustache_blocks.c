/* What stands inside a {{<parent}} and would be lost. */
#include "template/mustache.h"

#include "base/mem.h"
#include "base/suggest.h"
#include "template/source.h"

enum { MOST_NAMES = 400, MOST_PARTIALS = 200 };

/* The blocks of a template, and of the partials that it calls. */
struct blocks {
    struct arena *arena;
    const struct template_loader *loader;
    struct str names[MOST_NAMES], partials[MOST_PARTIALS];
    size_t n, n_partials, n_walked;
    bool any; /* a partial is named by a value, or there are too many: any name may be one */
};

static bool contains(const struct str *names, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(names[i], name))
            return true;
    return false;
}

static void collect(struct blocks *blocks, const struct program *program)
{
    for (size_t i = 0; i < program->n; i++) {
        const struct token *token = &program->tokens[i];
        bool block = token->kind == TOKEN_BLOCK, partial = token->kind == TOKEN_PARTIAL || token->kind == TOKEN_PARENT;
        struct str *names = block ? blocks->names : blocks->partials;
        size_t *n = block ? &blocks->n : &blocks->n_partials, most = block ? MOST_NAMES : MOST_PARTIALS;
        if ((!block && !partial) || contains(names, *n, token->text))
            continue;
        if (*n == most || (partial && str_starts(token->text, STR("*"))))
            blocks->any = true;
        else
            names[(*n)++] = token->text;
    }
}

/* What is wrong with a partial is said where it is walked. */
static void collect_partial(struct blocks *blocks, struct str name)
{
    struct err err = {0};
    const struct faults unsaid = {&err, ERR_CONFIG, NULL};
    struct program program = {.name = name};
    struct str text;
    if (!blocks->loader->load(blocks->loader->user, name, &program.file, &text))
        return;
    if (template_clean(blocks->arena, program.file, &text, &unsaid) &&
        mustache_read(blocks->arena, &program, text, 1, true, &unsaid))
        collect(blocks, &program);
    mem_free(program.tokens);
}

static bool has_block(struct blocks *blocks, struct str name)
{
    while (!contains(blocks->names, blocks->n, name) && !blocks->any && blocks->n_walked < blocks->n_partials)
        collect_partial(blocks, blocks->partials[blocks->n_walked++]);
    return blocks->any || contains(blocks->names, blocks->n, name);
}

static bool no_block(const struct blocks *blocks, const struct faults *faults, const struct program *caller,
                     const struct token *token, const struct program *parent)
{
    struct str near = suggest(token->text, blocks->names, blocks->n);
    return fault(faults, caller->file, token->line, "{{$" STR_FMT "}} is no block of %s%s" STR_FMT "%s",
                 STR_ARG(token->text), parent->file, near.n ? "; did you mean {{$" : "", STR_ARG(near),
                 near.n ? "}}?" : "");
}

/* Text, values or sections that stand in no block. */
static bool not_printed(const struct blocks *blocks, const struct faults *faults, const struct program *caller,
                        const struct token *parent, const struct token *token)
{
    struct str text = token->kind == TOKEN_TEXT ? str_trim(token->text) : STR("");
    size_t line = token->line;
    for (const char *p = token->text.p; text.n && p < text.p; p++)
        line += *p == '\n';
    text = str_slice(text, 0, str_find(text, STR("\n"), 0));
    const char *what =
        token->kind == TOKEN_TEXT
            ? arena_printf(blocks->arena, "\"" STR_FMT "\"", STR_ARG(str_head(text, 40)))
            : arena_printf(blocks->arena, "{{%s" STR_FMT "}}", token_sign(token->kind), STR_ARG(token->text));
    return fault(faults, caller->file, line,
                 "%s is not printed: inside {{<" STR_FMT "}} text stands in blocks%s" STR_FMT "%s", what,
                 STR_ARG(parent->text), blocks->n ? ", such as {{$" : "",
                 STR_ARG(blocks->n ? blocks->names[0] : STR("")), blocks->n ? "}}" : "");
}

bool blocks_check(struct arena *arena, const struct template_loader *loader, const struct faults *faults,
                  const struct program *caller, size_t index, const struct program *parent)
{
    struct blocks blocks = {.arena = arena, .loader = loader};
    const struct token *tokens = caller->tokens;
    bool good = true;
    collect(&blocks, parent);
    for (size_t i = index + 1; good && i < tokens[index].close; i++) {
        const struct token *token = &tokens[i];
        if (token->kind == TOKEN_BLOCK)
            good = has_block(&blocks, token->text) || no_block(&blocks, faults, caller, token, parent);
        else if (token->kind != TOKEN_TEXT || str_trim(token->text).n)
            good = not_printed(&blocks, faults, caller, &tokens[index], token);
        i = token->close ? token->close : i;
    }
    return good;
}
