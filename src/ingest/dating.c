/* Publication dating. Every date around (never inside) the article is a candidate; its label and its place decide:
 *   labelled publication (기사입력, 등록, 작성일 …)  >  a date alone between headline and text  >  the source's column
 *   >  labelled change (수정)  >  the month that neighbouring headlines speak of, which is a guess and marked as one.
 */
#include "ingest/dating.h"

#include "base/utf8.h"
#include "ingest/cues.h"
#include "ingest/dates.h"
#include "ingest/decode.h"
#include "ingest/doubt.h"
#include "ingest/lines.h"
#include "ingest/spoken.h"

#include <stdio.h>
#include <string.h>

enum {
    LABEL_GAP = 36,    /* bytes between a label and its date: "일시 : ", "(최초) " */
    FAR_LINES = 400,   /* lines, blank ones too, beyond which nobody counts */
    AFTER_LINES = 16,  /* lines after the text in which its date may stand */
    CLOSE_LINES = 10,  /* lines above the text in which a date of change is the article's and not the site's */
    BESIDE_LINES = 3,  /* lines that count as directly beside the text */
    RECORD_EDGE = 160, /* bytes at a record's ends in which a label counts */
    EVIDENCE_BYTES = 160,
    MIN_VOTES = 3, /* mentions of a month before it is believed */
};

struct evidence {
    double strength; /* 0 = none */
    unsigned label;  /* CUE_PUBLISHED, CUE_MODIFIED or 0 */
    date_t date;
    struct str words;
};

struct page {
    struct lines lines;
    size_t first, last; /* the text's lines */
    size_t title;       /* lines.n where the headline is no line of its own */
};

/* The label that the date at `begin` belongs to: the last one before it in the line, close by. */
static unsigned label_before(struct str line, size_t begin, size_t *label_begin)
{
    unsigned label = 0, kind;
    size_t from = 0, at, end;
    while (cues_next(line, from, CUE_PUBLISHED | CUE_MODIFIED | CUE_OTHER, &kind, &at, &end) && at < begin) {
        from = at + 1;
        if (begin - (end < begin ? end : begin) <= LABEL_GAP) {
            label = kind;
            *label_begin = at;
        }
        from = end > from ? end : from;
    }
    return label;
}

/* The label right behind a date: "24.1.25. (목) 배포", "2024/01/16 17:19 송고". */
static unsigned label_behind(struct str line, size_t end)
{
    unsigned kind;
    size_t at, label_end;
    struct str rest = str_slice(line, end, end + 32);
    if (cues_next(rest, 0, CUE_PUBLISHED | CUE_MODIFIED | CUE_OTHER, &kind, &at, &label_end) && at <= 7 &&
        label_end + 3 >= str_trim(rest).n)
        return kind;
    return 0;
}

/* The label that stands alone on the line before line i ("등록일" / "2024-01-16"). */
static unsigned label_above(const struct lines *lines, size_t i)
{
    for (size_t j = i; j-- > 0 && i - j <= 3;) {
        const struct line *line = &lines->items[j];
        if (line->kind != LINE_BLANK)
            return line->chars <= 10 ? line->cues & (CUE_PUBLISHED | CUE_MODIFIED | CUE_OTHER) : 0;
    }
    return 0;
}

static bool is_imprint(const struct lines *lines, size_t i)
{
    size_t from = i ? i - 1 : 0, to = i + 1 < lines->n ? i + 1 : i;
    for (size_t j = from; j <= to; j++)
        if ((lines->items[j].cues & CUE_FOOTER) && lines->items[j].kind == LINE_JUNK)
            return true;
    return false;
}

