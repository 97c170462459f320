#include "layout/style.h"

#include "base/mem.h"
#include "layout/style_read.h"

#include <stddef.h>
#include <string.h>

enum { MOST_BASES = 16 }; /* styles based on each other */

static const char *const names[] = {
    [STYLE_BODY] = "body",
    [STYLE_H1] = "h1",
    [STYLE_H2] = "h2",
    [STYLE_H3] = "h3",
    [STYLE_H4] = "h4",
    [STYLE_H5] = "h5",
    [STYLE_H6] = "h6",
    [STYLE_RUN_IN] = "run-in",
    [STYLE_TITLE] = "title",
    [STYLE_SUBTITLE] = "subtitle",
    [STYLE_CAPTION] = "caption",
    [STYLE_UNIT] = "unit",
    [STYLE_NOTE] = "note",
    [STYLE_SOURCE] = "source",
    [STYLE_FIGURE] = "figure",
    [STYLE_FOOTNOTE] = "footnote",
    [STYLE_QUOTE] = "quote",
    [STYLE_BOX] = "box",
    [STYLE_BOX_TITLE] = "box-title",
    [STYLE_COVER] = "cover",
    [STYLE_TOC_TITLE] = "toc-title",
    [STYLE_TOC_1] = "toc-1",
    [STYLE_TOC_2] = "toc-2",
    [STYLE_TOC_3] = "toc-3",
    [STYLE_TOC_LIST] = "toc-list",
    [STYLE_CODE] = "code",
    [STYLE_HEAD] = "head",
    [STYLE_FOOT] = "foot",
    [STYLE_MARK] = "mark",
    [STYLE_CARD_LABEL] = "card-label",
    [STYLE_CARD_VALUE] = "card-value",
    [STYLE_CARD_NOTE] = "card-note",
    [STYLE_CHART_LABEL] = "chart-label",
    [STYLE_CHART_VALUE] = "chart-value",
    [STYLE_CHART_AXIS] = "chart-axis",
    [STYLE_CELL] = "cell",
    [STYLE_CELL_HEAD] = "cell-head",
};

#define PAGE(key, value, field)                                                                                        \
    {                                                                                                                  \
        key, value, offsetof(struct page_style, field)                                                                 \
    }
static const struct style_key page_keys[] = {
    PAGE("width", VALUE_LENGTH, width),
    PAGE("height", VALUE_LENGTH, height),
    PAGE("top", VALUE_LENGTH, top),
    PAGE("right", VALUE_LENGTH, right),
    PAGE("bottom", VALUE_LENGTH, bottom),
    PAGE("left", VALUE_LENGTH, left),
    PAGE("sides", VALUE_CHOICE_SIDES, two_sided),
    PAGE("head", VALUE_LENGTH, head),
    PAGE("head-left", VALUE_CHOICE_HEAD, head_left),
    PAGE("head-right", VALUE_CHOICE_HEAD, head_right),
    PAGE("head-rule", VALUE_LENGTH, head_rule),
    PAGE("foot", VALUE_LENGTH, foot),
    PAGE("number", VALUE_CHOICE_PLACE, number),
    PAGE("number-form", VALUE_TEXT, number_form),
    PAGE("number-start", VALUE_COUNT, number_start),
};

#define NOTE(key, value, field)                                                                                        \
    {                                                                                                                  \
        key, value, offsetof(struct note_style, field)                                                                 \
    }
static const struct style_key note_keys[] = {
    NOTE("form", VALUE_TEXT, form),     NOTE("numbers", VALUE_CHOICE_NUMBERS, by_page),
    NOTE("rule", VALUE_LENGTH, rule),   NOTE("above", VALUE_LENGTH, above),
    NOTE("below", VALUE_LENGTH, below),
};

#define COLOUR(key, field)                                                                                             \
    {                                                                                                                  \
        key, VALUE_COLOUR, offsetof(struct palette, field)                                                             \
    }
