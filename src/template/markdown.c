/* Markdown → blocks: the only user of cmark-gfm. Tables are its one extension here; there is no HTML (source.h). */
#include "base/utf8.h"
#include "template/build.h"
#include "template/notes.h"
#include "template/template.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <string.h>

enum { MAX_DEPTH = 64 };

/* A list of blocks under construction. */
struct sink {
    struct block *first, **end;
    struct block *open[8]; /* groups */
    struct str open_name[8];
    struct block **outer[8];
    size_t n_open;
    int opened_line;
    struct attributes next; /* for the next block */
    struct str language;    /* of the open groups */
    struct str outer_language[8];
};

static struct str literal(cmark_node *node)
{
    return str_from(cmark_node_get_literal(node));
}

/* --- attributes --- */

/* Takes a first line that is only {…} off a paragraph. */
static bool take_leading(struct build *build, cmark_node *paragraph, struct attributes *out)
{
    cmark_node *first = cmark_node_first_child(paragraph);
    if (!first || cmark_node_get_type(first) != CMARK_NODE_TEXT)
        return true;
    cmark_node *after = cmark_node_next(first);
    if (after && cmark_node_get_type(after) != CMARK_NODE_SOFTBREAK &&
        cmark_node_get_type(after) != CMARK_NODE_LINEBREAK)
        return true;
    if (!attributes_read(build, literal(first), out))
        return attributes_unknown(build, literal(first), cmark_node_get_start_line(paragraph));
    if (after)
        cmark_node_free(after);
    cmark_node_free(first);
    return true;
}

/* In a template, {.style} on a later line of a paragraph is a forgotten empty line. */
static bool stray_style(struct build *build, cmark_node *paragraph)
{
    for (cmark_node *node = cmark_node_first_child(paragraph); node && build->source->strict;
         node = cmark_node_next(node)) {
        struct attributes unused = {0};
        if (cmark_node_get_type(node) != CMARK_NODE_SOFTBREAK || !cmark_node_next(node) ||
            cmark_node_get_type(cmark_node_next(node)) != CMARK_NODE_TEXT)
            continue;
        struct str text = literal(cmark_node_next(node));
        if (attributes_begin(text) && attributes_read(build, text, &unused))
            return build_fault(build, cmark_node_get_start_line(paragraph),
                               STR_FMT " inside a paragraph; it needs an empty line before it",
                               STR_ARG(str_trim(text)));
    }
    return true;
}

/* Takes a trailing " {#anchor}" off a heading or paragraph. */
static void take_trailing(struct build *build, cmark_node *node, struct attributes *out)
{
    cmark_node *last = cmark_node_last_child(node);
    if (!last || cmark_node_get_type(last) != CMARK_NODE_TEXT)
        return;
    struct str text = literal(last), brace = str_trim(text);
    if (!str_ends(brace, STR("}")))
        return;
    size_t at = brace.n;
    while (at > 0 && brace.n - at < MAX_ATTRIBUTE && brace.p[at - 1] != '{')
        at--;
    struct attributes found = {0};
    if (at < 1 || brace.p[at - 1] != '{' || at >= brace.n || brace.p[at] != '#' ||
        !attributes_read(build, str_slice(brace, at - 1, brace.n), &found) || found.style.n)
        return;
    out->anchor = found.anchor;
    char *rest = arena_copy(build->arena, text.p, (size_t)(brace.p - text.p) + at - 1); /* a blank before it stays */
    cmark_node_set_literal(last, rest);
}

/* --- inlines --- */

struct look {
    int strong, emphasis;
    struct str link;
};

static unsigned look_flags(const struct look *look)
{
    return (look->strong > 0 ? RUN_STRONG : 0u) | (look->emphasis > 0 ? RUN_EMPHASIS : 0u);
}

static void inline_html(struct build *build, struct str html)
{
    if (str_starts(html, STR("<br")))
        doc_writer_break(&build->writer);
    else if (!str_starts(html, STR("<!--")))
        doc_writer_text(&build->writer, html, false);
}

/* Inline nodes of a table have no line of their own. */
static int line_of(cmark_node *node)
{
    int line = 0;
    for (; node && !line; node = cmark_node_parent(node))
        line = cmark_node_get_start_line(node);
    return line;
}