/* Lines that are not blank between line i and the text; SIZE_MAX where another section lies between. */
static size_t distance(const struct page *page, size_t i)
{
    size_t count = 0;
    if (i + FAR_LINES < page->first)
        return FAR_LINES;
    if (i > page->last + FAR_LINES)
        return SIZE_MAX;
    size_t from = i < page->first ? i : page->last, to = i < page->first ? page->first : i;
    for (size_t j = from + 1; j < to; j++) {
        if (i > page->last && page->lines.items[j].kind == LINE_STOP)
            return SIZE_MAX;
        count += page->lines.items[j].kind != LINE_BLANK;
    }
    return count;
}

/* May an unlabelled date on line i be the article's: it fills the line (with a reporter), directly beside the text? */
static bool is_beside(const struct page *page, size_t i, const struct date_found *found, size_t away)
{
    const struct line *line = &page->lines.items[i];
    bool bare = line->kind == LINE_DATE || found->end - found->begin + 12 >= line->text.n || line->kind == LINE_BYLINE;
    if (!bare)
        return false;
    if (i > page->last)
        return away < BESIDE_LINES && (found->has_time || line->kind == LINE_BYLINE);
    if (page->title < page->lines.n)
        return i > page->title ? away < 8 : found->has_time && page->title - i <= BESIDE_LINES;
    return away < BESIDE_LINES;
}

static void consider(const struct page *page, size_t i, const struct date_found *found, struct evidence *best)
{
    const struct line *line = &page->lines.items[i];
    size_t begin = found->begin, away = distance(page, i);
    if (away == SIZE_MAX || (i > page->last && away > AFTER_LINES) || line->kind == LINE_ITEM ||
        is_imprint(&page->lines, i))
        return;
    unsigned label = label_before(line->text, found->begin, &begin);
    if (!label)
        label = label_behind(line->text, found->end);
    if (!label && found->begin < 4)
        label = label_above(&page->lines, i);
    struct evidence now = {.label = label & (CUE_PUBLISHED | CUE_MODIFIED), .date = found->date};
    double near = away < 40 ? (double)away : 40;
    if (label & CUE_PUBLISHED)
        now.strength = 100 - near;
    else if (label & CUE_MODIFIED)
        now.strength = away < (i < page->first ? CLOSE_LINES : BESIDE_LINES) ? 50 - near : 0;
    else if (!label && is_beside(page, i, found, away))
        now.strength = 60 - near;
    if (i > page->last)
        now.strength -= now.strength > 0 ? 5 : 0;
    now.words = str_slice(line->text, begin, found->end);
    if (now.strength > best->strength)
        *best = now;
}

static void search_line(const struct page *page, size_t i, struct evidence *best)
{
    struct date_found found;
    struct str text = page->lines.items[i].text;
    if (page->lines.items[i].chars > 300)
        return;
    for (size_t at = 0; dates_next(text, at, &found); at = found.end)
        consider(page, i, &found, best);
}

/* "14-30,33" → first and last line as indices. */
static bool line_range(struct str ranges, size_t *first, size_t *last)
{
    size_t value = 0;
    bool any = false;
    for (size_t i = 0; i <= ranges.n; i++) {
        if (i < ranges.n && ranges.p[i] >= '0' && ranges.p[i] <= '9') {
            value = value * 10 + (size_t)(ranges.p[i] - '0');
            continue;
        }
        if (value && !any)
            *first = value - 1;
        if (value)
            *last = value - 1;
        any = any || value;
        value = 0;
    }
    return any;
}

static bool open_page(struct arena *arena, const struct lines *lines, const struct article *article, struct page *page)
{
    if (!line_range(article->body_lines, &page->first, &page->last))
        return false;
    page->lines = *lines;
    if (page->first > page->last || page->last >= page->lines.n)
        return false;
    page->title = page->lines.n;
    for (size_t i = page->first; article->title.n && i-- > 0 && page->first - i < 60;)
        if (page->lines.items[i].text.n >= article->title.n &&
            str_find(decode_squeeze(arena, page->lines.items[i].text), article->title, 0) != SIZE_MAX) {
            page->title = i;
            if (i + 12 < page->first)
                break;
        }
    return true;
}