const struct style_key style_colours[] = {
    COLOUR("primary-5", primary_5),
    COLOUR("primary-10", primary_10),
    COLOUR("primary-20", primary_20),
    COLOUR("primary-30", primary_30),
    COLOUR("primary-40", primary_40),
    COLOUR("primary-50", primary_50),
    COLOUR("primary-60", primary_60),
    COLOUR("primary-70", primary_70),
    COLOUR("primary-80", primary_80),
    COLOUR("primary-90", primary_90),
    COLOUR("gray-0", gray_0),
    COLOUR("gray-5", gray_5),
    COLOUR("gray-10", gray_10),
    COLOUR("gray-20", gray_20),
    COLOUR("gray-30", gray_30),
    COLOUR("gray-40", gray_40),
    COLOUR("gray-50", gray_50),
    COLOUR("gray-60", gray_60),
    COLOUR("gray-70", gray_70),
    COLOUR("gray-80", gray_80),
    COLOUR("gray-90", gray_90),
    COLOUR("danger-50", danger_50),
    COLOUR("warning-50", warning_50),
    COLOUR("success-50", success_50),
    COLOUR("information-50", information_50),
    COLOUR("point-50", point_50),
    COLOUR("series-1", series[0]),
    COLOUR("series-2", series[1]),
    COLOUR("series-3", series[2]),
    COLOUR("series-4", series[3]),
    COLOUR("series-5", series[4]),
    COLOUR("series-6", series[5]),
    COLOUR("series-7", series[6]),
    COLOUR("series-8", series[7]),
};
const size_t style_n_colours = sizeof style_colours / sizeof *style_colours;

#define DISTANCE(key, field)                                                                                           \
    {                                                                                                                  \
        key, VALUE_LENGTH, offsetof(struct distances, field)                                                           \
    }
static const struct style_key distance_keys[] = {
    DISTANCE("hairline", hairline),         DISTANCE("list-gap", list_gap),     DISTANCE("list-after", list_after),
    DISTANCE("object-after", object_after), DISTANCE("column-gap", column_gap), DISTANCE("column-rule", column_rule),
};

/* In this order they are set: a leading in percent and lengths in em need the size. */
#define STYLE(key, value, field)                                                                                       \
    {                                                                                                                  \
        key, value, offsetof(struct block_style, field)                                                                \
    }
static const struct style_key style_keys[] = {
    STYLE("font", VALUE_CHOICE_FONT, text.role),
    STYLE("size", VALUE_SIZE, text.size),
    STYLE("leading", VALUE_LEADING, text),
    STYLE("colour", VALUE_COLOUR, text.colour),
    STYLE("align", VALUE_CHOICE_ALIGN, text),
    STYLE("words", VALUE_CHOICE_WORDS, text.keep_words),
    STYLE("figures", VALUE_CHOICE_FIGURES, text.tabular),
    STYLE("hanging", VALUE_YES, text.hang),
    STYLE("indent", VALUE_SIGNED, text.indent),
    STYLE("tracking", VALUE_SIGNED, text.tracking),
    STYLE("tabs", VALUE_TABS, text),
    STYLE("before", VALUE_LENGTH, before),
    STYLE("after", VALUE_LENGTH, after),
    STYLE("left", VALUE_LENGTH, left),
    STYLE("right", VALUE_LENGTH, right),
    STYLE("pad", VALUE_LENGTH, pad),
    STYLE("fill", VALUE_FILL, fill),
    STYLE("rule-top", VALUE_EDGE, top),
    STYLE("rule-bottom", VALUE_EDGE, bottom),
    STYLE("rule-left", VALUE_EDGE, bar),
    STYLE("keep-next", VALUE_YES, keep_next),
    STYLE("keep-previous", VALUE_YES, keep_previous),
    STYLE("keep-lines", VALUE_YES, keep_lines),
    STYLE("page-before", VALUE_YES, page_before),
    STYLE("at-foot", VALUE_YES, at_foot),
    STYLE("number", VALUE_NUMBER, number),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { BASED_ON = COUNT(style_keys) }; /* the key after the last */

struct builder {
    struct arena *arena;
    struct style_sheet *sheet;
    struct style_entries entries;
    struct err *err;
};

/* The entries of one plain section, later ones over earlier ones. */
static bool set_section(struct builder *b, const char *section, const struct style_key *keys, size_t n, void *at)
{
    for (size_t i = 0; i < b->entries.n; i++) {
        const struct style_entry *entry = &b->entries.items[i];
        if (strcmp(entry->section, section) != 0)
            continue;
        const struct style_key *key = style_key_find(entry, keys, n, b->err);
        if (!key || !style_value_set(b->arena, entry, key, NULL, 12, at, b->err))
            return false;
    }
    return true;
}

static struct block_style *find(const struct style_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->n; i++)
        if (strcmp(sheet->styles[i].name, name) == 0)
            return &sheet->styles[i];
    return NULL;
}

