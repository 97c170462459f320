/* Names that a walk looks for and does not find: what is meant. */
#include "template/mustache.h"

#include "base/suggest.h"

enum {
    MOST_NAMES = 400,
    SAMPLES = 50,       /* items of a list that are looked into */
    DEEPEST = 3,        /* lists in lists */
    MOST_HOLDERS = 3,   /* that are named */
    MOST_LOOKS = 200000 /* into a group of values, for one name */
};

const struct value *names_of_items(const struct value *list, struct str name)
{
    const struct value *found = NULL;
    size_t n = 0;
    for (const struct item *item = list->first; item && n < SAMPLES; item = item->next, n++) {
        const struct value *value = value_get(item->value, name);
        if (value && (!found || value->truth))
            found = value;
        if (found && found->truth)
            break;
    }
    return found;
}

/* The lists and groups whose items have the name. */
struct hunt {
    struct arena *arena;
    struct str name;
    const char *found[MOST_HOLDERS];
    size_t n, looks;
    bool more;
};

static void add_holder(struct hunt *hunt, const char *path)
{
    for (size_t i = 0; i < hunt->n; i++)
        if (str_equal(str_from(hunt->found[i]), str_from(path)))
            return;
    if (hunt->n < MOST_HOLDERS)
        hunt->found[hunt->n++] = path;
    else
        hunt->more = true;
}

/* Those that are `depth` lists inside the map, which is at `path`. */
static void look_in(struct hunt *hunt, const struct value *map, const char *path, int depth)
{
    if (map->type != VALUE_MAP)
        return;
    for (const struct item *entry = map->first; entry && !hunt->more && hunt->looks < MOST_LOOKS; entry = entry->next) {
        const struct value *value = entry->value;
        bool list = value->type == VALUE_LIST;
        hunt->looks++;
        if (!list && value->type != VALUE_MAP)
            continue;
        if (depth == 1 && !(list ? names_of_items(value, hunt->name) : value_get(value, hunt->name)))
            continue;
        const char *here = arena_printf(hunt->arena, "%s{{#" STR_FMT "}}", path, STR_ARG(entry->name));
        size_t n = 0;
        if (depth == 1)
            add_holder(hunt, here);
        else if (!list)
            look_in(hunt, value, here, depth - 1);
        else
            for (const struct item *item = value->first; item && n < SAMPLES; item = item->next, n++)
                look_in(hunt, item->value, here, depth - 1);
    }
}

/* "; it is of the items of {{#도시목록}}", as near the scope as can be. NULL where nothing has the name. */
static const char *holders(struct arena *arena, const struct scope *scope, struct str name)
{
    struct hunt hunt = {.arena = arena};
    struct buf text = {0};
    str_field(&name, '.', &hunt.name);
    hunt.name = str_trim(hunt.name);
    for (; scope && !hunt.n; scope = scope->outer)
        for (int depth = 1; depth <= DEEPEST && !hunt.n; depth++) {
            const struct value *value = scope->value;
            size_t n = 0;
            look_in(&hunt, value, "", depth);
            for (const struct item *item = value->type == VALUE_LIST ? value->first : NULL; item && n < SAMPLES;
                 item = item->next, n++)
                look_in(&hunt, item->value, "", depth);
        }
    for (size_t i = 0; i < hunt.n; i++)
        buf_printf(&text, "%s%s", i ? ", " : "; it is of the items of ", hunt.found[i]);
    if (hunt.more)
        buf_text(&text, " …");
    const char *result = hunt.n ? arena_copy(arena, text.p, text.n) : NULL;
    buf_free(&text);
    return result;
}

/* The nearest of the names that could stand here. */
static struct str nearest(const struct scope *scope, struct str name)
{
    struct str names[MOST_NAMES];
    size_t n = 0;
    for (; scope; scope = scope->outer) {
        bool list = scope->value->type == VALUE_LIST && scope->value->first; /* in a check: all of its items */
        const struct value *map = list ? scope->value->first->value : scope->value;
        for (const struct item *item = map->first; item && n < MOST_NAMES; item = item->next)
            if (item->name.n)
                names[n++] = item->name;
    }
    return suggest(name, names, n);
}

const char *names_unknown(struct arena *arena, const struct scope *scope, const struct token *token)
{
    bool table = token->kind == TOKEN_TABLE;
    const char *open = table ? "```table " : arena_printf(arena, "{{%s", token_sign(token->kind));
    const char *shut = table ? "" : "}}", *where = holders(arena, scope, token->text);
    struct str near = where ? STR("") : nearest(scope, token->text);
    if (near.n)
        where = arena_printf(arena, "; did you mean %s" STR_FMT "%s?", open, STR_ARG(near), shut);
    return arena_printf(arena, "unknown tag %s" STR_FMT "%s%s", open, STR_ARG(token->text), shut, where ? where : "");
}