/* The labelled date before the first sentence of a page that came as one line. */
static void search_line_head(struct str text, struct evidence *best)
{
    struct str head = str_slice(text, 0, lines_sentence_end(text, 0));
    struct date_found found;
    size_t begin;
    if (dates_next(head, 0, &found) && label_before(head, found.begin, &begin) == CUE_PUBLISHED)
        *best = (struct evidence){70, CUE_PUBLISHED, found.date, str_slice(head, begin, found.end)};
}

static struct evidence search_page(const struct page *page)
{
    struct evidence best = {.date = DATE_NONE};
    const struct line *only = &page->lines.items[page->first];
    if (page->first == page->last && only->chars > 300)
        search_line_head(only->text, &best);
    for (size_t i = 0; i < page->lines.n; i++)
        if (i < page->first || i > page->last)
            search_line(page, i, &best);
    return best;
}

/* A date alone on one of a record's first lines stands where a page has its date of publication. */
static bool date_line(struct str text, struct evidence *best)
{
    enum { FIRST_LINES = 4 };
    struct str rest = text, line;
    for (int n = 0; n < FIRST_LINES && str_line(&rest, &line);) {
        struct date_found found;
        line = str_trim(line);
        n += line.n > 0;
        if (!line.n || !dates_next(line, 0, &found) || found.begin > 0 || found.end + 4 < line.n)
            continue;
        *best = (struct evidence){60, 0, found.date, str_slice(line, found.begin, found.end)};
        return true;
    }
    return false;
}

/* Labelled dates in the first and last words of a record's body. */
static struct evidence search_record(struct str text)
{
    struct evidence best = {.date = DATE_NONE};
    struct date_found found;
    size_t tail = text.n > RECORD_EDGE ? text.n - RECORD_EDGE : 0;
    for (size_t at = 0;; at = found.end) {
        if (!dates_next_before(text, at, at < tail ? RECORD_EDGE + 1 : text.n, &found)) {
            if (at >= tail)
                break;
            found.end = tail; /* nobody looks for a label in between */
            continue;
        }
        size_t begin = found.begin, from = found.begin > 90 ? found.begin - 90 : 0, inside;
        while (from < text.n && ((unsigned char)text.p[from] & 0xc0) == 0x80)
            from++;
        unsigned label = label_before(str_slice(text, from, found.end), found.begin - from, &inside);
        if (label != CUE_PUBLISHED)
            continue;
        begin = from + inside;
        return (struct evidence){100, label, found.date, str_slice(text, begin, found.end)};
    }
    date_line(text, &best);
    return best;
}

struct votes {
    unsigned months[13];
    unsigned years[200]; /* from 1990 */
};

static void vote(struct str text, struct votes *votes)
{
    struct month_found found;
    for (size_t at = 0; dates_next_month(text, at, &found); at = found.end) {
        votes->months[found.month]++;
        if (found.year >= 1990 && found.year < 2190)
            votes->years[found.year - 1990]++;
    }
}

/* The index with most votes when it has `least` and more than the next; SIZE_MAX otherwise. */
static size_t winner(const unsigned *votes, size_t n, unsigned least)
{
    size_t best = SIZE_MAX;
    unsigned top = 0, second = 0;
    for (size_t i = 0; i < n; i++) {
        if (votes[i] > top) {
            second = top;
            top = votes[i];
            best = i;
        } else if (votes[i] > second) {
            second = votes[i];
        }
    }
    return top >= least && top > second ? best : SIZE_MAX;
}

