#include "out/trace.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

struct trace {
    struct buf text;
};

/* One decimal, without "-0.0". */
static void put_tenths(struct buf *out, double value)
{
    long long tenths = llround(value * 10);
    buf_printf(out, " %s%lld.%lld", tenths < 0 ? "-" : "", llabs(tenths) / 10, llabs(tenths) % 10);
}

/* Control characters and invisible direction marks are shown, so that a diff shows them. */
static void put_quoted(struct buf *out, struct str text)
{
    buf_text(out, " \"");
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '\n')
            buf_text(out, "\\n");
        else if (c < 0x20 || c == 0x7f)
            buf_printf(out, "\\x%02x", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

static void put_colour(struct buf *out, struct colour c)
{
    buf_printf(out, " #%02x%02x%02x", c.r, c.g, c.b);
}

static void put_text(struct buf *out, const struct op *op)
{
    double advance = 0;
    for (size_t i = 0; i < op->n; i++)
        advance += op->glyphs[i].advance;
    buf_text(out, " size");
    put_tenths(out, op->size);
    put_colour(out, op->colour);
    buf_printf(out, " %.*s", STR_ARG(op->face->name));
    put_quoted(out, op->text);
    buf_printf(out, " glyphs %zu advance", op->n);
    put_tenths(out, advance);
}

static void put_pen(struct buf *out, const struct op *op, struct colour colour)
{
    buf_text(out, " size");
    put_tenths(out, op->size);
    put_colour(out, colour);
    if (op->dash > 0 && op->gap > 0) {
        buf_text(out, " dash");
        put_tenths(out, op->dash);
        put_tenths(out, op->gap);
    }
}

static void put_path(struct buf *out, const struct op *op)
{
    if (op->n == 1) {
        buf_text(out, " disc");
        put_tenths(out, op->w);
    }
    for (size_t i = 0; i < op->n; i++) {
        buf_text(out, i ? "," : "");
        put_tenths(out, op->corners[i].x);
        put_tenths(out, op->corners[i].y);
    }
    buf_text(out, op->closed ? " closed" : "");
    if (op->filled)
        put_colour(out, op->colour);
    if (op->size > 0)
        put_pen(out, op, op->stroke);
}

static void put_op(struct buf *out, const struct op *op)
{
    static const char *const names[] = {"text", "rect", "line", "path", "link", "anchor", "outline"};
    buf_text(out, names[op->kind]);
    put_tenths(out, op->x);
    put_tenths(out, op->y);
    if (op->kind == OP_RECT || op->kind == OP_LINE || op->kind == OP_LINK) {
        put_tenths(out, op->w);
        put_tenths(out, op->h);
    }
    switch (op->kind) {
    case OP_TEXT: put_text(out, op); break;
    case OP_RECT: put_colour(out, op->colour); break;
    case OP_LINE: put_pen(out, op, op->colour); break;
    case OP_PATH: put_path(out, op); break;
    case OP_LINK: put_quoted(out, op->link); break;
    case OP_ANCHOR: put_quoted(out, op->text); break;
    case OP_OUTLINE:
        buf_printf(out, " level %d", op->level);
        put_quoted(out, op->text);
        break;
    }
    buf_text(out, op->artifact ? " artifact\n" : "\n");
}

static bool op_is_finite(const struct op *op)
{
    double sum = (double)op->x + op->y + op->w + op->h + op->size + op->dash + op->gap;
    for (size_t i = 0; op->kind == OP_TEXT && i < op->n; i++)
        sum += (double)op->glyphs[i].advance + op->glyphs[i].dx + op->glyphs[i].dy;
    for (size_t i = 0; op->kind == OP_PATH && i < op->n; i++)
        sum += (double)op->corners[i].x + op->corners[i].y;
    return isfinite(sum);
}

static bool trace_page(void *self, const struct page *page, struct err *err)
{
    struct buf *out = &((struct trace *)self)->text;
    if (!isfinite(page->width + page->height))
        return err_set(err, ERR_INTERNAL, "page %d: its size is not finite", page->number);
    buf_printf(out, "page %d", page->number);
    put_tenths(out, page->width);
    put_tenths(out, page->height);
    buf_char(out, '\n');
    for (size_t i = 0; i < page->n; i++) {
        if (!op_is_finite(&page->ops[i]))
            return err_set(err, ERR_INTERNAL, "page %d, operation %zu: a number is not finite", page->number, i + 1);
        put_op(out, &page->ops[i]);
    }
    return true;
}

static bool trace_finish(void *self, struct buf *out, struct err *err)
{
    (void)err;
    buf_str(out, buf_view(&((struct trace *)self)->text));
    return true;
}

static void trace_free(void *self)
{
    struct trace *trace = self;
    if (!trace)
        return;
    buf_free(&trace->text);
    mem_free(trace);
}

static void put_info(struct buf *out, const char *key, struct str value)
{
    if (!value.n)
        return;
    buf_printf(out, "info %s", key);
    put_quoted(out, value);
    buf_char(out, '\n');
}

bool trace_device(const struct page_info *info, struct device *out, struct err *err)
{
    (void)err;
    struct trace *trace = mem_alloc(sizeof *trace);
    *trace = (struct trace){0};
    put_info(&trace->text, "title", info->title);
    put_info(&trace->text, "author", info->author);
    put_info(&trace->text, "subject", info->subject);
    put_info(&trace->text, "keywords", info->keywords);
    put_info(&trace->text, "language", info->language);
    put_info(&trace->text, "created", info->created);
    *out = (struct device){trace, trace_page, trace_finish, trace_free};
    return true;
}
