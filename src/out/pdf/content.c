#include "out/pdf/content.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "out/pdf/writer.h"

#include <math.h>

void pdf_fonts_free(struct pdf_fonts *fonts)
{
    for (size_t i = 0; i < fonts->n; i++)
        pdf_font_free(fonts->items[i]);
    mem_free(fonts->items);
    *fonts = (struct pdf_fonts){0};
}

/* The font of a face: documents use a handful, so a list is searched. SIZE_MAX on error. */
static size_t font_of(struct pdf_fonts *fonts, const struct face *face, struct err *err)
{
    for (size_t i = fonts->n; i-- > 0;)
        if (pdf_font_face(fonts->items[i]) == face)
            return i;
    struct pdf_font *font = pdf_font_new(face, err);
    if (!font)
        return SIZE_MAX;
    fonts->items = mem_grow(fonts->items, &fonts->room, fonts->n + 1, sizeof(struct pdf_font *));
    fonts->items[fonts->n] = font;
    return fonts->n++;
}

static bool sane(double value)
{
    return isfinite(value) && fabs(value) <= PDF_MAX_UNITS;
}

static bool op_is_sane(const struct op *op)
{
    if (!sane(op->x) || !sane(op->y) || !sane(op->w) || !sane(op->h) || !sane(op->size) || op->size < 0)
        return false;
    double pen = op->x;
    for (size_t i = 0; op->kind == OP_TEXT && i < op->n; i++) {
        pen += op->glyphs[i].advance;
        if (!sane(pen) || !sane(op->glyphs[i].dx) || !sane(op->glyphs[i].dy))
            return false;
    }
    return op->kind != OP_TEXT || op->n == 0 || op->size >= 0.01F;
}

/* End of the cluster that begins with glyph i: its glyphs are [i, result). */
static size_t cluster_glyphs(const struct op *op, size_t i)
{
    size_t end = i + 1;
    while (end < op->n && op->glyphs[end].cluster == op->glyphs[i].cluster)
        end++;
    return end;
}

/* The source text of the cluster of glyphs [i, end). Clusters go up in left-to-right runs and down in right-to-left
 * ones; characters in front of the first cluster that show nothing belong to it. */
static struct str cluster_text(const struct op *op, size_t i, size_t end)
{
    size_t from = op->glyphs[i].cluster, to = op->text.n;
    bool up = op->glyphs[0].cluster <= op->glyphs[op->n - 1].cluster;
    if (up && end < op->n)
        to = op->glyphs[end].cluster;
    if (!up && i > 0)
        to = op->glyphs[i - 1].cluster;
    if ((up && i == 0) || (!up && end == op->n))
        from = 0;
    return str_slice(op->text, from, to);
}

static bool is_jamo(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF);
}

/* True when ToUnicode alone gives the text of the glyphs. Several glyphs must stand for one character each, in order:
 * true of the conjoining 자모 of an old Hangul syllable and of a base with marks, checked by the face's character map.
 */
static bool is_plain(struct pdf_font *font, const struct glyph *glyphs, size_t n, struct str text)
{
    if (n == 1)
        return pdf_font_says(font, glyphs[0].id, text);
    if (utf8_count(text) != n)
        return false;
    for (size_t i = 0, at = 0; i < n; i++) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (!(is_jamo(c) || pdf_font_maps(font, c, glyphs[i].id)) ||
            !pdf_font_says(font, glyphs[i].id, str_slice(text, from, at)))
            return false;
    }
    return true;
}

/* Glyphs [from, to) of the op at the pen, which moves on. False where the face lacks one. */
static bool show(struct pdf_writer *w, struct pdf_font *font, const struct op *op, size_t from, size_t to, double *pen,
                 struct err *err)
{
    for (size_t i = from; i < to; i++) {
        const struct glyph *g = &op->glyphs[i];
        const struct pdf_glyph *shown = pdf_font_glyph(font, g->id, g->natural);
        if (!shown)
            return err_set(err, ERR_INTERNAL, "%.*s: glyph %u of a font with %u glyphs", STR_ARG(op->face->name), g->id,
                           op->face->glyphs);
        writer_glyph(w, *pen + g->dx, op->y + g->dy, shown->code, shown->width);
        *pen += g->advance;
    }
    return true;
}

static bool text_op(struct pdf_writer *w, struct pdf_fonts *fonts, const struct op *op, struct err *err)
{
    size_t index = font_of(fonts, op->face, err);
    if (index == SIZE_MAX)
        return false;
    struct pdf_font *font = fonts->items[index];
    writer_text(w, index, op->size, op->colour);
    double pen = op->x;
    for (size_t i = 0, end; i < op->n; i = end) {
        end = cluster_glyphs(op, i);
        for (size_t k = i; k < end; k++) /* so that every glyph can be asked what it says */
            if (!pdf_font_glyph(font, op->glyphs[k].id, op->glyphs[k].natural))
                return show(w, font, op, k, k + 1, &pen, err);
        struct str text = cluster_text(op, i, end);
        bool plain = is_plain(font, op->glyphs + i, end - i, text);
        if (!plain)
            writer_span(w, text);
        if (!show(w, font, op, i, end, &pen, err))
            return false;
        if (!plain)
            writer_span_end(w);
    }
    return true;
}

bool pdf_content(struct pdf_fonts *fonts, const struct page *page, struct buf *out, struct err *err)
{
    struct pdf_writer writer = {.out = out, .height = page->height};
    for (size_t i = 0; i < page->n; i++) {
        const struct op *op = &page->ops[i];
        if (!op_is_sane(op))
            return err_set(err, ERR_INTERNAL, "page %d, operation %zu: a number is not finite or out of range",
                           page->number, i + 1);
        if (op->kind > OP_LINE)
            continue;
        writer_artifact(&writer, op->artifact);
        if (op->kind == OP_RECT)
            writer_rect(&writer, op->x, op->y, op->w, op->h, op->colour);
        else if (op->kind == OP_LINE)
            writer_line(&writer, op->x, op->y, op->w, op->h, op->size, op->colour);
        else if (op->n && !text_op(&writer, fonts, op, err))
            return false;
    }
    writer_end(&writer);
    return true;
}
