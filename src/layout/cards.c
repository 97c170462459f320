/* Key figures: rows of equal boxes on a grid, label, value and note each on its own line across the row. */
#include "layout/flow.h"

#include <string.h>

enum { MOST_COLUMNS = 5, LABEL_LINES = 2, VALUE_LINES = 2, NOTE_LINES = 3 };

static const float least_width = 72, gap = 8, bar = 3, pad_x = 10, pad_y = 10, inner_gap = 4;

struct card_row {
    struct paragraph label[MOST_COLUMNS], value[MOST_COLUMNS], note[MOST_COLUMNS];
    size_t label_lines, value_lines, note_lines; /* of the tallest */
    struct text_style value_style;
    float value_y, note_y;
};

/* The largest size at which every value of the block stands on one line; the smallest where none does. */
static struct text_style value_style(struct layout *layout, const struct block *block, float width)
{
    static const float sizes[][2] = {{20, 28}, {17, 24}, {14, 20}, {12, 17}};
    struct text_style style = *flow_style(layout, STYLE_CARD_VALUE);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        style.size = sizes[s][0];
        style.leading = sizes[s][1];
        bool fits = true;
        for (size_t i = 0; i < block->n_cards && fits; i++)
            fits = flow_width_plain(layout, block->cards[i].value, &style) <= width;
        if (fits)
            break;
    }
    return style;
}

/* Bytes of as many of a text's clauses, each up to its comma and a blank, as stand on one line; 0 where none does. */
static size_t clauses_in(struct layout *layout, struct str text, const struct text_style *style, float width)
{
    size_t fit = 0, end = 0;
    while (end < text.n) {
        size_t comma = str_find(text, STR(", "), end);
        end = comma == SIZE_MAX ? text.n : comma + 2;
        if (flow_width_plain(layout, str_trim(str_slice(text, 0, end)), style) > width)
            break;
        fit = end;
    }
    return fit;
}

/* A note of several lines ends them at its commas, if its clauses are short enough: 전월 37건, / 전년 동월 20건. */
static void set_clauses(struct layout *layout, struct str text, const struct text_style *style, float width,
                        struct paragraph *out)
{
    struct line lines[NOTE_LINES];
    size_t n = 0, part;
    flow_set_plain(layout, text, style, width, out);
    if (out->n < 2)
        return;
    for (; text.n && n < NOTE_LINES && (part = clauses_in(layout, text, style, width)); n++) {
        struct paragraph clause;
        flow_set_plain(layout, str_slice(text, 0, part), style, width, &clause);
        if (clause.n != 1)
            return;
        lines[n] = clause.lines[0];
        text = str_slice(text, part, text.n);
    }
    if (text.n)
        return;
    out->lines = ARENA_ARRAY(flow_arena(layout), n, struct line);
    memcpy(out->lines, lines, n * sizeof *lines);
    out->n = n;
}

static size_t set_part(struct layout *layout, struct str text, const struct text_style *style, float width, size_t most,
                       struct paragraph *out, size_t lines)
{
    set_clauses(layout, text, style, width, out);
    if (out->n > most) {
        flow_warn(layout, "card-cut", "the text of a card is too long and was cut: " STR_FMT,
                  STR_ARG(str_head(str_trim(text), 60)));
        out->n = most;
    }
    return out->n > lines ? out->n : lines;
}

/* Sets the texts; row->value_style is there already. */
static void set_row(struct layout *layout, const struct card *cards, size_t n, float width, struct card_row *row)
{
    for (size_t i = 0; i < n; i++) {
        row->label_lines = set_part(layout, cards[i].label, flow_style(layout, STYLE_CARD_LABEL), width, LABEL_LINES,
                                    &row->label[i], row->label_lines);
        row->value_lines = set_part(layout, flow_parted(layout, cards[i].value, cards[i].note), &row->value_style,
                                    width, VALUE_LINES, &row->value[i], row->value_lines);
        row->note_lines = set_part(layout, cards[i].note, flow_style(layout, STYLE_CARD_NOTE), width, NOTE_LINES,
                                   &row->note[i], row->note_lines);
    }
    row->value_y = pad_y + (float)row->label_lines * flow_style(layout, STYLE_CARD_LABEL)->leading +
                   (row->label_lines ? inner_gap : 0);
    row->note_y = row->value_y + (float)row->value_lines * row->value_style.leading + (row->note_lines ? inner_gap : 0);
}

