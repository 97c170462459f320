/* [text]{.name}: a stretch of a paragraph in a character style. cmark leaves it as text, perhaps over several nodes:
 * "[", **bold**, " and plain]{.name}". */
#include "base/mem.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "template/build.h"

#include <cmark-gfm.h>
#include <string.h>

enum { LONGEST_NAME = 60 }; /* bytes */

/* A bracket in the order of the text. Those that open and close no span are text like any other. */
struct bracket {
    cmark_node *node;
    size_t at, length; /* in the node's text; "]{.name}" is one closing bracket */
    struct str name;   /* empty: no bracket of a span */
    size_t partner;    /* of a closing one */
    struct span_look outer;
};

static struct bracket *add(struct spans *spans, cmark_node *node, size_t at, size_t length)
{
    spans->items = mem_grow(spans->items, &spans->room, spans->n + 1, sizeof *spans->items);
    spans->items[spans->n] = (struct bracket){.node = node, .at = at, .length = length};
    return &spans->items[spans->n++];
}

/* The name in "]{.name}" at `at`; empty where it is something else. */
static struct str name_at(struct str text, size_t at)
{
    size_t from = at + 3, to = from;
    if (!str_starts(str_slice(text, at, text.n), STR("]{.")))
        return STR("");
    while (to < text.n && to - from < LONGEST_NAME && text.p[to] != '}' && text.p[to] != ' ' && text.p[to] != '{')
        to++;
    return to < text.n && text.p[to] == '}' ? str_slice(text, from, to) : STR("");
}

static bool is_known(const struct build *build, struct str name)
{
    const struct style_list *styles = build->source->styles;
    for (size_t i = 0; styles && i < styles->n_characters; i++)
        if (str_equal(name, styles->characters[i]))
            return true;
    return !styles;
}

static bool unknown(const struct build *build, struct str name, int line)
{
    const struct style_list *styles = build->source->styles;
    struct str near = suggest(name, styles->characters, styles->n_characters);
    return build_fault(build, line, "unknown character style ." STR_FMT "%s" STR_FMT "%s", STR_ARG(name),
                       near.n ? "; did you mean ." : "", STR_ARG(near), near.n ? "?" : "");
}

/* A closing bracket takes the last open one, if both are in the same node of the tree. */
static void close(struct spans *spans, cmark_node *node, size_t at, struct str name)
{
    if (!spans->n_open)
        return;
    size_t partner = spans->open[spans->n_open - 1];
    if (cmark_node_parent(spans->items[partner].node) != cmark_node_parent(node))
        return;
    spans->n_open--;
    if (!name.n)
        return;
    struct bracket *bracket = add(spans, node, at, name.n + 4);
    bracket->name = spans->items[partner].name = name;
    bracket->partner = partner;
}

static bool find_in_text(struct build *build, cmark_node *node, int line)
{
    struct spans *spans = &build->spans;
    struct str text = str_from(cmark_node_get_literal(node));
    for (size_t at = 0; at < text.n; at++) {
        if (text.p[at] == '[') {
            spans->open = mem_grow(spans->open, &spans->open_room, spans->n_open + 1, sizeof *spans->open);
            spans->open[spans->n_open++] = spans->n;
            add(spans, node, at, 1);
        } else if (text.p[at] == ']') {
            struct str name = name_at(text, at);
            bool known = name.n && is_known(build, name);
            if (name.n && !known && build->source->strict && spans->n_open)
                return unknown(build, name, line);
            close(spans, node, at, known ? name : STR(""));
        }
    }
    return true;
}

void spans_names(struct build *build, struct str text, int line)
{
    for (size_t at = 0; (at = str_find(text, STR("]{."), at)) != SIZE_MAX; at++) {
        struct str name = name_at(text, at);
        if (name.n && !is_known(build, name))
            unknown(build, name, line);
    }
}

void spans_find(struct build *build, cmark_node *parent)
{
    struct spans *spans = &build->spans;
    spans->look = (struct span_look){0};
    spans->n = spans->n_open = spans->next = 0;
    if (spans->none)
        return;
    cmark_iter *iter = cmark_iter_new(parent);
    cmark_event_type event;
    bool good = true;
    while (good && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_TEXT)
            good = find_in_text(build, node, cmark_node_get_start_line(parent));
        while (event == CMARK_EVENT_EXIT && spans->n_open &&
               cmark_node_parent(spans->items[spans->open[spans->n_open - 1]].node) == node)
            spans->n_open--; /* its end was not in the node */
    }
    cmark_iter_free(iter);
}

static unsigned name_flag(struct str name)
{
    return str_equal(name, STR("sup")) ? RUN_SUPER : str_equal(name, STR("sub")) ? RUN_SUB : 0;
}

/* Goes into a span, or back to what was around it. */
static void pass(struct spans *spans, struct bracket *bracket, struct span_look *look)
{
    if (bracket->length > 1) {
        *look = spans->items[bracket->partner].outer;
        return;
    }
    bracket->outer = *look;
    if (name_flag(bracket->name))
        look->flags |= name_flag(bracket->name);
    else
        look->style = bracket->name;
}

void spans_text(struct build *build, cmark_node *node, unsigned flags, struct str link)
{
    struct spans *spans = &build->spans;
    struct str text = str_from(cmark_node_get_literal(node));
    size_t from = 0;
    for (;;) {
        struct bracket *bracket = spans->next < spans->n ? &spans->items[spans->next] : NULL;
        bool here = bracket && bracket->node == node;
        if (here && !bracket->name.n) {
            spans->next++;
            continue;
        }
        doc_writer_look(&build->writer, flags | spans->look.flags, link, spans->look.style);
        doc_writer_text(&build->writer, str_slice(text, from, here ? bracket->at : text.n), build->source->strict);
        if (!here)
            return;
        pass(spans, bracket, &spans->look);
        from = bracket->at + bracket->length;
        spans->next++;
    }
}

void spans_free(struct spans *spans)
{
    mem_free(spans->items);
    mem_free(spans->open);
    *spans = (struct spans){0};
}