static void add_style(struct builder *b, const char *name)
{
    struct style_sheet *sheet = b->sheet;
    if (sheet->n == sheet->room) { /* in the arena: a few dozen styles */
        struct block_style *old = sheet->styles;
        sheet->room = sheet->room ? 2 * sheet->room : 64;
        sheet->styles = ARENA_ARRAY(b->arena, sheet->room, struct block_style);
        if (old)
            memcpy(sheet->styles, old, sheet->n * sizeof *old);
    }
    sheet->styles[sheet->n++] = (struct block_style){.name = name, .text = {.size = 10.5F, .leading = 17}};
}

/* Whose each entry is, and which key: style_keys[COUNT] stands for based-on. */
static bool assign(struct builder *b)
{
    struct style_key keys[COUNT(style_keys) + 1];
    memcpy(keys, style_keys, sizeof style_keys);
    keys[BASED_ON] = (struct style_key){.name = "based-on"};
    for (size_t i = 0; i < b->entries.n; i++) {
        struct style_entry *entry = &b->entries.items[i];
        if (strcmp(entry->section, "style") != 0)
            continue;
        const struct style_key *key = style_key_find(entry, keys, COUNT(keys), b->err);
        if (!key)
            return false;
        if (!find(b->sheet, entry->style))
            add_style(b, entry->style);
        entry->owner = (size_t)(find(b->sheet, entry->style) - b->sheet->styles);
        entry->which = (size_t)(key - keys);
    }
    return true;
}

/* The entries of style i by key; a later one takes the place of an earlier one. */
static void own_entries(const struct builder *b, size_t i, const struct style_entry *own[COUNT(style_keys) + 1])
{
    memset(own, 0, (COUNT(style_keys) + 1) * sizeof *own);
    for (size_t e = 0; e < b->entries.n; e++)
        if (strcmp(b->entries.items[e].section, "style") == 0 && b->entries.items[e].owner == i)
            own[b->entries.items[e].which] = &b->entries.items[e];
}

/* Sets style i from the root of those that it is based on. */
static bool resolve(struct builder *b, size_t i)
{
    const struct style_entry *own[MOST_BASES][COUNT(style_keys) + 1];
    size_t n = 0;
    for (const struct style_entry *base = NULL;; n++) {
        const struct block_style *style = base ? find(b->sheet, base->value) : &b->sheet->styles[i];
        if (!style || n == MOST_BASES)
            return err_set(b->err, ERR_CONFIG, "%s:%d: based-on = %.60s: %s", base->file, base->line, base->value,
                           style ? "styles are based on each other in a circle" : "there is no such style");
        own_entries(b, (size_t)(style - b->sheet->styles), own[n]);
        if (!(base = own[n][BASED_ON]))
            break;
    }
    struct block_style *style = &b->sheet->styles[i];
    do {
        float em = style->text.size;
        for (size_t k = 0; k < COUNT(style_keys); k++) {
            if (!own[n][k] || (n && style_keys[k].value == VALUE_NUMBER)) /* a number is a style's own */
                continue;
            if (!style_value_set(b->arena, own[n][k], &style_keys[k], &b->sheet->palette, em, style, b->err))
                return false;
            em = style_keys[k].value == VALUE_SIZE ? style->text.size : em;
        }
    } while (n-- > 0);
    return true;
}

/* A page must have room for text. */
static bool check_page(struct builder *b)
{
    const struct page_style *page = &b->sheet->page;
    if (style_body_width(b->sheet) >= 72 && style_body_height(b->sheet) >= 144 && page->head <= page->height &&
        page->head_rule <= page->height && page->foot <= page->height)
        return true;
    return err_set(b->err, ERR_CONFIG,
                   "%s: [page]: the margins leave less than 25 × 51 mm for the text, or head or foot is off the page",
                   b->entries.n ? b->entries.items[b->entries.n - 1].file : "style");
}