static void put_part(struct layout *layout, struct strip *strip, tag_id tag, const struct paragraph *text,
                     const struct text_style *style, float x, float y)
{
    layout->tag = tag;
    strip_lines(layout, strip, text, 0, text->n, style, x, y);
}

/* One card's text and link: an item of a list whose value is the link, or else its note. A label that there is nothing
 * to label by is the item's text; there is no link without any. */
static void put_card(struct layout *layout, struct strip *strip, const struct card *card, const struct card_row *row,
                     size_t i, tag_id list, float x, float width)
{
    struct tags *tags = layout->tags;
    const float text_x = x + bar + pad_x;
    const bool valued = flow_shows(&row->value[i]), bare = !valued && !flow_shows(&row->note[i]),
               linked = card->link.n && (!bare || flow_shows(&row->label[i]));
    tag_id item = tags_add(tags, list, TAG_LI), label = bare ? 0 : tags_add(tags, item, TAG_LBL);
    tag_id body = tags_add(tags, item, TAG_LBODY), value = linked ? tags_add(tags, body, TAG_LINK) : body;
    put_part(layout, strip, bare ? value : label, &row->label[i], flow_style(layout, STYLE_CARD_LABEL), text_x, pad_y);
    put_part(layout, strip, value, &row->value[i], &row->value_style, text_x, row->value_y);
    put_part(layout, strip, valued ? body : value, &row->note[i], flow_style(layout, STYLE_CARD_NOTE), text_x,
             row->note_y);
    if (!linked)
        return;
    layout->tag = value;
    tags_at(tags, value)->text = card->link;
    strip_op(layout, strip, (struct op){.kind = OP_LINK, .x = x, .w = width, .h = strip->height, .link = card->link});
}

static void put_row(struct layout *layout, const struct block *block, size_t from, size_t n, tag_id list, float width)
{
    struct card_row *row = ARENA_NEW(flow_arena(layout), struct card_row);
    const struct card *cards = block->cards + from;
    float text_width = width - bar - 2 * pad_x;
    row->value_style = value_style(layout, block, text_width);
    set_row(layout, cards, n, text_width, row);
    float height = row->note_y + (float)row->note_lines * flow_style(layout, STYLE_CARD_NOTE)->leading + pad_y;
    struct strip *strip = flow_strip(layout, "cards", from ? gap : 8, height, from ? GLUE_HARD : GLUE_NONE);
    for (size_t i = 0; i < n; i++) {
        float x = flow_top(layout)->x + (float)i * (width + gap);
        strip_rect(layout, strip, x, 0, width, height, layout->sheet->palette.gray_5);
        strip_rect(layout, strip, x, 0, bar, height, layout->sheet->palette.primary_50);
        put_card(layout, strip, &cards[i], row, i, list, x, width);
    }
}

void cards_set(struct layout *layout, const struct block *block)
{
    size_t n = block->n_cards;
    if (!n)
        return;
    /* As few rows as the grid allows, evenly filled: 6 = 3 + 3, 7 = 4 + 3. One card alone takes half the measure. */
    float measure = flow_top(layout)->measure;
    size_t most = 1;
    while (most < MOST_COLUMNS && (float)(most + 1) * (least_width + gap) - gap <= measure)
        most++;
    size_t rows = (n + most - 1) / most, columns = (n + rows - 1) / rows;
    size_t grid = columns < 2 && most > 1 ? 2 : columns;
    float width = (measure - gap * (float)(grid - 1)) / (float)grid;
    flow_anchor(layout, block->anchor);
    tag_id list = flow_element(layout, TAG_L);
    for (size_t from = 0; from < n; from += columns)
        put_row(layout, block, from, n - from < columns ? n - from : columns, list, width);
    layout->space = layout->sheet->distance.object_after;
    layout->after_object = true;
}
