#include "out/html_block.h"

void html_style(struct buf *out, const char *more, struct str style)
{
    if (!style.n && !*more)
        return;
    buf_printf(out, " class=\"%s%s%s", more, *more && style.n ? " " : "", style.n ? "s-" : "");
    html_text(out, style);
    buf_char(out, '"');
}

struct str html_option(const struct block *block, const char *key)
{
    for (size_t i = block->n_options; i-- > 0;)
        if (str_equal(block->options[i].key, str_from(key)))
            return block->options[i].value;
    return STR("");
}

static bool is_paragraph(const struct block *block, const char *style)
{
    return block && block->kind == BLOCK_PARAGRAPH && str_equal(block->style, str_from(style));
}

/* The object that captions above it begin with this block for; NULL where it is none. */
static const struct block *object_below(const struct block *block, struct html_caption *caption)
{
    *caption = (struct html_caption){0};
    for (; block; block = block->next) {
        if (!caption->title && !caption->unit && (is_paragraph(block, "caption") || is_paragraph(block, "figure")))
            caption->title = block;
        else if (!caption->unit && is_paragraph(block, "unit"))
            caption->unit = block;
        else
            return block->kind == BLOCK_TABLE || block->kind == BLOCK_CHART ? block : NULL;
    }
    return NULL;
}

void html_unit(struct html *html, const struct html_caption *caption)
{
    if (!caption->unit)
        return;
    buf_text(html->out, " <span class=\"unit\">");
    html_runs(html->out, caption->unit->runs, caption->unit->n, &html->calls);
    buf_text(html->out, "</span>");
}

static void put_heading(struct html *html, const struct block *block)
{
    int level = block->level + html->deeper;
    level = level > 6 ? 6 : level;
    buf_printf(html->out, "<h%d", level);
    html_id(html->out, block->anchor);
    html_style(html->out, "", block->style);
    buf_char(html->out, '>');
    html_runs(html->out, block->runs, block->n, &html->calls);
    buf_printf(html->out, "</h%d>\n", level);
}

static void put_paragraph(struct html *html, const struct block *block)
{
    buf_text(html->out, "<p");
    html_id(html->out, block->anchor);
    html_style(html->out, "", block->style);
    buf_char(html->out, '>');
    html_runs(html->out, block->runs, block->n, &html->calls);
    buf_text(html->out, "</p>\n");
}

static void put_list(struct html *html, const struct block *block)
{
    struct buf *out = html->out;
    buf_text(out, block->ordered ? "<ol" : "<ul");
    html_id(out, block->anchor);
    html_style(out, "", block->style);
    if (block->ordered && block->start != 1)
        buf_printf(out, " start=\"%d\"", block->start);
    buf_text(out, ">\n");
    for (const struct block *item = block->children; item; item = item->next) {
        const struct block *first = item->children;
        buf_text(out, "<li");
        if (first && first->kind == BLOCK_PARAGRAPH && !first->style.n) { /* its text is the item's own */
            html_id(out, first->anchor);
            buf_char(out, '>');
            html_runs(out, first->runs, first->n, &html->calls);
            first = first->next;
        } else {
            buf_char(out, '>');
        }
        html_blocks(html, first);
        buf_text(out, "</li>\n");
    }
    buf_text(out, block->ordered ? "</ol>\n" : "</ul>\n");
}

static void put_group(struct html *html, const struct block *block, const char *element, const char *look)
{
    struct str title = html_option(block, "title");
    buf_printf(html->out, "<%s", element);
    html_id(html->out, block->anchor);
    html_style(html->out, look, block->style);
    buf_text(html->out, ">\n");
    if (block->kind == BLOCK_BOX && title.n) {
        buf_text(html->out, "<p class=\"box-title\">");
        html_text(html->out, title);
        buf_text(html->out, "</p>\n");
    }
    html_blocks(html, block->children);
    buf_printf(html->out, "</%s>\n", element);
}

static void put_code(struct html *html, const struct block *block)
{
    buf_text(html->out, "<pre tabindex=\"0\"");
    html_attribute(html->out, "lang", block->n ? block->runs[0].language : STR(""));
    buf_text(html->out, "><code>");
    html_plain(html->out, block->runs, block->n);
    buf_text(html->out, "</code></pre>\n");
}

/* Lines of a list of figures or tables. */
static void put_listed(struct html *html, const struct block *block, bool figures)
{
    struct html_caption caption;
    for (; block; block = block->next) {
        const struct block *object = block->kind == BLOCK_CHART ? block : object_below(block, &caption);
        bool chart = object && object->kind == BLOCK_CHART, own = object == block;
        if (object && block->anchor.n && chart == figures && (own || caption.title == block)) {
            buf_text(html->out, "<li><a href=\"#");
            html_text(html->out, block->anchor);
            buf_text(html->out, "\">");
            if (own)
                html_text(html->out, block->chart->title);
            else
                html_plain(html->out, block->runs, block->n);
            buf_text(html->out, "</a></li>\n");
        }
        put_listed(html, block->children, figures);
    }
}

/* The contents have their place beside the text; lists of figures and tables stand where they are. */
static void put_contents(struct html *html, const struct block *block)
{
    struct str title = html_option(block, "title");
    if (str_equal(block->style, STR("toc")))
        return;
    buf_text(html->out, "<nav class=\"list\"");
    html_attribute(html->out, "aria-label", title);
    buf_text(html->out, ">\n<p class=\"list-title\">");
    html_text(html->out, title);
    buf_text(html->out, "</p>\n<ul>\n");
    put_listed(html, html->doc->first, str_equal(block->style, STR("figures")));
    buf_text(html->out, "</ul>\n</nav>\n");
}

static void put_block(struct html *html, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        html->heading = block;
        put_heading(html, block);
        break;
    case BLOCK_PARAGRAPH: put_paragraph(html, block); break;
    case BLOCK_LIST: put_list(html, block); break;
    case BLOCK_ITEM: html_blocks(html, block->children); break;
    case BLOCK_QUOTE: put_group(html, block, "blockquote", ""); break;
    case BLOCK_CARDS: html_cards(html, block); break;
    case BLOCK_CODE: put_code(html, block); break;
    case BLOCK_RULE: buf_text(html->out, "<hr>\n"); break;
    case BLOCK_PAGE_BREAK: buf_text(html->out, "<div class=\"page-break\"></div>\n"); break;
    case BLOCK_BOX: put_group(html, block, "aside", "box"); break;
    case BLOCK_COVER:
    case BLOCK_GROUP: put_group(html, block, "div", ""); break;
    case BLOCK_CONTENTS: put_contents(html, block); break;
    case BLOCK_TABLE:
    case BLOCK_CHART: break; /* html_block */
    }
}

const struct block *html_block(struct html *html, const struct block *block)
{
    struct html_caption caption;
    const struct block *object = object_below(block, &caption);
    if (!object)
        put_block(html, block);
    else if (object->kind == BLOCK_TABLE)
        html_table(html, object, &caption);
    else
        html_chart(html, object, &caption);
    return object ? object->next : block->next;
}

void html_blocks(struct html *html, const struct block *first)
{
    while (first && !html->err->kind)
        first = html_block(html, first);
}