static void inline_event(struct build *build, cmark_node *node, bool enter, struct look *look)
{
    struct doc_writer *writer = &build->writer;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: spans_text(build, node, look_flags(look), look->link); break;
    case CMARK_NODE_CODE:
        doc_writer_look(writer, look_flags(look) | build->spans.look.flags | RUN_CODE, look->link,
                        build->spans.look.style);
        doc_writer_quote(writer, literal(node));
        break;
    case CMARK_NODE_SOFTBREAK: doc_writer_text(writer, STR(" "), false); break;
    case CMARK_NODE_LINEBREAK: doc_writer_break(writer); break;
    case CMARK_NODE_HTML_INLINE: inline_html(build, literal(node)); break;
    case CMARK_NODE_STRONG: look->strong += enter ? 1 : -1; break;
    case CMARK_NODE_EMPH: look->emphasis += enter ? 1 : -1; break;
    case CMARK_NODE_LINK:
        look->link = enter ? build_link(build, str_from(cmark_node_get_url(node)), line_of(node)) : STR("");
        break;
    default: break;
    }
}

struct run *build_inlines(struct build *build, cmark_node *parent, size_t *n)
{
    struct look look = {0};
    spans_find(build, parent);
    cmark_iter *iter = cmark_iter_new(parent);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        if (cmark_iter_get_node(iter) != parent)
            inline_event(build, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER, &look);
    cmark_iter_free(iter);
    return doc_writer_runs(&build->writer, build->arena, n);
}

/* --- blocks --- */

static bool convert_children(struct build *build, cmark_node *parent, int depth, struct block **out);

static struct block *append(struct build *build, struct sink *sink, enum block_kind kind)
{
    struct block *block = ARENA_NEW(build->arena, struct block);
    block->kind = kind;
    *sink->end = block;
    sink->end = &block->next;
    return block;
}

/* Gives a block the attributes of the line before it. */
static bool apply(struct build *build, struct sink *sink, struct block *block, int line)
{
    struct attributes attributes = sink->next;
    sink->next = (struct attributes){0};
    if (attributes.style.n)
        block->style = attributes.style;
    block->options = attributes.options;
    block->n_options = attributes.n_options;
    bool drawn = block->kind == BLOCK_CHART || block->kind == BLOCK_CARDS;
    if (drawn && attributes.language.n && build->source->strict &&
        !build_fault(build, line, "lang= has no effect on key figures and charts"))
        return false;
    return !attributes.anchor.n || anchor_set(build, block, attributes.anchor, line);
}

/* {.box .warning title="…"}: a container, whose look a style named beside it may give. */
static bool open_container(struct build *build, struct sink *sink, const struct attributes *found, int line)
{
    bool box = str_equal(found->container, STR("box")), cover = str_equal(found->container, STR("cover"));
    if (sink->n_open == sizeof sink->open / sizeof *sink->open)
        return build_fault(build, line, "{." STR_FMT "} nested too deep", STR_ARG(found->container)), false;
    struct block *group = append(build, sink, box ? BLOCK_BOX : cover ? BLOCK_COVER : BLOCK_GROUP);
    group->style = box && found->style.n ? found->style : found->container;
    group->options = found->options;
    group->n_options = found->n_options;
    sink->open_name[sink->n_open] = found->container;
    sink->opened_line = line;
    sink->open[sink->n_open] = group;
    sink->outer_language[sink->n_open] = sink->language;
    sink->language = found->language.n ? found->language : sink->language;
    sink->outer[sink->n_open++] = sink->end;
    sink->end = &group->children;
    return !found->anchor.n || anchor_set(build, group, found->anchor, line);
}

static bool open_or_close(struct build *build, struct sink *sink, const struct attributes *found, int line)
{
    if (found->page_break)
        append(build, sink, BLOCK_PAGE_BREAK);
    if (found->end) {
        if (sink->n_open == 0)
            return build_fault(build, line, "{.end} without an opening such as {.keep}");
        sink->end = sink->outer[--sink->n_open];
        sink->language = sink->outer_language[sink->n_open];
    }
    if (found->container.n)
        return open_container(build, sink, found, line);
    if (found->style.n)
        sink->next.style = found->style;
    if (found->n_options) {
        sink->next.options = found->options;
        sink->next.n_options = found->n_options;
    }
    if (found->anchor.n)
        sink->next.anchor = found->anchor;
    if (found->language.n)
        sink->next.language = found->language;
    if (!found->contents.n)
        return true;
    struct block *list = append(build, sink, BLOCK_CONTENTS);
    sink->next.style = found->contents;
    build->lists_captions = build->lists_captions || !str_equal(found->contents, STR("toc"));
    return apply(build, sink, list, line);
}

/* What is converted now is in the language that the line before it names, or in that of the group around it. */
static void take_language(struct build *build, const struct sink *sink)
{
    build->language = build->writer.language = sink->next.language.n ? sink->next.language : sink->language;
}

static bool convert_paragraph(struct build *build, struct sink *sink, cmark_node *node)
{
    int line = cmark_node_get_start_line(node);
    struct attributes found = {0};
    if (!take_leading(build, node, &found) || !stray_style(build, node) || !open_or_close(build, sink, &found, line))
        return false;
    take_trailing(build, node, &sink->next);
    take_language(build, sink);
    size_t n;
    struct run *runs = build_inlines(build, node, &n);
    if (n == 0) /* only attributes, or only values that are empty */
        return true;
    struct block *block = append(build, sink, BLOCK_PARAGRAPH);
    block->runs = runs;
    block->n = n;
    return apply(build, sink, block, line);
}

