#include "ingest/listing.h"

#include "ingest/cues.h"
#include "ingest/dates.h"
#include "ingest/headline.h"

enum {
    ENTRIES = 3,      /* that make a list */
    LEAD_BYTES = 400, /* of an entry's text that its headline is compared with */
};

static const double SAME_MATTER = 0.34; /* overlap from which a heading is the headline of the line below it */

static bool is_dated(const struct line *line)
{
    struct date_found date;
    return (line->kind == LINE_DATE || line->kind == LINE_BYLINE) && dates_next(line->text, 0, &date);
}

/* Time and again a line with a date and a reporter follows the prose. */
static size_t dated_entries(const struct lines *lines, size_t first, size_t last)
{
    size_t entries = 0, since = SIZE_MAX; /* lines since prose */
    for (size_t i = first; i <= last; i++) {
        const struct line *line = &lines->items[i];
        if (line->kind == LINE_BLANK)
            continue;
        since = line->kind == LINE_PROSE ? 0 : since == SIZE_MAX ? since : since + 1;
        if (since > 0 && since <= 2 && is_dated(line)) {
            entries++;
            since = SIZE_MAX;
        }
    }
    return entries;
}

static bool is_lead(const struct line *line)
{
    return line->kind == LINE_PROSE || (line->kind == LINE_LONG && !line->wrapped);
}

/* "① …", "2. …", "◆ …": a heading within an article. */
static bool is_section_mark(struct str s)
{
    static const char *const marks[] = {"①", "②",  "③", "④", "⑤", "⑥", "◆", "◇", "■", "□", "○",
                                        "●", "ㅇ", "▶", "▲", "△", "-", "<", "(", "[", NULL};
    return str_starts_any(s, marks) || (s.n > 1 && s.p[0] >= '0' && s.p[0] <= '9' && (s.p[1] == '.' || s.p[1] == ')'));
}

static bool is_headline(const struct line *line)
{
    if (is_section_mark(line->text))
        return false;
    bool linked = line->kind == LINE_ITEM && line->marks & MARK_LINK;
    return (line->kind == LINE_SHORT || line->kind == LINE_LONG || linked) && line->chars >= 12 && line->chars <= 80 &&
           line->words >= 3 && !line->wrapped && !line->complete;
}

/* Most leads are cut off, or most stand below a headline that says the same: an article has one headline, and the
 * headings within it many paragraphs each. */
static bool has_entries(const struct lines *lines, size_t first, size_t last)
{
    size_t leads = 0, cut = 0, headed = 0, above = SIZE_MAX;
    for (size_t i = first; i <= last; i++) {
        const struct line *line = &lines->items[i];
        if (line->kind == LINE_BLANK)
            continue;
        bool heading = above != SIZE_MAX && is_headline(&lines->items[above]);
        if (is_lead(line) && !(is_headline(line) && !heading)) {
            leads++;
            cut += lines_is_cut_off(line->text);
            headed +=
                heading && headline_overlap(lines->items[above].text, str_head(line->text, LEAD_BYTES)) >= SAME_MATTER;
        }
        above = i;
    }
    return (cut >= ENTRIES && cut * 5 >= leads * 3) || (headed >= ENTRIES && headed * 5 >= leads * 3);
}

bool listing_is(const struct lines *lines, size_t first, size_t last)
{
    while (first > 0 && !lines_is_barrier(&lines->items[first - 1]))
        first--;
    while (last + 1 < lines->n && !lines_is_barrier(&lines->items[last + 1]))
        last++;
    return dated_entries(lines, first, last) >= ENTRIES || has_entries(lines, first, last);
}
