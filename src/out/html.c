/* The frame of the document: head with its policy, title, contents, sections, notes. */
#include "out/html_block.h"

#include "base/file.h"
#include "base/mem.h"
#include "data/data.h"

enum { CONTENTS_LEVELS = 2 };

/* ---- head ---- */

static unsigned hex_digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* 'sha256-…' of a style or script, as Content Security Policy Level 3 wants it. */
static void put_hash(struct buf *out, struct str text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[65];
    file_sha256(text, hex);
    buf_text(out, "'sha256-");
    for (size_t i = 0; i < 32; i += 3) {
        unsigned bytes = 0;
        for (size_t k = 0; k < 3; k++)
            bytes = bytes << 8 | (i + k < 32 ? hex_digit(hex[2 * (i + k)]) << 4 | hex_digit(hex[2 * (i + k) + 1]) : 0);
        buf_char(out, digits[bytes >> 18]);
        buf_char(out, digits[bytes >> 12 & 63]);
        buf_char(out, digits[bytes >> 6 & 63]);
        buf_char(out, i + 2 < 32 ? digits[bytes & 63] : '=');
    }
    buf_char(out, '\'');
}

/* The colours of the style sheet as CSS variables, then the rules that use them. */
static void put_style(const struct artist *artist, struct buf *out)
{
    buf_text(out, "\n:root {\n");
    for (size_t i = 0; i < artist->n_colours; i++) {
        const struct colour c = artist->colours[i].colour;
        buf_printf(out, "  --%s: #%02x%02x%02x;\n", artist->colours[i].name, c.r, c.g, c.b);
    }
    buf_text(out, "}\n");
    buf_str(out, data_file("templates/brief.css"));
}

static void put_meta(struct buf *out, const char *name, struct str text)
{
    if (!text.n)
        return;
    buf_printf(out, "<meta name=\"%s\"", name);
    html_attribute(out, "content", text);
    buf_text(out, ">\n");
}

