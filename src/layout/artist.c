/* One chart at a time, drawn without its document: on a sheet as wide as it may be and higher than any chart. */
#include "layout/page_flow.h"
#include "layout/style_read.h"

#include "base/mem.h"

struct drawing {
    struct fonts *fonts;
    struct diag_list *diag, unread;
    const struct style_sheet *sheet;
    struct style_sheet alone; /* the sheet with a page for the chart */
    struct layout *layout;    /* of the last chart; NULL before the first */
    struct doc doc;
    struct block block;
    struct named_colour *colours;
};

/* Glyphs that end nearer to the edge of a sheet are cut (page_ops.c). */
static const float margin = 5;

static struct page_style sheet_of(float width)
{
    return (struct page_style){.width = width + 2 * margin,
                               .height = 1e6F,
                               .top = margin,
                               .right = margin,
                               .bottom = margin,
                               .left = margin,
                               .number_form = STR(""),
                               .number_start = 1};
}

static bool draw_chart(void *self, const struct chart *chart, float width, struct page *out, struct err *err)
{
    struct drawing *drawing = self;
    layout_free(drawing->layout);
    drawing->block = (struct block){.kind = BLOCK_CHART, .chart = (struct chart *)chart};
    drawing->doc = (struct doc){.first = &drawing->block};
    drawing->alone = *drawing->sheet;
    drawing->alone.page = sheet_of(width);
    bool as_printed = width >= style_body_width(drawing->sheet); /* what is wrong with a chart is said once */
    struct diag_list *diag = drawing->diag && as_printed ? drawing->diag : &drawing->unread;
    drawing->layout = layout_new(drawing->fonts, &drawing->alone, &drawing->doc, diag);
    drawing->layout->alone = true;
    if (!layout_next(drawing->layout, out, err))
        return false;
    out->height = drawing->layout->y + margin;
    return true;
}

static void free_drawing(void *self)
{
    struct drawing *drawing = self;
    layout_free(drawing->layout);
    diag_free(&drawing->unread);
    mem_free(drawing->colours);
    mem_free(drawing);
}

struct artist layout_artist(struct fonts *fonts, const struct style_sheet *sheet, struct diag_list *diag)
{
    struct drawing *drawing = mem_alloc(sizeof *drawing);
    *drawing = (struct drawing){.fonts = fonts, .sheet = sheet, .diag = diag};
    drawing->colours = mem_alloc(mem_mul(style_n_colours, sizeof *drawing->colours));
    for (size_t i = 0; i < style_n_colours; i++)
        drawing->colours[i] = (struct named_colour){
            style_colours[i].name,
            *(const struct colour *)((const char *)&sheet->palette + style_colours[i].offset),
        };
    return (struct artist){.self = drawing,
                           .colours = drawing->colours,
                           .n_colours = style_n_colours,
                           .width = style_body_width(sheet),
                           .chart = draw_chart,
                           .free = free_drawing};
}
