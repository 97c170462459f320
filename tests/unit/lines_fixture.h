/* Paragraphs set in Noto Sans CJK, for tests of set lines. A test begins with NEED_FONTS. */
#ifndef TESTS_LINES_FIXTURE_H
#define TESTS_LINES_FIXTURE_H
#include "base/mem.h"
#include "base/utf8.h"
#include "layout/font.h"
#include "layout/lines.h"
#include "layout/style.h"
#include "shaper_fixture.h"

#include "unit.h"

#include <math.h>
#include <string.h>

static const struct text_style body = {.role = ROLE_TEXT, .size = 10, .leading = 16, .justify = true};

#define NEED_FONTS()                                                                                                   \
    do {                                                                                                               \
        (void)state;                                                                                                   \
        if (!shaper)                                                                                                   \
            SKIP("no Noto Sans CJK here");                                                                             \
    } while (0)

static int start(void **state)
{
    static const char config[] = "[text]\nfont = /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc#"
                                 "NotoSansCJKkr-Regular\n[strong]\nfont = /usr/share/fonts/opentype/noto/"
                                 "NotoSansCJK-Bold.ttc#NotoSansCJKkr-Bold\n[mono]\nfont = /usr/share/fonts/opentype/"
                                 "noto/NotoSansCJK-Regular.ttc#NotoSansMonoCJKkr-Regular\n";
    (void)state;
    shaper_start(config);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    shaper_stop();
    return 0;
}

static inline struct paragraph set_runs(const struct run *runs, size_t n, const struct text_style *style, float measure)
{
    struct paragraph out;
    text_set(shaper, arena, runs, n, style, measure, &out);
    return out;
}

static inline struct paragraph set(const char *text, const struct text_style *style, float measure)
{
    return set_runs(&(struct run){.text = str_from(text)}, 1, style, measure);
}

/* The text of a line's glyphs. */
static inline const char *line_text(const struct line *line)
{
    struct buf out = {0};
    for (size_t i = 0; i < line->n; i++)
        if (line->ops[i].kind == OP_TEXT)
            buf_str(&out, line->ops[i].text);
    const char *copy = arena_copy(arena, out.n ? out.p : "", out.n);
    buf_free(&out);
    return copy;
}

/* Pen positions before and behind the glyphs of the n-th occurrence of `what`, on a line of one text op or more. */
static inline void extent(const struct line *line, const char *what, double *from, double *to)
{
    *from = *to = NAN;
    for (size_t i = 0; i < line->n; i++) {
        const struct op *op = &line->ops[i];
        const char *at = op->kind == OP_TEXT ? memmem(op->text.p, op->text.n, what, strlen(what)) : NULL;
        if (!at)
            continue;
        double x = (double)op->x;
        for (size_t g = 0; g < op->n; g++) {
            size_t cluster = op->glyphs[g].cluster, start = (size_t)(at - op->text.p);
            if (cluster == start)
                *from = x;
            x += (double)op->glyphs[g].advance;
            if (cluster < start + strlen(what))
                *to = x;
        }
        return;
    }
}

static inline const struct op *find_op(const struct line *line, enum op_kind kind)
{
    for (size_t i = 0; i < line->n; i++)
        if (line->ops[i].kind == kind)
            return &line->ops[i];
    return NULL;
}

/* Made-up sentences in the manner of a press release; `seed` varies them. */
static inline const char *sample(unsigned seed, size_t words)
{
    static const char *const stems[] = {"청년",     "창업",     "지원",       "사업", "바이오",       "산업",
                                        "육성",     "제조업",   "혁신",       "센터", "협약",         "연구개발",
                                        "생태계",   "인재양성", "스마트공장", "지역", "규제자유특구", "기술",
                                        "시흥시는", "이번",     "교육",       "올해", "주민",         "예산"};
    static const char *const marks[] = {
        "6조 7천억 원을", "25만 개", "‘벤처·스타트업’", "(센터장)", "2024. 1. 16.", "AI", "3.5%", "R&D"};
    static const char *const tails[] = {"", "", "", "은", "를", "에서", "으로", "까지", "과", "의", "했다.", "하며,"};
    struct buf out = {0};
    for (size_t i = 0; i < words; i++) {
        seed = seed * 1103515245u + 12345u;
        buf_text(&out, i ? " " : "");
        if (seed >> 28 == 0) {
            buf_text(&out, marks[(seed >> 16) % 8]);
            continue;
        }
        buf_text(&out, stems[(seed >> 16) % (sizeof stems / sizeof *stems)]);
        buf_text(&out, tails[(seed >> 20) % (sizeof tails / sizeof *tails)]);
    }
    const char *copy = arena_copy(arena, out.p, out.n);
    buf_free(&out);
    return copy;
}

#endif