/* The month of which the other articles on the page speak; where the text names months itself, one of them. */
static void infer_month(struct arena *arena, const struct page *page, struct article *article)
{
    struct votes around = {0}, inside = {0};
    for (size_t i = 0; i < page->lines.n; i++)
        if ((i < page->first || i > page->last) && !is_imprint(&page->lines, i))
            vote(page->lines.items[i].text, &around);
    vote(article->body, &inside);
    around.months[0] = inside.months[0] = 0;
    size_t year = winner(around.years, 200, 2), month = winner(around.months, 13, MIN_VOTES);
    size_t own = winner(inside.months, 13, 1);
    if (own != SIZE_MAX && (month == SIZE_MAX || inside.months[month] == 0))
        month = month == SIZE_MAX && winner(around.years, 200, MIN_VOTES) != SIZE_MAX ? own : SIZE_MAX;
    if (year == SIZE_MAX || month == SIZE_MAX)
        return;
    article->basis = BASIS_INFERRED;
    article->lo = date_from((int)year + 1990, (int)month, 1);
    article->hi = date_month_end(article->lo);
    article->date_evidence = str_from(arena_printf(arena, "주변 기사: %zu년 %u회, %zu월 %u회", year + 1990,
                                                   around.years[year], month, around.months[month]));
}

/* No date around the text, but a past day in it: the article is no older, and hardly much younger. */
static void infer_from_event(struct arena *arena, struct article *article)
{
    enum { USUAL_DELAY = 14 /* days within which local papers report */ };
    struct str words;
    date_t event = spoken_past_date(article->body, &words);
    if (event == DATE_NONE)
        return;
    article->basis = BASIS_INFERRED;
    article->lo = event;
    article->hi = date_month_end(event + USUAL_DELAY);
    article->date_evidence = str_from(arena_printf(arena, "본문: " STR_FMT, STR_ARG(words)));
}

static void set_exact(struct article *article, enum date_basis basis, date_t date, struct str words)
{
    article->basis = basis;
    article->published = article->lo = article->hi = date;
    article->date_evidence = words;
}

static void set_guess(struct article *article, date_t lo, date_t hi, struct str words)
{
    set_exact(article, BASIS_INFERRED, DATE_NONE, words);
    article->lo = lo;
    article->hi = hi;
}

/* A crawler's clock says when the page was fetched: the article is no younger. The day of its announcement is its own,
 * a day that the lead reports as past is the earliest; one of the last two days makes the clock's day likely. */
static void decide_by_crawl(struct arena *arena, struct str column, date_t crawled, struct article *article)
{
    enum {
        CRAWL_REACH = 30, /* days that a site's first pages hold */
        SAME_DAYS = 1     /* within which a text calls a day "17일" and not "지난 17일" */
    };
    struct spoken_day day;
    if (!spoken_find(article->body, crawled, true, &day)) {
        set_guess(article, crawled - CRAWL_REACH, crawled, str_copy(arena, column));
        return;
    }
    struct str words = str_from(arena_printf(arena, STR_FMT " (" STR_FMT ")", STR_ARG(column), STR_ARG(day.words)));
    if (day.is_announcement)
        set_exact(article, BASIS_METADATA, day.date, words);
    else if (crawled - day.date > 1)
        set_guess(article, day.date, day.is_past || crawled < day.date + SAME_DAYS ? crawled : day.date + SAME_DAYS,
                  words);
    else
        set_exact(article, BASIS_METADATA, crawled, str_copy(arena, column));
}

/* Does the page's address hold the day, as news sites' do: /2024/01/16/, ?code=20240116093000123? */
static bool url_says(struct str url, date_t date)
{
    struct ymd day = date_split(date);
    char forms[3][16];
    snprintf(forms[0], sizeof forms[0], "%04d%02d%02d", day.year, day.month, day.day);
    snprintf(forms[1], sizeof forms[1], "%04d/%02d/%02d", day.year, day.month, day.day);
    snprintf(forms[2], sizeof forms[2], "%04d-%02d-%02d", day.year, day.month, day.day);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (size_t at = 0; (at = str_find(url, str_from(forms[i]), at)) != SIZE_MAX; at++)
            if (at > 0 && !(url.p[at - 1] >= '0' && url.p[at - 1] <= '9'))
                return true;
    return false;
}

/* Only the source's column dates the article. What its address says as well is no crawl's date. The day that the text
 * itself names tells a crawl's date from a publication: what "4일 밝혔다" reports is out within three days (97 % of 339
 * articles whose column is right). */
