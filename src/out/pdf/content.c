#include "out/pdf/content.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "out/pdf/writer.h"

#include <math.h>

enum {
    MAX_SPELLED = 8, /* glyphs of a cluster that is read letter by letter */
    MAX_LETTERS = 8, /* UTF-16 units: poppler and MuPDF take eight for a code and complain of more */
};

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
    for (size_t i = 0; i < fonts->n; i++)
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
    return fabs(value) <= PDF_MAX_UNITS; /* false for NaN */
}

static bool op_is_sane(const struct op *op)
{
    if (!sane(op->x) || !sane(op->y) || !sane(op->w) || !sane(op->h) || !sane(op->size) || op->size < 0 ||
        !sane(op->dash) || !sane(op->gap))
        return false;
    double pen = op->x;
    for (size_t i = 0; op->kind == OP_TEXT && i < op->n + op->blank; i++) {
        pen += op->glyphs[i].advance;
        if (!sane(pen) || !sane(op->glyphs[i].dx) || !sane(op->glyphs[i].dy))
            return false;
    }
    for (size_t i = 0; op->kind == OP_PATH && i < op->n; i++)
        if (!sane((double)op->x + op->corners[i].x) || !sane((double)op->y + op->corners[i].y))
            return false;
    return op->kind != OP_TEXT || op->n == 0 || op->size >= 0.01F;
}

/* End of the cluster that begins with glyph i: its glyphs are [i, result). */
static inline size_t cluster_glyphs(const struct op *op, size_t i)
{
    size_t end = i + 1;
    while (end < op->n && op->glyphs[end].cluster == op->glyphs[i].cluster)
        end++;
    return end;
}

/* The source text of the cluster of glyphs [i, end). Clusters go up in left-to-right runs and down in right-to-left
 * ones; characters in front of the first cluster that show nothing belong to it. */
static inline struct str cluster_text(const struct op *op, size_t i, size_t end, bool up)
{
    size_t from = op->glyphs[i].cluster, to = op->text.n;
    if (up && end < op->n)
        to = op->glyphs[end].cluster;
    if (!up && i > 0)
        to = op->glyphs[i - 1].cluster;
    if ((up && i == 0) || (!up && end == op->n))
        from = 0;
    to = to < op->text.n ? to : op->text.n;
    return from < to ? (struct str){op->text.p + from, to - from} : (struct str){op->text.p, 0};
}

/* ---- gaps ---- */

static bool is_space(const struct op *op, size_t i)
{
    return op->glyphs[i].cluster < op->text.n && op->text.p[op->glyphs[i].cluster] == ' ';
}

/* Readers tell words by distances: poppler sees a space where 0.1 em are free, none where one is narrower than 0.15,
 * and a new block where one glyph begins inside another. True where the advance of glyph i leads them astray. */
static bool misleads(const struct op *op, size_t i)
{
    const struct glyph *g = &op->glyphs[i];
    float extra = g->advance - (float)g->natural * op->size / (float)op->face->units;
    if (is_space(op, i))
        return g->advance < 0.155F * op->size;
    return extra < -0.2F * op->size || (extra > 0.095F * op->size && i + 1 < op->n && !is_space(op, i + 1));
}

/* Most lines have no such glyph, and are not asked again. */
static bool any_misleads(const struct op *op)
{
    float em = op->size / (float)op->face->units, most = 0.065F * op->size;
    for (size_t i = 0; i < op->n; i++)
        if (fabsf(op->glyphs[i].advance - (float)op->glyphs[i].natural * em) > most && misleads(op, i))
            return true;
    return false;
}

/* Clusters that are only read right when their text is said for all of them at once: the last of them ends before the
 * result, which is `end` where the cluster that ends there needs no other. No such text begins or ends with a space. */
static inline size_t chain_end(const struct op *op, size_t end)
{
    size_t first = end;
    while (end < op->n && (misleads(op, end - 1) || (is_space(op, end) && misleads(op, end)) ||
                           (end > first && is_space(op, end - 1))))
        end = cluster_glyphs(op, end);
    return end;
}

static bool is_jamo(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF);
}

/* Characters of the private areas, U+E000–U+F8FF and planes 15 and 16, by their first bytes. ToUnicode may not be all
 * that says them where a file is tagged (ISO 19005-3 6.2.11.7.3). */
static bool any_private(struct str text)
{
    for (size_t at = 0; at < text.n; at++) {
        unsigned char lead = (unsigned char)text.p[at];
        if (lead >= 0xee && (lead == 0xee || lead == 0xf4 || (lead == 0xef && (unsigned char)text.p[at + 1] < 0xa4) ||
                             (lead == 0xf3 && (unsigned char)text.p[at + 1] >= 0xb0)))
            return true;
    }
    return false;
}

