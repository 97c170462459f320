/* Main content. Every line has a worth (lines.h): complete prose speaks for an article, buttons and menus against. The
 * article is the run of lines with the greatest sum that no section heading or copyright notice interrupts; of two
 * such runs the earlier wins unless it is much the poorer, because leads of other articles follow the article. */
#include "ingest/content.h"

#include "base/utf8.h"
#include "ingest/cues.h"
#include "ingest/dates.h"
#include "ingest/decode.h"
#include "ingest/headline.h"
#include "ingest/listing.h"
#include "ingest/outlet.h"
#include "ingest/trim.h"

#include <string.h>

static const double SAME_WORDS = 0.75; /* share from which two neighbouring lines say the same */

struct segment {
    size_t first, last; /* indices of lines */
    double sum;
};

enum {
    GOOD_SEGMENT = 250 /* worth from which an early segment is believed */,
    BYLINE_COST = 150,
    MIN_BODY = 40,     /* characters */
    CUT_BODY = 20,     /* of a text that its source has cut off */
    FOREIGN_LINES = 5, /* lines that are no text, from which a record's body is taken for a whole page */
};

/* Maximum-sum run of lines; barriers restart it. */
static bool best_segment(const struct lines *lines, struct segment *best)
{
    struct segment run = {0, 0, 0};
    unsigned prose = 0;
    bool open = false, captions = false; /* behind "사진 설명" stand a few sentences, but no article */
    best->sum = 0;
    size_t region = 0, best_region = 0;
    for (size_t i = 0; i < lines->n; i++) {
        const struct line *line = &lines->items[i];
        double worth = line->worth;
        if (line->kind == LINE_BYLINE && prose >= 2)
            worth = -BYLINE_COST;
        if (lines_is_barrier(line)) {
            open = false;
            captions = captions || (line->kind == LINE_STOP && (line->cues & CUE_CAPTION));
            region++;
            continue;
        }
        if (!open || run.sum + worth <= 0 || run.sum <= 0) {
            open = worth > 0;
            run = (struct segment){i, i, worth};
            prose = 0;
        } else {
            run.sum += worth;
            run.last = i;
        }
        prose += line->kind == LINE_PROSE;
        bool believed = region != best_region && (captions || best->sum >= GOOD_SEGMENT);
        double need = believed ? 2.5 * best->sum : best->sum;
        if (open && run.sum > need) {
            *best = run;
            best_region = region;
        }
    }
    return best->sum > 0;
}

static bool ends_in_particle(struct str s)
{
    static const char *const last[] = {"은", "는", "이", "가", "을", "를", "에", "의", "로", "와",
                                       "과", "도", "서", "고", "며", ",",  "한", "된", "할"};
    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        if (str_ends(s, str_from(last[i])))
            return true;
    return false;
}

/* Is there a heading above line `first` that can be the headline, so that a line of broken text need not be one? */
static bool has_heading_above(const struct lines *lines, size_t first)
{
    enum { NEAR = 30 };
    for (size_t i = first, seen = 0; i-- > 0 && seen < NEAR;) {
        const struct line *line = &lines->items[i];
        seen += line->kind != LINE_BLANK;
        if ((line->kind == LINE_SHORT || line->kind == LINE_LONG) && line->chars >= 12 && line->words >= 3)
            return true;
    }
    return false;
}

/* Headings that got into the run because they are long. */
static size_t skip_headings(const struct lines *lines, struct segment segment)
{
    size_t first = segment.first;
    for (size_t i = first; i < segment.last; i++) {
        const struct line *line = &lines->items[i];
        if (line->kind == LINE_PROSE || (line->wrapped && (i > segment.first || has_heading_above(lines, i))))
            break;
        if (line->kind == LINE_LONG && (line->chars > 90 || ends_in_particle(line->text)))
            break;
        first = i + 1;
    }
    return first;
}

static bool is_body_line(const struct line *line)
{
    return line->kind == LINE_PROSE || line->kind == LINE_LONG ||
           (line->kind == LINE_SHORT && (line->chars >= 8 || ends_in_particle(line->text)));
}

/* Words of `a` that stand in `b`, in order, as a share of a's bytes: 1 where a is b with parts left out. */
static double share_in(struct str a, struct str b)
{
    size_t at = 0, found = 0, total = 0;
    struct str rest = a, word;
    while (str_field(&rest, ' ', &word)) {
        if (!word.n)
            continue;
        size_t hit = str_find(b, word, at);
        total += word.n;
        if (hit != SIZE_MAX) {
            found += word.n;
            at = hit + word.n;
        }
    }
    return total ? (double)found / (double)total : 0;
}