static bool convert_heading(struct build *build, struct sink *sink, cmark_node *node)
{
    take_trailing(build, node, &sink->next);
    size_t n;
    struct run *runs = build_inlines(build, node, &n);
    if (n == 0)
        return true;
    struct block *block = append(build, sink, BLOCK_HEADING);
    block->level = cmark_node_get_heading_level(node);
    block->runs = runs;
    block->n = n;
    if (!apply(build, sink, block, cmark_node_get_start_line(node)))
        return false;
    if (!block->anchor.n)
        block->anchor = anchor_from_text(build, build_text(build, runs, n));
    return true;
}

static bool convert_list(struct build *build, struct sink *sink, cmark_node *node, int depth)
{
    struct block **where = sink->end, *list = append(build, sink, BLOCK_LIST), **end = &list->children;
    list->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    list->start = list->ordered ? cmark_node_get_list_start(node) : 0;
    if (!apply(build, sink, list, cmark_node_get_start_line(node)))
        return false;
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        struct block *item = ARENA_NEW(build->arena, struct block);
        item->kind = BLOCK_ITEM;
        if (!convert_children(build, child, depth + 2, &item->children))
            return false;
        if (!item->children)
            continue;
        *end = item;
        end = &item->next;
    }
    if (!list->children) { /* all its values are empty */
        *where = NULL;
        sink->end = where;
    }
    return true;
}

static bool convert_table(struct build *build, struct sink *sink, cmark_node *node)
{
    struct block *block = append(build, sink, BLOCK_TABLE);
    build_table(build, block, node);
    return apply(build, sink, block, cmark_node_get_start_line(node));
}

/* A ```table of no rows leaves nothing. */
static bool convert_data_table(struct build *build, struct sink *sink, cmark_node *node, const struct value *list)
{
    struct str info = str_trim(str_from(cmark_node_get_fence_info(node)));
    int line = cmark_node_get_start_line(node);
    struct block **where = sink->end, *block = append(build, sink, BLOCK_TABLE);
    struct str name = str_trim(str_slice(info, 5, slots_find(info, 0)));
    if (!apply(build, sink, block, line) || !build_data_table(build, block, name, list, literal(node), line))
        return false;
    if (!block->table || !block->table->rows) {
        *where = NULL;
        sink->end = where;
    }
    return true;
}

static bool convert_code(struct build *build, struct sink *sink, cmark_node *node)
{
    struct str info = str_trim(str_from(cmark_node_get_fence_info(node))), text = literal(node);
    int line = cmark_node_get_start_line(node);
    bool cards = str_equal(info, STR("cards")),
         chart = str_equal(info, STR("chart")) || str_starts(info, STR("chart "));
    const struct value *list = str_starts(info, STR("table ")) ? source_list_in(build->source, info) : NULL;
    if (list)
        return convert_data_table(build, sink, node, list);
    struct block *block = append(build, sink, cards ? BLOCK_CARDS : chart ? BLOCK_CHART : BLOCK_CODE);
    if (!apply(build, sink, block, line))
        return false;
    if (cards)
        return build_cards(build, block, text, line);
    if (chart) {
        if (!build_chart(build, block, info, text, line))
            return false;
        if (block->chart->table == TABLE_YES)
            append(build, sink, BLOCK_TABLE)->table = chart_table(build->arena, block->chart);
        return true;
    }
    block->runs = ARENA_NEW(build->arena, struct run);
    block->runs[0] = (struct run){
        .text = expand_code(build->arena, build->source, text), .flags = RUN_CODE, .language = build->language};
    block->n = 1;
    return true;
}

static bool convert_html(struct build *build, struct sink *sink, cmark_node *node)
{
    struct str html = literal(node);
    size_t end = str_find(html, STR("-->"), 0);
    if (str_starts(str_trim(html), STR("<!--")) && end != SIZE_MAX)
        html = str_slice(html, end + 3, html.n);
    doc_writer_look(&build->writer, 0, STR(""), STR(""));
    doc_writer_text(&build->writer, html, false);
    size_t n;
    struct run *runs = doc_writer_runs(&build->writer, build->arena, &n);
    if (n == 0)
        return true;
    struct block *block = append(build, sink, BLOCK_PARAGRAPH);
    block->runs = runs;
    block->n = n;
    return apply(build, sink, block, cmark_node_get_start_line(node));
}