/* ---- marks ---- */

static struct pdf_mark mark_of(const struct page *page, const struct op *op)
{
    if (op->furniture)
        return (struct pdf_mark){op->y < page->height / 2 ? MARK_HEADER : MARK_FOOTER, 0};
    const struct tag *tag = page->tags && op->tag ? tags_get(page->tags, op->tag) : NULL;
    const struct tag *parent = tag && tag->kind == TAG_TEXT ? tags_get(page->tags, tag->parent) : tag;
    if (parent && parent->kind == TAG_FIGURE) /* whatever it has of text, it is one drawing */
        return (struct pdf_mark){MARK_FIGURE, tag == parent ? op->tag : tag->parent};
    if (tag && op->kind == OP_TEXT)
        return (struct pdf_mark){MARK_TEXT, op->tag};
    return (struct pdf_mark){MARK_ARTIFACT, 0};
}

/* Says whose content the operation is, where that changes. */
static void put_mark(struct pdf_writer *w, struct pdf_tags *tags, const struct page *page, const struct op *op)
{
    struct pdf_mark mark = {op->artifact ? MARK_ARTIFACT : MARK_NONE, 0};
    const char *name = NULL;
    unsigned number = 0;
    if (tags)
        mark = mark_of(page, op);
    if (w->mark.kind == mark.kind && w->mark.tag == mark.tag)
        return;
    if (mark.tag) {
        const struct tag *tag = tags_get(page->tags, mark.tag);
        while (tag->kind == TAG_TEXT)
            tag = tags_get(page->tags, tag->parent);
        name = tag_name(tag->kind);
        number = pdf_tags_mark(tags, mark.tag);
    }
    writer_mark(w, mark, name, number);
}

/* ---- text ---- */

/* State of one text operation. */
struct run {
    struct pdf_writer *writer;
    struct pdf_font *font;
    size_t index; /* of the font */
    const struct op *op;
    double pen;            /* x of the next glyph */
    bool quiet;            /* a span says the text already */
    bool paused;           /* one has ended the mark of the element */
    bool private;          /* the file is tagged, and there are private characters in the text */
    struct pdf_tags *tags; /* NULL: none */
    const struct page *page;
    struct err *err;
};

/* As much of a text as a code may say. */
static inline struct str letters_of(struct str text)
{
    size_t at = 0, end = 0, units = 0;
    if (text.n <= MAX_LETTERS)
        return text;
    for (; at < text.n; end = at) {
        units += utf8_next(text, &at) > 0xFFFF ? 2 : 1;
        if (units > MAX_LETTERS)
            break;
    }
    return str_slice(text, 0, end);
}

/* How to show glyph i for a text; *said as in pdf_font_glyph. In tagged files each code says something (ISO 19005-3
 * 6.2.11.7.2), if only how a text begins that is too long for it. NULL on error. */
static inline const struct pdf_glyph *choose(struct run *run, size_t i, struct str text, bool *said)
{
    const struct glyph *g = &run->op->glyphs[i];
    struct str own = !run->tags ? text : text.n ? letters_of(text) : STR("\u2060");
    const struct pdf_glyph *as = pdf_font_glyph(run->font, g->id, g->natural, own, said);
    *said = *said && own.n >= text.n;
    if (as)
        writer_font(run->writer, run->index * PDF_LAYERS + as->layer);
    else
        err_set(run->err, ERR_INTERNAL, "%.*s: glyph %u of a font with %u glyphs", STR_ARG(run->op->face->name), g->id,
                run->op->face->glyphs);
    return as;
}

/* Shows glyph i at the pen, which moves on. */
static inline bool show(struct run *run, size_t i, const struct pdf_glyph *as)
{
    const struct glyph *g = &run->op->glyphs[i];
    if (!as)
        return false;
    if (run->paused) {
        run->paused = false;
        put_mark(run->writer, run->tags, run->page, run->op);
    }
    writer_glyph(run->writer, run->pen + g->dx, run->op->y + g->dy, as->code, as->width);
    run->pen += g->advance;
    return true;
}

/* What the next glyphs say. An element's span is a mark of its own, beside the others: poppler takes the end of one
 * within another for the end of both. */
static void begin_span(struct run *run, struct str text)
{
    struct pdf_mark mark = run->tags ? mark_of(run->page, run->op) : (struct pdf_mark){0};
    bool own = mark.kind == MARK_TEXT;
    run->paused = false;
    writer_span(run->writer, text, own, own ? pdf_tags_mark(run->tags, mark.tag) : 0);
}

static void end_span(struct run *run)
{
    writer_span_end(run->writer);
    run->paused = run->writer->mark.kind == MARK_NONE && run->tags;
}