/* A repetition begins with the same two syllables; the test spares the comparison of every line with the next. */
static bool may_repeat(struct str a, struct str b)
{
    enum { HEAD = 6, LONGEST = 2000 };
    return a.n < LONGEST && b.n < LONGEST && a.n > HEAD && str_starts(b, str_slice(a, 0, HEAD));
}

/* Marks the body's lines. A lead that is repeated as a caption (the same words, perhaps fewer) and repetitions of the
 * headline go. Returns how many characters of prose are kept. */
static size_t choose_lines(const struct lines *lines, struct segment segment, struct str title, bool *keep)
{
    size_t prose = 0, previous = SIZE_MAX;
    for (size_t i = segment.first; i <= segment.last; i++) {
        const struct line *line = &lines->items[i];
        keep[i] = is_body_line(line) && !(title.n && str_equal(line->text, title));
        if (!keep[i])
            continue;
        if (previous != SIZE_MAX) {
            const struct str before = lines->items[previous].text;
            if (may_repeat(before, line->text) && line->chars > 20 && share_in(line->text, before) > SAME_WORDS)
                keep[i] = false;
            else if (may_repeat(before, line->text) && line->chars > 20 && share_in(before, line->text) > SAME_WORDS)
                keep[previous] = false;
        }
        if (keep[i])
            previous = i;
        prose += line->kind == LINE_PROSE || line->kind == LINE_LONG ? line->chars : 0;
    }
    return prose;
}

static void add_range(struct buf *out, size_t first, size_t last)
{
    if (out->n)
        buf_char(out, ',');
    if (first == last)
        buf_printf(out, "%zu", first);
    else
        buf_printf(out, "%zu-%zu", first, last);
}

/* "14-30,33": blank lines between kept ones belong to their range, lines that were dropped do not. */
static struct str range_text(struct arena *arena, const struct lines *lines, struct segment segment, const bool *keep)
{
    struct buf out = {0};
    size_t first = 0, last = 0;
    for (size_t i = segment.first; i <= segment.last; i++) {
        if (keep[i]) {
            first = first ? first : i + 1;
            last = i + 1;
        } else if (lines->items[i].kind != LINE_BLANK && first) {
            add_range(&out, first, last);
            first = 0;
        }
    }
    if (first)
        add_range(&out, first, last);
    struct str text = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return text;
}

static void join_body(struct arena *arena, const struct lines *lines, struct segment segment, const bool *keep,
                      struct content *out)
{
    struct buf body = {0};
    size_t above = segment.first;
    while (above > 0 && lines->items[--above].kind == LINE_BLANK)
        ;
    if (!out->subtitle.n && segment.first > 0 && lines->items[above].text.n >= 20 &&
        str_starts(lines->items[segment.first].text, lines->items[above].text) &&
        !str_equal(lines->items[above].text, out->title))
        out->subtitle = decode_squeeze(arena, lines->items[above].text);
    for (size_t i = segment.first; i <= segment.last; i++) {
        if (!keep[i])
            continue;
        bool first = i == segment.first, last = i == segment.last;
        struct str s = trim_line(lines->items[i].text, first, last, out->title, out->subtitle, &out->outlet);
        if (body.n && s.n)
            buf_char(&body, '\n');
        buf_str(&body, s);
    }
    out->body = decode_spaces(arena, buf_view(&body));
    buf_free(&body);
}

/* Narrows the segment to the first and last line that are kept. False when none is. */
static bool narrow(struct segment *segment, const bool *keep)
{
    while (segment->first < segment->last && !keep[segment->first])
        segment->first++;
    while (segment->last > segment->first && !keep[segment->last])
        segment->last--;
    return keep[segment->first];
}

static void find_outlet(const struct lines *lines, struct segment segment, struct content *out)
{
    struct str named = outlet_find(lines, segment.last + 1);
    bool sure = named.n && !out->outlet.n;
    if (sure)
        out->outlet = named;
    for (size_t i = segment.first > 12 ? segment.first - 12 : 0; i < segment.first && !out->outlet.n; i++) {
        enum line_kind kind = lines->items[i].kind;
        if (kind == LINE_SHORT || kind == LINE_LONG || kind == LINE_BYLINE)
            outlet_lead_mark(lines->items[i].text, &out->outlet);
    }
}

/* The outlet's mark at the start of the text, where only the rest of the page showed that it is a name. */
static struct str without_name(struct str body, struct str outlet)
{
    if (outlet.n && str_starts(body, STR("[")) && str_starts(str_slice(body, 1, body.n), outlet) &&
        str_starts(str_slice(body, 1 + outlet.n, body.n), STR("]")))
        return str_trim(str_slice(body, 2 + outlet.n, body.n));
    return body;
}