static bool convert_block(struct build *build, struct sink *sink, cmark_node *node, int depth)
{
    cmark_node_type type = cmark_node_get_type(node);
    struct block *block;
    take_language(build, sink);
    if (strcmp(cmark_node_get_type_string(node), "table") == 0) /* the extension's type has no public name */
        return convert_table(build, sink, node);
    switch (type) {
    case CMARK_NODE_PARAGRAPH: return convert_paragraph(build, sink, node);
    case CMARK_NODE_HEADING: return convert_heading(build, sink, node);
    case CMARK_NODE_LIST: return convert_list(build, sink, node, depth);
    case CMARK_NODE_CODE_BLOCK: return convert_code(build, sink, node);
    case CMARK_NODE_HTML_BLOCK: return convert_html(build, sink, node);
    case CMARK_NODE_THEMATIC_BREAK:
        block = append(build, sink, BLOCK_RULE);
        return apply(build, sink, block, cmark_node_get_start_line(node));
    case CMARK_NODE_BLOCK_QUOTE:
        block = append(build, sink, BLOCK_QUOTE);
        return apply(build, sink, block, cmark_node_get_start_line(node)) &&
               convert_children(build, node, depth + 1, &block->children);
    default: return true;
    }
}

static bool convert_children(struct build *build, cmark_node *parent, int depth, struct block **out)
{
    struct sink sink = {.end = out, .language = build->language};
    for (cmark_node *node; (node = cmark_node_first_child(parent)); cmark_node_free(node)) { /* memory goes over */
        if (depth > MAX_DEPTH)
            return build_fault(build, cmark_node_get_start_line(node), "lists or quotations nested deeper than %d",
                               MAX_DEPTH),
                   false;
        if (!convert_block(build, &sink, node, depth) || build->err->kind)
            return false;
    }
    if (sink.n_open)
        return build_fault(build, sink.opened_line, "{." STR_FMT "} without {.end}",
                           STR_ARG(sink.open_name[sink.n_open - 1]));
    build->language = sink.language;
    return true;
}

/* --- the document --- */

static pthread_once_t registered = PTHREAD_ONCE_INIT;

static cmark_node *parse(struct buf *text)
{
    pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, text->p ? text->p : "", text->n);
    buf_free(text);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    cmark_consolidate_text_nodes(root);
    return root;
}

/* cmark writes the characters of &#xFFFE; and &#xFFFF; as a byte that is no UTF-8. */
static void mend(struct arena *arena, const char *text, cmark_node *node, int (*set)(cmark_node *, const char *))
{
    struct str mended = utf8_repair(arena, str_from(text));
    if (mended.p != text)
        set(node, mended.p); /* str_copy ends it with a NUL */
}

static void mend_references(struct arena *arena, cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT)
            mend(arena, cmark_node_get_literal(node), node, cmark_node_set_literal);
        else if (type == CMARK_NODE_LINK)
            mend(arena, cmark_node_get_url(node), node, cmark_node_set_url);
        else if (type == CMARK_NODE_CODE_BLOCK)
            mend(arena, cmark_node_get_fence_info(node), node, cmark_node_set_fence_info);
    }
    cmark_iter_free(iter);
}

bool markdown_blocks(struct build *build, struct str text, size_t line, struct block **out)
{
    struct buf guarded = {0};
    bool references = str_find(text, STR("&#"), 0) != SIZE_MAX;
    build->line_offset = line - 1;
    build->spans.none = str_find(text, STR("]{"), 0) == SIZE_MAX;
    bool good = source_guard(build->source, text, line, &guarded, build->err);
    buf_free(&build->source->text); /* the body was the last to need it */
    if (good) {
        cmark_node *root = parse(&guarded);
        if (references)
            mend_references(build->arena, root);
        good = convert_children(build, root, 1, out);
        cmark_node_free(root);
    }
    buf_free(&guarded);
    return good;
}

bool markdown_parse(struct arena *arena, struct source *source, size_t body_line, struct doc *doc, struct err *err)
{
    struct notes notes;
    struct build build = {.arena = arena, .source = source, .err = err, .writer = {.source = source}};
    notes_take(&notes, &build, body_line);
    source->notes = build.writer.notes = &notes;
    bool good =
        markdown_blocks(&build, source_from(source, body_line), body_line, &doc->first) && err->kind == ERR_NONE;
    if (good) {
        notes_finish(&notes, doc);
        if (build.lists_captions)
            anchors_of_captions(&build, doc->first);
        anchors_check(&build, doc->first);
        for (size_t i = 0; i < doc->n_notes; i++)
            anchors_check(&build, doc->notes[i].first);
        build_title(&build, doc);
        doc->refused_links = source->refused_links;
    }
    source->notes = NULL;
    notes_free(&notes);
    anchors_free(&build.anchors);
    doc_writer_free(&build.writer);
    spans_free(&build.spans);
    return good;
}