/* A line, with what stands round it at the foot or in a table, must find room on a page. */
static bool check_heights(struct builder *b)
{
    const struct style_sheet *sheet = b->sheet;
    const float body = style_body_height(sheet);
    const char *file = b->entries.n ? b->entries.items[b->entries.n - 1].file : "style";
    if (sheet->note.above + sheet->note.below > body / 4)
        return err_set(b->err, ERR_CONFIG, "%s: [note]: above and below take more than a quarter of the page", file);
    if (sheet->distance.hairline > 20)
        return err_set(b->err, ERR_CONFIG, "%s: [distance]: hairline is too large for the page", file);
    for (size_t i = 0; i < sheet->n_tables; i++)
        if (sheet->tables[i].pad_y > body / 8 || sheet->tables[i].pad_x > style_body_width(sheet) / 8)
            return err_set(b->err, ERR_CONFIG, "%s: [table%s%s]: pad-x or pad-y is too large for the page", file,
                           i ? " " : "", sheet->tables[i].name);
    for (size_t i = 0; i < sheet->n; i++) {
        const struct text_style *text = &sheet->styles[i].text;
        if (text->leading > body / 2)
            return err_set(b->err, ERR_CONFIG, "%s: [style %s]: one line takes more than half of the page", file,
                           sheet->styles[i].name);
        if (text->leading < text->size / 2) /* a size of its own, the leading of its base */
            return err_set(b->err, ERR_CONFIG, "%s: [style %s]: size %g has a leading of %g, less than half of it",
                           file, sheet->styles[i].name, (double)text->size, (double)text->leading);
    }
    return true;
}

static bool build(struct builder *b)
{
    struct style_sheet *sheet = b->sheet;
    for (size_t i = 0; i < COUNT(names); i++)
        add_style(b, names[i]);
    bool ok = set_section(b, "page", page_keys, COUNT(page_keys), &sheet->page) &&
              set_section(b, "colour", style_colours, style_n_colours, &sheet->palette) &&
              set_section(b, "distance", distance_keys, COUNT(distance_keys), &sheet->distance) &&
              set_section(b, "note", note_keys, COUNT(note_keys), &sheet->note) && assign(b);
    for (size_t i = 0; ok && i < sheet->n; i++)
        ok = resolve(b, i);
    return ok && style_lists_build(b->arena, &b->entries, sheet, b->err) &&
           style_characters_build(b->arena, &b->entries, sheet, b->err) &&
           style_tables_build(b->arena, &b->entries, sheet, b->err) && check_page(b) && check_heights(b);
}

struct style_sheet *style_layers(struct arena *arena, const struct style_layer *layers, size_t n, struct err *err)
{
    struct builder b = {.arena = arena, .sheet = ARENA_NEW(arena, struct style_sheet), .err = err};
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = style_entries_read(arena, &layers[i], &b.entries, err);
    ok = ok && build(&b);
    mem_free(b.entries.items);
    return ok ? b.sheet : NULL;
}

struct style_sheet *style_open(struct arena *arena, struct str house, const char *name, struct str text,
                               struct err *err)
{
    const struct style_layer layers[] = {{"templates/house.ini", house, 0}, {name, text, 0}};
    return style_layers(arena, layers, 2, err);
}

const struct block_style *style_find(const struct style_sheet *sheet, struct str name)
{
    for (size_t i = 0; i < sheet->n; i++)
        if (str_equal(name, str_from(sheet->styles[i].name)))
            return &sheet->styles[i];
    return name.n ? NULL : &sheet->styles[STYLE_BODY];
}

const struct block_style *style_heading(const struct style_sheet *sheet, int level)
{
    int i = level < 1 ? 1 : level > 6 ? 6 : level;
    return &sheet->styles[STYLE_H1 + i - 1];
}

float style_body_width(const struct style_sheet *sheet)
{
    return sheet->page.width - sheet->page.left - sheet->page.right;
}

float style_body_height(const struct style_sheet *sheet)
{
    return sheet->page.height - sheet->page.top - sheet->page.bottom;
}

float style_baseline(const struct text_style *style)
{
    return (style->leading - style->size) / 2 + 0.88F * style->size;
}