static void put_head(struct html *html, struct str style, struct str script)
{
    const struct doc *doc = html->doc;
    struct buf *out = html->out;
    buf_text(out, "<!DOCTYPE html>\n<html");
    html_attribute(out, "lang", doc->language.n ? doc->language : STR("ko"));
    buf_text(out, ">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
    put_hash(out, style);
    buf_text(out, "; script-src ");
    put_hash(out, script);
    buf_text(out, "; base-uri 'none'; form-action 'none'\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    html_text(out, doc->title.n ? doc->title : STR("문서"));
    buf_text(out, "</title>\n");
    put_meta(out, "description", doc->subject);
    put_meta(out, "author", doc->author);
    put_meta(out, "keywords", doc->keywords);
    put_meta(out, "date", doc->created);
    buf_text(out, "<style>");
    buf_str(out, style);
    buf_text(out, "</style>\n</head>\n");
}

/* ---- title ---- */

static bool is_title(const struct block *block)
{
    static const char *const names[] = {"title", "subtitle", "cover-title", "cover-subtitle", NULL};
    return block->kind == BLOCK_PARAGRAPH && str_is_any(block->style, names);
}

/* What stands before the text: the title block or the cover. Returns the text. */
static const struct block *title_end(const struct block *first)
{
    if (first && first->kind == BLOCK_COVER)
        return first->next;
    while (first && is_title(first))
        first = first->next;
    return first;
}

/* The first title is the page's h1. */
static void put_title(struct html *html, const struct block *block)
{
    bool first = !html->deeper && str_ends(block->style, STR("title")) && !str_ends(block->style, STR("subtitle"));
    if (!is_title(block)) {
        html_block(html, block);
        return;
    }
    buf_text(html->out, first ? "<h1" : "<p");
    html_id(html->out, block->anchor);
    html_style(html->out, "", block->style);
    buf_char(html->out, '>');
    html_runs(html->out, block->runs, block->n, &html->calls);
    buf_text(html->out, first ? "</h1>\n" : "</p>\n");
    html->deeper = html->deeper || first;
}

static void put_titles(struct html *html, const struct block *first)
{
    const struct block *end = title_end(first);
    bool cover = first && first->kind == BLOCK_COVER;
    if (first == end)
        return;
    buf_text(html->out, cover ? "<header class=\"cover\">\n" : "<header>\n");
    for (const struct block *block = cover ? first->children : first; block && block != end; block = block->next)
        put_title(html, block);
    buf_text(html->out, "</header>\n");
}

/* ---- contents ---- */

struct contents {
    struct html *html;
    int open; /* depth of open lists, 0 … CONTENTS_LEVELS */
    size_t n;
};

static void put_entry(struct contents *contents, const struct block *block)
{
    struct buf *out = contents->html->out;
    int level = block->level < CONTENTS_LEVELS ? block->level : CONTENTS_LEVELS;
    level = level > contents->open + 1 ? contents->open + 1 : level; /* below a heading that is not there */
    if (level > contents->open)
        buf_text(out, "<ul>\n");
    else
        buf_text(out, "</li>\n");
    for (; contents->open > level; contents->open--)
        buf_text(out, "</ul>\n</li>\n");
    contents->open = level;
    buf_text(out, "<li>");
    html_link(out, str_from(arena_printf(contents->html->arena, "#" STR_FMT, STR_ARG(block->anchor))));
    html_plain(out, block->runs, block->n);
    buf_text(out, "</a>\n");
    contents->n++;
}

static void put_entries(struct contents *contents, const struct block *block)
{
    for (; block; block = block->next) {
        if (block->kind == BLOCK_HEADING && block->level <= CONTENTS_LEVELS && block->anchor.n)
            put_entry(contents, block);
        put_entries(contents, block->children);
    }
}

static void put_contents(struct html *html, const struct block *first)
{
    struct contents contents = {.html = html};
    const size_t begin = html->out->n;
    buf_text(html->out, "<nav class=\"contents\" aria-labelledby=\"_contents\">\n<p id=\"_contents\">차례</p>\n");
    put_entries(&contents, first);
    for (; contents.open > 0; contents.open--)
        buf_text(html->out, "</li>\n</ul>\n");
    buf_text(html->out, "</nav>\n");
    if (contents.n < 2) /* nothing to choose from */
        html->out->n = begin;
}

/* ---- text ---- */

/* A heading begins a section that ends before the next one of its level or above. */
static void put_sections(struct html *html, const struct block *block)
{
    int open[7], n = 0;
    while (block && !html->err->kind) {
        if (block->kind == BLOCK_HEADING) {
            for (; n && open[n - 1] >= block->level; n--)
                buf_text(html->out, "</section>\n");
            buf_text(html->out, "<section>\n");
            open[n++] = block->level;
        }
        block = html_block(html, block);
    }
    for (; n; n--)
        buf_text(html->out, "</section>\n");
}

static void put_notes(struct html *html)
{
    const struct doc *doc = html->doc;
    struct buf *out = html->out;
    if (!doc->n_notes)
        return;
    buf_text(out, "<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"각주\">\n<ol>\n");
    for (size_t i = 0; i < doc->n_notes; i++) {
        const struct block *first = doc->notes[i].first;
        buf_printf(out, "<li id=\"_note-%zu\">", i + 1);
        if (first && first->kind == BLOCK_PARAGRAPH) {
            html_runs(out, first->runs, first->n, &html->calls);
            first = first->next;
        }
        if (html->calls.calls[i])
            buf_printf(out,
                       " <a class=\"back\" href=\"#_call-%zu\" role=\"doc-backlink\" "
                       "aria-label=\"각주 %zu을 부른 곳으로\">↩</a>",
                       i + 1, i + 1);
        html_blocks(html, first);
        buf_text(out, "</li>\n");
    }
    buf_text(out, "</ol>\n</section>\n");
}

bool html_write(const struct doc *doc, const struct artist *artist, struct buf *out, struct err *err)
{
    struct html html = {.doc = doc, .artist = artist, .arena = arena_new(), .out = out, .err = err};
    struct buf style = {0};
    struct str script = data_file("templates/brief.js");
    const struct block *text = title_end(doc->first);
    html.calls = (struct html_calls){ARENA_ARRAY(html.arena, doc->n_notes + 1, unsigned), doc->n_notes};
    put_style(artist, &style);
    put_head(&html, buf_view(&style), script);
    buf_free(&style);
    buf_text(out, "<body>\n<a class=\"skip\" href=\"#_text\">본문으로 바로가기</a>\n<div class=\"page\">\n");
    put_titles(&html, doc->first);
    put_contents(&html, text);
    buf_text(out, "<main id=\"_text\" tabindex=\"-1\">\n");
    put_sections(&html, text);
    put_notes(&html);
    buf_text(out, "</main>\n</div>\n<script>");
    buf_str(out, script);
    buf_text(out, "</script>\n</body>\n</html>\n");
    arena_free(html.arena);
    return err->kind == ERR_NONE;
}
