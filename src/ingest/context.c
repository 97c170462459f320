/* What a line is by its neighbours, once each has been looked at alone. */
#include "ingest/context.h"

#include "base/utf8.h"
#include "ingest/cues.h"
#include "ingest/outlet.h"

#include <string.h>

enum {
    ITEM_BLOB = 60,         /* characters of a listed article's lead */
    WRAP_REACH = 6,         /* lines within which wrapped prose must end a sentence … */
    WRAP_REACH_BROKEN = 16, /* … where sentences end in mid-line */
    WRAP_WIDTH = 110,       /* characters of the longest line that a text is broken into */
    NOTE_LINES = 8,         /* of a box within the text */
};

/* A dash or dot alone on its line announces an entry of a list: a title and its lead follow. */
static bool is_lone_mark(struct str s)
{
    return s.n > 0 && s.n <= 3 && utf8_count(s) == 1 && (s.p[0] == '-' || lines_is_bullet(s));
}

static void mark_items(struct lines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        if (!is_lone_mark(lines->items[i].text))
            continue;
        lines->items[i].kind = LINE_ITEM;
        for (size_t j = i + 1, taken = 0; j < lines->n && taken < 2; j++) {
            struct line *line = &lines->items[j];
            if (line->kind == LINE_BLANK && taken)
                break;
            if (line->kind == LINE_BLANK)
                continue;
            if (is_lone_mark(line->text) || line->kind == LINE_STOP)
                break;
            line->kind = LINE_ITEM;
            taken++;
        }
    }
}

/* "headline [○○뉴스] lead lead": after the first prose, the box of another article. */
static void mark_boxes(struct lines *lines)
{
    bool prose = false;
    for (size_t i = 0; i < lines->n; i++) {
        struct line *line = &lines->items[i];
        if (line->kind != LINE_PROSE && line->kind != LINE_LONG)
            continue;
        struct str outlet, head = str_slice(line->text, 0, 240);
        size_t open = str_find(head, STR(" ["), 0);
        if (prose && line->chars >= ITEM_BLOB && open != SIZE_MAX && open >= 20 && !line->complete &&
            lines_sentence_end(head, 0) > open &&
            outlet_lead_mark(str_slice(line->text, open + 1, line->text.n), &outlet) > 0 && outlet.n)
            line->kind = LINE_ITEM;
        prose = prose || line->da > 0;
    }
}

/* The next line after i that is not blank; lines->n where none is. */
static size_t next_line(const struct lines *lines, size_t i)
{
    do
        i++;
    while (i < lines->n && lines->items[i].kind == LINE_BLANK);
    return i;
}

/* A sentence without its full stop: a headline drops the particles that it has. */
static bool is_full_sentence(const struct line *line)
{
    return (line->kind == LINE_SHORT || line->kind == LINE_LONG) && str_ends(line->text, STR("다")) &&
           line->words >= 6 && line->chars >= 25 && line->particles * 10 >= line->words * 7;
}

/* Sentences without their full stop: short ones are told from headlines only by standing after prose, or before it
 * with all the particles of a sentence. */
static void mark_unstopped(struct lines *lines)
{
    bool prose = false;
    size_t seen = 0;
    for (size_t i = 0; i < lines->n; i++) {
        struct line *line = &lines->items[i];
        if (prose && (line->kind == LINE_SHORT || line->kind == LINE_LONG) && line->complete && line->chars >= 15 &&
            line->words >= 4)
            line->kind = LINE_PROSE;
        size_t next = seen && is_full_sentence(line) ? next_line(lines, i) : lines->n;
        if (next < lines->n && lines->items[next].kind == LINE_PROSE)
            line->kind = LINE_PROSE;
        seen += line->kind != LINE_BLANK;
        prose = line->kind == LINE_PROSE || (prose && (line->kind == LINE_BLANK || line->kind == LINE_CAPTION));
    }
}

/* The last line of a text that its source has cut off within the article. */
static void mark_cut_end(struct lines *lines)
{
    size_t last = lines->n, before;
    while (last > 0 && lines->items[last - 1].kind == LINE_BLANK)
        last--;
    if (last < 2)
        return;
    for (before = last - 1; before > 0 && lines->items[before - 1].kind == LINE_BLANK; before--)
        ;
    struct line *line = &lines->items[last - 1];
    enum line_kind above = before > 0 ? lines->items[before - 1].kind : LINE_STOP;
    if (lines_is_cut_off(line->text) && (line->kind == LINE_SHORT || line->kind == LINE_LONG) &&
        (above == LINE_PROSE || above == LINE_CAPTION))
        line->kind = LINE_LONG;
}

/* "* 낱말 풀이: …", "◆ (위치) …", "일시 : …", "< 행사 개요 >": a note, or a line of a box or table. */
static bool is_note(const struct line *line)
{
    static const char *const marks[] = {"*", "※", "◆", "◇", "□", "○", "ㅇ", "▲", "△", "<", "①", "②", "③", "-", NULL};
    if (line->kind != LINE_SHORT && line->kind != LINE_MENU && line->kind != LINE_DATE && line->kind != LINE_ITEM)
        return false;
    if (line->cues & (CUE_PUBLISHED | CUE_MODIFIED | CUE_STOP | CUE_JUNK | CUE_BYLINE | CUE_CAPTION))
        return false;
    if (str_starts_any(line->text, marks))
        return true;
    size_t colon = str_find(str_slice(line->text, 0, 30), STR(" : "), 0);
    return colon != SIZE_MAX && colon > 0;
}

