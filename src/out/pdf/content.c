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

/* True when the n glyphs of a cluster stand for one character each, in order, and ToUnicode can say so: the conjoining
 * 자모 of an old Hangul syllable, or a base with its marks, as the face's character map tells. */
static bool is_spelled(struct pdf_font *font, const struct glyph *glyphs, size_t n, struct str text)
{
    bool said = utf8_count(text) == n;
    for (size_t i = 0, at = 0; said && i < n; i++) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        said = is_jamo(c) || pdf_font_maps(font, c, glyphs[i].id);
        if (said && !pdf_font_glyph(font, glyphs[i].id, glyphs[i].natural, str_slice(text, from, at), &said))
            return false;
    }
    return said;
}

/* One glyph at the pen, which moves on. */
static void show(struct pdf_writer *w, const struct op *op, const struct glyph *g, const struct pdf_glyph *as,
                 double *pen)
{
    writer_glyph(w, *pen + g->dx, op->y + g->dy, as->code, as->width);
    *pen += g->advance;
}

static bool lacks(const struct op *op, uint16_t gid, struct err *err)
{
    return err_set(err, ERR_INTERNAL, "%.*s: glyph %u of a font with %u glyphs", STR_ARG(op->face->name), gid,
                   op->face->glyphs);
}

/* A cluster of several glyphs, [from, to): spelled character by character, else under ActualText. */
static bool show_cluster(struct pdf_writer *w, struct pdf_font *font, const struct op *op, size_t from, size_t to,
                         struct str text, double *pen, struct err *err)
{
    bool spelled = is_spelled(font, op->glyphs + from, to - from, text), said;
    if (!spelled)
        writer_span(w, text);
    for (size_t i = from, at = 0; i < to; i++) {
        const struct glyph *g = &op->glyphs[i];
        size_t begin = at;
        if (spelled)
            utf8_next(text, &at);
        const struct pdf_glyph *as = pdf_font_glyph(font, g->id, g->natural, str_slice(text, begin, at), &said);
        if (!as)
            return lacks(op, g->id, err);
        show(w, op, g, as, pen);
    }
    if (!spelled)
        writer_span_end(w);
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
        struct str text = cluster_text(op, i, end);
        if (end - i > 1) {
            if (!show_cluster(w, font, op, i, end, text, &pen, err))
                return false;
            continue;
        }
        const struct glyph *g = &op->glyphs[i];
        bool said;
        const struct pdf_glyph *as = pdf_font_glyph(font, g->id, g->natural, text, &said);
        if (!as)
            return lacks(op, g->id, err);
        if (!said)
            writer_span(w, text);
        show(w, op, g, as, &pen);
        if (!said)
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
