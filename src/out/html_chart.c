/* Charts and key figures. */
#include "out/html_block.h"

#include "out/svg.h"

/* A chart for screens that are narrower than a page, points: 350 pixels. */
static const float narrow = 262;

static void put_title(struct html *html, const struct chart *chart, const struct html_caption *caption)
{
    struct buf *out = html->out;
    if (!chart->title.n && !chart->unit.n && !caption->title && !caption->unit)
        return;
    buf_text(out, "<figcaption>");
    if (caption->title) {
        buf_text(out, "<span");
        html_id(out, caption->title->anchor);
        buf_char(out, '>');
        html_runs(out, caption->title->runs, caption->title->n, &html->calls);
        buf_text(out, chart->title.n ? "</span><br>" : "</span>");
    }
    html_text(out, chart->title);
    if (chart->unit.n) {
        buf_text(out, " <span class=\"unit\">(단위: ");
        html_text(out, chart->unit);
        buf_text(out, ")</span>");
    }
    html_unit(html, caption);
    buf_text(out, "</figcaption>\n");
}

static void put_picture(struct html *html, const struct chart *chart, float width, const char *look)
{
    struct page page;
    const char *id = arena_printf(html->arena, "_chart-%zu-%s", html->charts, look);
    if (html->artist->chart(html->artist->self, chart, width, &page, html->err))
        svg_write(&page, chart->title.n ? chart->title : STR("그래프"), chart->alt, id, look, html->out);
}

void html_chart(struct html *html, const struct block *block, const struct html_caption *caption)
{
    const struct chart *chart = block->chart;
    struct buf *out = html->out;
    if (!chart)
        return;
    html->charts++;
    buf_text(out, "<figure class=\"chart\"");
    html_id(out, block->anchor);
    buf_text(out, ">\n");
    put_title(html, chart, caption);
    put_picture(html, chart, html->artist->width, "wide");
    put_picture(html, chart, narrow, "narrow");
    bool follows = chart->table == TABLE_YES; /* as a table of the document */
    if (chart->n && chart->n_series && !follows) {
        struct block table = {.kind = BLOCK_TABLE, .table = chart_table(html->arena, chart)};
        struct run title = {.text = chart->title};
        const struct block named = {.runs = &title, .n = 1}, *heading = html->heading;
        buf_text(out, "<details><summary>수치 보기</summary>\n");
        html->heading = chart->title.n ? &named : heading; /* names the table */
        html_table(html, &table, &(struct html_caption){0});
        html->heading = heading;
        buf_text(out, "</details>\n");
    }
    buf_text(out, "</figure>\n");
}

/* Lines end between clauses, if they can. */
static void put_note(struct buf *out, struct str note)
{
    buf_text(out, "<dd>");
    for (size_t from = 0, to; from < note.n; from = to) {
        size_t comma = str_find(note, STR(", "), from);
        to = comma == SIZE_MAX ? note.n : comma + 2;
        bool part = from || to < note.n;
        buf_text(out, part ? "<span>" : "");
        html_text(out, str_trim(str_slice(note, from, to)));
        buf_text(out, !part ? "" : to < note.n ? "</span> " : "</span>");
    }
    buf_text(out, "</dd>");
}

void html_cards(struct html *html, const struct block *block)
{
    struct buf *out = html->out;
    buf_text(out, "<dl class=\"cards\"");
    html_id(out, block->anchor);
    buf_text(out, ">\n");
    for (size_t i = 0; i < block->n_cards; i++) {
        const struct card *card = &block->cards[i];
        buf_text(out, "<div><dt>");
        html_text(out, card->label);
        buf_text(out, "</dt><dd class=\"value\">");
        bool linked = html_link(out, card->link);
        html_text(out, card->value);
        buf_text(out, linked ? "</a></dd>" : "</dd>");
        if (card->note.n)
            put_note(out, card->note);
        buf_text(out, "</div>\n");
    }
    buf_text(out, "</dl>\n");
}
