/* [text]{.name}: a stretch of a paragraph in a character style; [text]{lang=en}: in another language; or both. cmark
 * leaves it as text, perhaps over several nodes: "[", **bold**, " and plain]{.name}". */
#include "base/language.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "template/build.h"

#include <cmark-gfm.h>
#include <string.h>

enum { LONGEST_NAME = 60, LONGEST_BRACES = 120 }; /* bytes */

/* A bracket in the order of the text. Those that open and close no span are text like any other. */
struct bracket {
    cmark_node *node;
    size_t at, length; /* in the node's text; "]{.name}" is one closing bracket */
    bool span;         /* else it is text */
    struct str name, language;
    size_t partner; /* of a closing one */
    struct span_look outer;
};

static struct bracket *add(struct spans *spans, cmark_node *node, size_t at, size_t length)
{
    spans->items = mem_grow(spans->items, &spans->room, spans->n + 1, sizeof *spans->items);
    spans->items[spans->n] = (struct bracket){.node = node, .at = at, .length = length};
    return &spans->items[spans->n++];
}

/* A closing bracket, of a span where "]{.name lang=en}" is at `at`, with one of both or the other. What names no
 * language is left as *wrong. */
static struct bracket bracket_at(struct build *build, struct str text, size_t at, struct str *wrong)
{
    struct bracket found = {.at = at, .length = 1};
    size_t from = at + 2, to = from;
    *wrong = STR("");
    if (text.p[at] != ']' || !attributes_begin(str_slice(text, at + 1, text.n)))
        return found;
    while (to < text.n && to - from < LONGEST_BRACES && text.p[to] != '}' && text.p[to] != '{')
        to++;
    if (to == text.n || text.p[to] != '}')
        return found;
    struct str rest = str_slice(text, from, to), word, name = STR(""), language = STR("");
    bool named = false, good = true;
    for (size_t words = 0; good && attribute_word(&rest, &word); words++) {
        bool is_name = word.p[0] == '.' && !named && word.n - 1 <= LONGEST_NAME && word.n > 1;
        named = named || is_name;
        if (is_name)
            name = str_slice(word, 1, word.n);
        else if ((good = attribute_is_language(word)) && !attribute_language(build, word, &language))
            *wrong = word;
        found.span = good;
    }
    if (!good || wrong->n)
        return (struct bracket){.at = at, .length = 1};
    found.length = found.span ? to + 1 - at : 1;
    found.name = name;
    found.language = language;
    return found;
}

static bool is_known(const struct build *build, struct str name)
{
    const struct style_list *styles = build->source->styles;
    if (!name.n)
        return true;
    for (size_t i = 0; styles && i < styles->n_characters; i++)
        if (str_equal(name, styles->characters[i]))
            return true;
    return !styles;
}

/* Notes a name that is no style, or else a word that names no language. */
static bool unknown(const struct build *build, struct str name, struct str wrong, int line)
{
    if (wrong.n)
        return build_fault(build, line, LANGUAGE_UNKNOWN, STR_ARG(expand_text(build->arena, build->source, wrong)));
    const struct style_list *styles = build->source->styles;
    struct str near = suggest(name, styles->characters, styles->n_characters);
    return build_fault(build, line, "unknown character style ." STR_FMT "%s" STR_FMT "%s", STR_ARG(name),
                       near.n ? "; did you mean ." : "", STR_ARG(near), near.n ? "?" : "");
}

/* A closing bracket takes the last open one, if both are in the same node of the tree. */
static void close(struct spans *spans, cmark_node *node, const struct bracket *found)
{
    if (!spans->n_open)
        return;
    size_t partner = spans->open[spans->n_open - 1];
    if (cmark_node_parent(spans->items[partner].node) != cmark_node_parent(node))
        return;
    spans->n_open--;
    if (!found->span)
        return;
    spans->items[partner].span = true;
    spans->items[partner].name = found->name;
    spans->items[partner].language = found->language;
    struct bracket *bracket = add(spans, node, found->at, found->length);
    bracket->span = true;
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
            struct str wrong;
            struct bracket found = bracket_at(build, text, at, &wrong);
            bool known = is_known(build, found.name);
            if ((!known || wrong.n) && build->source->strict && spans->n_open)
                return unknown(build, found.name, wrong, line);
            found.span = found.span && known;
            close(spans, node, &found);
        }
    }
    return true;
}

void spans_names(struct build *build, struct str text, int line)
{
    for (size_t at = 0; (at = str_find(text, STR("]{"), at)) != SIZE_MAX; at++) {
        struct str wrong;
        struct bracket found = bracket_at(build, text, at, &wrong);
        if (!is_known(build, found.name) || wrong.n)
            unknown(build, found.name, wrong, line);
    }
}

void spans_find(struct build *build, cmark_node *parent)
{
    struct spans *spans = &build->spans;
    spans->look = (struct span_look){.language = build->language};
    build->writer.language = build->language;
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
static void pass(struct spans *spans, struct bracket *bracket)
{
    struct span_look *look = &spans->look;
    if (bracket->length > 1) {
        *look = spans->items[bracket->partner].outer;
        return;
    }
    bracket->outer = *look;
    if (bracket->language.n)
        look->language = bracket->language;
    if (name_flag(bracket->name))
        look->flags |= name_flag(bracket->name);
    else if (bracket->name.n)
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
        if (here && !bracket->span) {
            spans->next++;
            continue;
        }
        build->writer.language = spans->look.language;
        doc_writer_look(&build->writer, flags | spans->look.flags, link, spans->look.style);
        doc_writer_text(&build->writer, str_slice(text, from, here ? bracket->at : text.n), build->source->strict);
        if (!here)
            return;
        pass(spans, bracket);
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