/* The characters of a text, at most `room`; precomposed Hangul as its 자모 if `apart` (Unicode 3.12). Returns how many.
 */
static size_t characters(struct str text, bool apart, uint32_t *out, size_t room)
{
    size_t n = 0;
    for (size_t at = 0; at < text.n && n < room;) {
        uint32_t c = utf8_next(text, &at), index = c - 0xAC00;
        if (!apart || !utf8_is_hangul(c)) {
            out[n++] = c;
            continue;
        }
        uint32_t parts[] = {0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28};
        for (size_t i = 0; i < (index % 28 ? 3 : 2) && n < room; i++)
            out[n++] = parts[i];
    }
    return n;
}

/* Reads a cluster of n glyphs letter by letter: said[i] becomes the character that glyph i shows. True of the 자모 of
 * an old Hangul syllable and of what the face's character map says itself. *exact: the characters in the order of the
 * glyphs are the text; not so where a tone mark is set in front of its syllable, or 나 + U+11EF is shown by three 자모.
 */
static bool spell(const struct pdf_font *font, const struct glyph *glyphs, size_t n, struct str text, uint32_t *said,
                  bool *exact)
{
    uint32_t c[MAX_SPELLED + 1];
    unsigned taken = 0;
    *exact = characters(text, false, c, MAX_SPELLED + 1) == n;
    if (n > MAX_SPELLED || (!*exact && characters(text, true, c, MAX_SPELLED + 1) != n))
        return false;
    for (size_t k = 0; k < n; k++) {
        size_t j = k;
        if (taken >> k & 1 || !(is_jamo(c[k]) || pdf_font_maps(font, c[k], glyphs[k].id)))
            for (j = 0; j < n && (taken >> j & 1 || !pdf_font_maps(font, c[k], glyphs[j].id));)
                j++;
        if (j == n)
            return false;
        *exact = *exact && j == k;
        taken |= 1U << j;
        said[j] = c[k];
    }
    return true;
}

/* A cluster of several glyphs, [from, to). Where ToUnicode cannot give its text exactly, it stands under ActualText;
 * for readers that do not know that, the glyphs still say their letters as far as these can be told. */
static bool show_cluster(struct run *run, size_t from, size_t to, struct str text)
{
    uint32_t letters[MAX_SPELLED];
    bool exact, said = true;
    bool spelled = spell(run->font, run->op->glyphs + from, to - from, text, letters, &exact);
    bool span = !run->quiet && (!spelled || !exact || (run->private && any_private(text)));
    if (span)
        begin_span(run, text);
    for (size_t i = from; i < to; i++) {
        struct buf letter = {0};
        if (spelled)
            buf_utf8(&letter, letters[i - from]);
        else if (run->tags)
            buf_str(&letter, i == from ? text : STR("\u2060"));
        const struct pdf_glyph *as = choose(run, i, buf_view(&letter), &said);
        buf_free(&letter);
        if (!show(run, i, as))
            return false;
    }
    if (span)
        end_span(run);
    return true;
}

/* The clusters of glyphs [from, to) under one text. */
static bool show_chain(struct run *run, size_t from, size_t to)
{
    const struct op *op = run->op;
    bool said;
    run->quiet = true;
    begin_span(run, cluster_text(op, from, to, true));
    for (size_t i = from, end; i < to; i = end) {
        end = cluster_glyphs(op, i);
        struct str text = cluster_text(op, i, end, true);
        if (!(end - i > 1 ? show_cluster(run, i, end, text) : show(run, i, choose(run, i, text, &said))))
            return false;
    }
    end_span(run);
    run->quiet = false;
    return true;
}

static bool text_op(struct pdf_writer *w, struct pdf_fonts *fonts, struct pdf_tags *tags, const struct page *page,
                    const struct op *op, struct err *err)
{
    size_t index = font_of(fonts, op->face, err);
    if (index == SIZE_MAX)
        return false;
    struct run run = {.writer = w,
                      .font = fonts->items[index],
                      .index = index,
                      .op = op,
                      .pen = op->x,
                      .private = tags && any_private(op->text),
                      .tags = tags,
                      .page = page,
                      .err = err};
    bool up = op->n && op->glyphs[0].cluster <= op->glyphs[op->n - 1].cluster, chains = up && any_misleads(op);
    writer_text(w, op->size, op->colour);
    for (size_t i = 0, end; i < op->n; i = end) {
        size_t one = cluster_glyphs(op, i);
        end = chains ? chain_end(op, one) : one;
        struct str text = cluster_text(op, i, end, up);
        if (end > one || end - i > 1) {
            if (!(end > one ? show_chain(&run, i, end) : show_cluster(&run, i, end, text)))
                return false;
            continue;
        }
        bool said = true;
        const struct pdf_glyph *as = choose(&run, i, text, &said);
        bool span = !said || (run.private && any_private(text));
        if (span)
            begin_span(&run, text);
        if (!show(&run, i, as))
            return false;
        if (span)
            end_span(&run);
    }
    bool said; /* readers of tagged files need the blank that the line ends in */
    return !tags || !op->blank || show(&run, op->n, choose(&run, op->n, STR(" "), &said));
}