bool content_choose(struct arena *arena, const struct lines *lines, struct content *out)
{
    *out = (struct content){0};
    struct segment segment = {0};
    if (lines->n == 0 || !best_segment(lines, &segment) ||
        (!lines->single && listing_is(lines, segment.first, segment.last)))
        return false;
    bool *keep = ARENA_ARRAY(arena, lines->n, bool);
    segment.first = skip_headings(lines, segment);
    size_t title = headline_find(arena, lines, segment.first, segment.last);
    if (title < lines->n) {
        out->title = headline_clean(arena, lines->items[title].text);
        out->subtitle = headline_subtitle(arena, lines, title, segment.first);
    }
    size_t prose = choose_lines(lines, segment, out->title, keep);
    size_t least = lines_is_cut_off(lines->items[segment.last].text) ? CUT_BODY : MIN_BODY;
    if (prose < least || !narrow(&segment, keep))
        return false;
    join_body(arena, lines, segment, keep, out);
    find_outlet(lines, segment, out);
    if (!out->outlet.n && title < lines->n)
        out->outlet = headline_title_outlet(lines->items[title].text);
    out->outlet = str_copy(arena, out->outlet);
    out->body = without_name(out->body, out->outlet);
    out->body_lines = range_text(arena, lines, segment, keep);
    if (!out->title.n)
        out->title = headline_clean(arena, str_slice(out->body, 0, lines_sentence_end(out->body, 0)));
    out->is_article = out->body.n > 0;
    return out->is_article;
}

bool content_extract(struct arena *arena, struct str page, struct content *out)
{
    struct lines lines = lines_read(arena, page);
    return content_choose(arena, &lines, out);
}

bool content_is_page(const struct lines *lines)
{
    size_t count = 0;
    for (size_t i = 0; i < lines->n; i++)
        count +=
            lines->items[i].kind == LINE_JUNK || lines->items[i].kind == LINE_MENU || lines->items[i].kind == LINE_STOP;
    return count >= FOREIGN_LINES;
}

/* The lines up to the first barrier that can be text. False when there are none. */
static bool text_range(const struct lines *lines, struct segment *out)
{
    bool any = false, prose = false;
    for (size_t i = 0; i < lines->n && !(prose && lines_is_barrier(&lines->items[i])); i++) {
        const struct line *line = &lines->items[i];
        prose = prose || line->kind == LINE_PROSE || line->kind == LINE_LONG;
        any = any && !lines_is_barrier(line); /* what stood before a barrier without prose was its page's */
        if (!is_body_line(line) && line->kind != LINE_ITEM && line->kind != LINE_MENU)
            continue;
        out->first = any ? out->first : i;
        out->last = i;
        any = true;
    }
    return any;
}

static bool is_foreign(const struct line *line)
{
    return line->kind == LINE_BLANK || line->kind == LINE_JUNK || line->kind == LINE_CAPTION ||
           line->kind == LINE_BYLINE || line->kind == LINE_STOP || line->kind == LINE_CONTACT;
}

/* A record of which nothing but lines that look like a page's is left, though there are sentences: those are its text,
 * for a source that keeps bodies apart seldom keeps a page without one. */
static struct str only_sentences(struct arena *arena, const struct lines *lines)
{
    struct buf out = {0};
    for (size_t i = 0; i < lines->n; i++) {
        const struct line *line = &lines->items[i];
        if (line->da == 0 || line->kind == LINE_CAPTION || (line->cues & (CUE_LEGAL | CUE_NOTICE)))
            continue;
        if (out.n)
            buf_char(&out, '\n');
        buf_str(&out, line->text);
    }
    struct str result = decode_spaces(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

struct str content_trim_body(struct arena *arena, struct str title, struct str subtitle, struct str body,
                             struct str *outlet, struct str *page_lines)
{
    struct lines lines = lines_read(arena, body);
    struct segment range = {1, 0, 0};
    struct content content;
    *page_lines = (struct str){NULL, 0};
    if (content_is_page(&lines) && content_choose(arena, &lines, &content)) {
        if (!outlet->n)
            *outlet = content.outlet;
        *page_lines = content.body_lines;
        return content.body;
    }
    struct buf out = {0};
    bool any = text_range(&lines, &range);
    for (size_t i = range.first; any && i <= range.last; i++) {
        const struct line *line = &lines.items[i];
        if (is_foreign(line) || trim_repeats(line->text, title))
            continue;
        struct str s = trim_line(line->text, i == range.first, i == range.last, title, subtitle, outlet);
        if (out.n && s.n)
            buf_char(&out, '\n');
        buf_str(&out, s);
    }
    bool same = str_equal(buf_view(&out), body) && decode_is_spaced(body); /* a long one is not copied */
    struct str result = same ? body : decode_spaces(arena, buf_view(&out));
    buf_free(&out);
    return result.n ? result : only_sentences(arena, &lines);
}