static void decide_by_column(struct arena *arena, struct str column, const struct date_found *found,
                             struct article *article)
{
    struct spoken_day day;
    struct doubt doubt;
    bool confirmed = url_says(article->url, found->date);
    bool doubtful = !confirmed && doubt_column(article->title, article->body, found->date, &doubt);
    struct str words = doubtful ? doubt.words : (struct str){NULL, 0};
    if (!confirmed && !doubtful && dates_is_machine_stamp(column)) {
        decide_by_crawl(arena, column, found->date, article);
        return;
    }
    set_exact(article, BASIS_METADATA, found->date, str_copy(arena, column));
    if (!confirmed && !doubtful && spoken_find(article->body, found->date, false, &day) && day.is_announcement) {
        int days = found->date - day.date;
        doubtful = days > 3 && days < 28;
        doubt = (struct doubt){date_month_start(day.date), date_month_end(day.date), day.words};
        words = day.words;
    }
    if (doubtful)
        set_guess(article, doubt.lo, doubt.hi,
                  str_from(arena_printf(arena, STR_FMT " (" STR_FMT ")", STR_ARG(column), STR_ARG(words))));
}

/* The day in the source's column: its first date that is not labelled as one of change. */
static bool column_date(struct str text, struct date_found *out)
{
    struct date_found found;
    size_t begin;
    if (!dates_column(text, out))
        return false;
    for (found = *out; label_before(text, found.begin, &begin) == CUE_MODIFIED;)
        if (!dates_next(text, found.end, &found))
            return true;
    *out = found;
    return true;
}

static void decide(struct arena *arena, struct str source_date, const struct evidence *found, struct article *article)
{
    struct date_found column;
    bool has_column = column_date(source_date, &column);
    struct str words = decode_squeeze(arena, str_head(found->words, EVIDENCE_BYTES));
    set_exact(article, BASIS_UNKNOWN, DATE_NONE, (struct str){NULL, 0});
    bool page_wins = found->strength > 0 && found->label != CUE_MODIFIED &&
                     (found->label == CUE_PUBLISHED || !has_column || found->date <= column.date);
    if (page_wins) {
        if (has_column && column.date != found->date)
            words = str_from(arena_printf(arena, STR_FMT " (출처의 날짜 " STR_FMT "와 다름)", STR_ARG(words),
                                          STR_ARG(str_head(source_date, 40))));
        set_exact(article, BASIS_PUBLISHED, found->date, words);
    } else if (has_column) {
        decide_by_column(arena, str_head(source_date, EVIDENCE_BYTES), &column, article);
    } else if (found->strength > 0) {
        set_exact(article, BASIS_METADATA, found->date, words);
    }
}

void dating_record(struct arena *arena, struct str source_date, struct str text, struct str page_lines,
                   struct article *article)
{
    if (page_lines.n) {
        struct str raw = article->raw;
        article->raw = text;
        article->body_lines = page_lines;
        dating_date(arena, source_date, article);
        article->raw = raw;
        article->body_lines = (struct str){NULL, 0};
        return;
    }
    struct evidence found = search_record(text);
    decide(arena, source_date, &found, article);
}

void dating_page(struct arena *arena, struct str source_date, const struct lines *lines, struct article *article)
{
    struct page page;
    bool is_page = open_page(arena, lines, article, &page);
    struct evidence found = is_page ? search_page(&page) : search_record(article->body);
    decide(arena, source_date, &found, article);
    if (is_page && article->basis == BASIS_UNKNOWN)
        infer_month(arena, &page, article);
    if (article->basis == BASIS_UNKNOWN)
        infer_from_event(arena, article);
}

void dating_date(struct arena *arena, struct str source_date, struct article *article)
{
    struct lines lines = {0};
    if (article->body_lines.n)
        lines = lines_read(arena, article->raw);
    dating_page(arena, source_date, &lines, article);
}