/* A few notes with prose before and behind them are the article's. */
static void mark_notes(struct lines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->items[i].kind != LINE_PROSE)
            continue;
        size_t at = next_line(lines, i), n = 0;
        while (at < lines->n && n < NOTE_LINES && is_note(&lines->items[at])) {
            at = next_line(lines, at);
            n++;
        }
        if (!n || at >= lines->n || lines->items[at].kind != LINE_PROSE)
            continue;
        for (size_t j = i + 1; j < at; j++)
            if (lines->items[j].kind != LINE_BLANK)
                lines->items[j].kind = LINE_LONG;
    }
}

/* Do the lines from `first` to before `last`, without a blank one among them, hold sentences that end in mid-line: is
 * it text broken at a width? */
static bool is_broken_text(const struct lines *lines, size_t first, size_t last)
{
    size_t prose = 0, torn = 0;
    for (size_t i = first; i < last; i++) {
        const struct line *line = &lines->items[i];
        if (line->kind != LINE_PROSE || line->chars > WRAP_WIDTH)
            continue;
        prose++;
        torn += !line->complete;
    }
    return torn > 1 && torn * 4 >= prose;
}

static bool may_wrap(const struct line *line, const struct line *below, bool broken)
{
    enum { NEVER = CUE_STOP | CUE_LEGAL | CUE_NOTICE | CUE_PUBLISHED | CUE_MODIFIED | CUE_FOOTER | CUE_BYLINE };
    bool text = line->kind == LINE_SHORT || line->kind == LINE_LONG;
    if (lines_is_cut_off(line->text))
        return false;
    if (!broken)
        return text && line->chars >= 18 && line->words >= 4 && line->chars * 10 >= below->chars * 7;
    bool picture = line->text.n && strchr("[(*<", line->text.p[0]);
    bool odd = (line->kind == LINE_CAPTION && !picture) || line->kind == LINE_MENU || line->kind == LINE_ITEM ||
               line->kind == LINE_DATE || line->kind == LINE_CONTACT || line->kind == LINE_JUNK;
    if (!text && (!odd || (line->cues & NEVER)))
        return false;
    if (line->da > line->polite)
        return true;
    return line->chars >= 12 && line->words >= 2 && line->chars * 10 >= below->chars * 6;
}

/* Lines of a block that reach one that ends a sentence within a few lines, each nearly as long as its follower. In a
 * text that is broken at a width a line between two others is text whatever its words look like. */
static void mark_wrapped_block(struct lines *lines, size_t first, size_t last)
{
    bool broken = is_broken_text(lines, first, last);
    size_t end = SIZE_MAX; /* the next line of the run that ends a sentence */
    for (size_t i = last; i-- > first;) {
        struct line *line = &lines->items[i];
        if (line->kind == LINE_PROSE) {
            end = i;
            continue;
        }
        if (broken && end == SIZE_MAX && line->da > line->polite)
            end = i;
        if (end == SIZE_MAX || end - i > (broken ? WRAP_REACH_BROKEN : WRAP_REACH) || i + 1 >= last ||
            !may_wrap(line, &lines->items[i + 1], broken)) {
            end = SIZE_MAX;
            continue;
        }
        line->wrapped = broken;
        bool inside = broken && i > first &&
                      (lines->items[i - 1].kind == LINE_PROSE || may_wrap(&lines->items[i - 1], line, broken));
        if (inside || line->particles * 3 >= line->words)
            line->kind = line->da > line->polite ? LINE_PROSE : LINE_LONG;
        end = line->kind == LINE_PROSE ? i : end;
    }
}

/* A blank line, a heading, or a word of a menu. */
static bool ends_block(const struct line *line)
{
    bool word = line->chars < 12 && !line->complete && line->kind != LINE_PROSE;
    return word || line->kind == LINE_BLANK || line->kind == LINE_STOP || line->kind == LINE_BYLINE;
}

static void mark_wrapped(struct lines *lines)
{
    for (size_t first = 0, last; first < lines->n; first = last + 1) {
        for (last = first; last < lines->n && !ends_block(&lines->items[last]);)
            last++;
        mark_wrapped_block(lines, first, last);
    }
}

/* Keys and values before the text ("---", "title: …", "---") are no text, however long a value is. */
static void mark_front_matter(struct lines *lines)
{
    size_t end = 1;
    struct str mark = lines->n ? lines->items[0].text : STR("");
    if (!str_equal(mark, STR("---")) && !str_equal(mark, STR("+++")))
        return;
    while (end < lines->n && end <= LINES_FRONT && !str_equal(lines->items[end].text, mark))
        end++;
    if (end == lines->n || end > LINES_FRONT)
        return;
    for (size_t i = 0; i <= end; i++)
        if (lines->items[i].kind == LINE_PROSE || lines->items[i].kind == LINE_LONG)
            lines->items[i].kind = LINE_SHORT;
}

void context_mark(struct lines *lines)
{
    mark_items(lines);
    mark_boxes(lines);
    mark_unstopped(lines);
    mark_wrapped(lines);
    mark_notes(lines);
    mark_cut_end(lines);
    mark_front_matter(lines);
}