/* Readers find lines by distances: poppler takes texts that are more than 0.7 em apart for columns, and guesses in
 * which order these are read. Blanks are drawn between texts of one line, such as the cells of a row: they are read as
 * that line. Half ems let few widths do, and leave less of a gap than a reader sees. */
static void fill_gap(struct pdf_writer *w, struct pdf_fonts *fonts, struct pdf_tags *tags, const struct page *page,
                     const struct op *op)
{
    const struct op *next = op + 1, *end = page->ops + page->n;
    while (next < end && (next->kind != OP_TEXT || !next->n))
        next++;
    if (next == end || next->y != op->y || next->furniture != op->furniture || w->mark.kind == MARK_FIGURE)
        return;
    double gap = next->x - op->x;
    for (size_t i = 0; i < op->n + (tags && op->blank); i++)
        gap -= op->glyphs[i].advance;
    if (!(gap >= 0.6 * op->size && sane(gap)))
        return;
    size_t index = 0; /* of a font that is there: the text has been shown */
    while (pdf_font_face(fonts->items[index]) != op->face)
        index++;
    const struct pdf_glyph *blank = pdf_font_gap(fonts->items[index]);
    if (!blank)
        return;
    if (tags && (w->mark.kind == MARK_TEXT || w->mark.kind == MARK_NONE))
        writer_mark(w, (struct pdf_mark){MARK_GAP, 0}, NULL, 0);
    writer_font(w, index * PDF_LAYERS + blank->layer);
    writer_blank(w, blank->code, blank->width, (int)(2 * gap / op->size + 0.3));
}

static void reach(struct pdf_box *box, double x, double y, double round)
{
    box->left = fmin(box->left, x - round);
    box->bottom = fmin(box->bottom, y - round);
    box->right = fmax(box->right, x + round);
    box->top = fmax(box->top, y + round);
}

/* What an operation covers. */
static struct pdf_box box_of(const struct page *page, const struct op *op)
{
    struct pdf_box box = {HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
    double y = page->height - op->y, right = op->x;
    if (op->kind == OP_TEXT) {
        double em = (double)op->size / op->face->units;
        for (size_t i = 0; i < op->n; i++)
            right += op->glyphs[i].advance;
        reach(&box, op->x, y + op->face->descent * em, 0);
        reach(&box, right, y + op->face->ascent * em, 0);
    } else if (op->kind == OP_PATH) {
        double round = (op->n == 1 ? op->w + op->size : op->size) / 2.0;
        for (size_t i = 0; i < op->n; i++)
            reach(&box, (double)op->x + op->corners[i].x, y - op->corners[i].y, round);
    } else {
        double round = op->kind == OP_LINE ? op->size / 2.0 : 0;
        reach(&box, op->x, y, round);
        reach(&box, (double)op->x + op->w, y - op->h, round);
    }
    return box;
}

bool pdf_content(struct pdf_fonts *fonts, struct pdf_tags *tags, const struct page *page, struct buf *out,
                 struct err *err)
{
    struct pdf_writer writer = {.out = out, .height = page->height};
    for (size_t i = 0; i < page->n; i++) {
        const struct op *op = &page->ops[i];
        if (!op_is_sane(op))
            return err_set(err, ERR_INTERNAL, "page %d, operation %zu: a number is not finite or out of range",
                           page->number, i + 1);
        if (op->kind > OP_PATH || ((op->kind == OP_TEXT || op->kind == OP_PATH) && !op->n))
            continue;
        put_mark(&writer, tags, page, op);
        if (tags && writer.mark.kind == MARK_FIGURE)
            pdf_tags_cover(tags, writer.mark.tag, box_of(page, op));
        if (op->kind == OP_RECT)
            writer_rect(&writer, op->x, op->y, op->w, op->h, op->colour);
        else if (op->kind == OP_LINE)
            writer_line(&writer, op);
        else if (op->kind == OP_PATH)
            writer_path(&writer, op);
        else if (!text_op(&writer, fonts, tags, page, op, err))
            return false;
        if (op->kind == OP_TEXT)
            fill_gap(&writer, fonts, tags, page, op);
    }
    writer_end(&writer);
    return true;
}
