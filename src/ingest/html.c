/* HTML pages. What the page shows is read as lines; what its markup says of them decides where it says something, and
 * the rules for page text decide the rest. Its metadata name the article, its address and its outlet.
 *
 * Its dates: a day that the page prints as its publication (기사입력, 등록) is what its readers see and wins, as over
 * any source's column (dating.c). Metadata stand for such a column: templates fill them in unseen, some with the day of
 * a change or of the fetch; so that the checks against the text hold for them too. */
#include "ingest/html.h"

#include "base/utf8.h"
#include "ingest/headline.h"
#include "ingest/html_meta.h"
#include "ingest/outlet.h"
#include "ingest/page.h"

#include <string.h>

enum {
    HINTED = 3,        /* rank of an element that its class names */
    LEAST_PROSE = 60,  /* characters of prose in an element that holds an article */
    LEAST_TITLE = 8,   /* characters of a headline that only the page's head has */
    FIRST_BYTES = 60,  /* by which a text is found again */
    LEAD_BYTES = 3000, /* of the text that a headline is compared with */
    ERROR_BYTES = 900, /* of the longest error message */
    SHARE_HINTED = 4,  /* an element whose class says so has at least a quarter of the page's prose … */
    SHARE = 2          /* … any other half of it */
};
static const double SAME_MATTER = 0.34, NEARLY_ALL = 0.75; /* overlap from which a title is that of the text */

/* Does the text begin with the tag, in letters of either case? */
static bool begins_tag(struct str text, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < n; i++)
        if (i >= text.n || (text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + 32 : text.p[i]) != name[i])
            return false;
    return n == text.n || strchr(" \t\n\r/>", text.p[n]);
}

/* Without comments, "<?xml …?>" and blanks at its start. */
static struct str behind_prolog(struct str text)
{
    for (;;) {
        text = str_trim(text);
        bool comment = str_starts(text, STR("<!--")), instruction = str_starts(text, STR("<?xml"));
        size_t end = str_find(text, comment ? STR("-->") : STR(">"), 0);
        if (!(comment || instruction) || end == SIZE_MAX)
            return text;
        text = str_slice(text, end + (comment ? 3 : 1), text.n);
    }
}

bool html_detects(const struct head *head)
{
    static const char *const names[] = {"<!doctype html", "<html",   "<head",    "<body",     "<title", "<meta",
                                        "<div",           "<table",  "<article", "<main",     "<p",     "<script",
                                        "<style",         "<center", "<link",    "<frameset", "<h1",    "<h2"};
    struct str text = behind_prolog(head->text);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (begins_tag(text, names[i]))
            return true;
    return false;
}

/* Characters of prose in the lines before each: [n + 1]. */
static size_t *sum_prose(struct arena *arena, const struct lines *lines)
{
    size_t *sums = ARENA_ARRAY(arena, lines->n + 1, size_t);
    for (size_t i = 0; i < lines->n; i++) {
        const struct line *line = &lines->items[i];
        sums[i + 1] = sums[i] + (line->kind == LINE_PROSE || line->kind == LINE_LONG ? line->chars : 0);
    }
    return sums;
}

/* The element that holds the article: the least of those with most of the prose, of the rank that says most. NULL where
 * none is sure, as on pages with many. */
static const struct html_range *choose_range(const struct html_page *page, const size_t *sums)
{
    for (unsigned rank = 4; rank > 0; rank--) {
        const struct html_range *best = NULL;
        size_t most = 0, second = 0, share = rank >= HINTED ? SHARE_HINTED : SHARE;
        for (size_t i = 0; i < page->n_ranges; i++) {
            const struct html_range *r = &page->ranges[i];
            size_t prose = r->end <= page->lines && r->first < r->end ? sums[r->end] - sums[r->first] : 0;
            if (r->rank != rank || !prose)
                continue;
            bool inside = best && r->first >= best->first && r->end <= best->end;
            if (inside && prose * 10 >= most * 9) {
                best = r;
            } else if (prose > most) {
                second = best && !(best->first >= r->first && best->end <= r->end) ? most : second;
                best = r;
                most = prose;
            } else if (!inside && prose > second) {
                second = prose;
            }
        }
        if (best && most >= LEAST_PROSE && most * share >= sums[page->lines] && most >= 2 * second)
            return best;
    }
    return NULL;
}

/* Nothing outside of the article's element is the article's. Where the element's own class says so, boxes and links of
 * others within it do not end the text either. */
static void mark_outside(struct lines *lines, const struct html_range *range)
{
    for (size_t i = 0; range && i < lines->n; i++) {
        struct line *line = &lines->items[i];
        if (i < range->first || i >= range->end)
            line->marks |= MARK_OUTSIDE;
        else if (range->rank >= HINTED && line->marks & (MARK_AROUND | MARK_LINK))
            line->worth = 0;
    }
}

/* Its headline without section and site, which may be all that <title> has. */
static void settle_headline(struct arena *arena, struct html_meta *meta)
{
    struct str named = headline_clean(arena, meta->headline), title = headline_clean(arena, meta->title);
    meta->headline = utf8_count(named) >= LEAST_TITLE ? named : utf8_count(title) >= LEAST_TITLE ? title : STR("");
}

/* Is the headline that the page's head has the article's, and not that of its site or section? It is where the text
 * has it too, in other words or with other marks, or where the text has none and speaks of the same. */
static bool is_own_headline(struct str headline, const struct content *content)
{
    struct line line = {.text = headline};
    lines_count_words(&line);
    if (line.words < 3)
        return false;
    if (content->title.n && !str_starts(content->body, content->title))
        return headline_overlap(headline, content->title) >= NEARLY_ALL;
    return headline_overlap(headline, str_head(content->body, LEAD_BYTES)) >= SAME_MATTER;
}

/* "페이지를 찾을 수 없습니다": pages that servers send with such words instead of an article. */
static bool names_error(struct str text)
{
    static const char *const words[] = {
        "찾을 수 없",  "존재하지 않", "삭제되었거나", "삭제된 기사",   "삭제된 게시",     "잘못된 접근",
        "잘못된 경로", "접근 권한",   "Not Found",    "not found",     "로그인이 필요",   "로그인 후 이용",
        "회원만 ",     "점검 중",     "점검중",       "JavaScript를 ", "자바스크립트를 ", NULL};
    return str_has_any(text, words);
}

/* They speak politely, as news seldom does. */
static bool is_error_page(struct str body)
{
    struct line line = {.text = body};
    lines_count_words(&line);
    return body.n < ERROR_BYTES && line.polite && line.da == line.polite && names_error(body);
}

static bool reject(const struct source *source, const struct html_page *page, const struct lines *lines,
                   const struct html_meta *meta)
{
    enum { MOST_LINKS = 10 };
    size_t links = 0, prose = 0;
    const char *code, *why = page_why_none(lines, &code);
    for (size_t i = 0; i < lines->n; i++) {
        links += (lines->items[i].marks & MARK_LINK) != 0;
        prose += lines->items[i].kind == LINE_PROSE;
    }
    if (page->frames && !prose)
        why = "no article in it: frames that show other pages";
    else if (!page->text.n)
        why = "no article in it: nothing that the page shows without its scripts";
    else if (names_error(meta->title) || str_find(meta->title, STR("404"), 0) != SIZE_MAX ||
             (page->text.n < ERROR_BYTES && names_error(page->text)))
        why = "no article in it: an error message";
    else if (page->password && prose < 3)
        why = "no article in it: a log-in form";
    else if (strcmp(why, "no article in it") == 0 && links >= MOST_LINKS)
        why = "no article in it: a list of others";
    return page_reject(source, str_starts(str_from(why), STR("no article")) ? "no-article" : code, why);
}

/* The number of the line that shows the first words of a text, or else its headline: dates stand beside it. "" for
 * none. */
static struct str place_of(struct arena *arena, const struct lines *lines, struct str title, struct str body)
{
    size_t at = lines->n;
    struct str first = str_head(body, FIRST_BYTES);
    for (size_t i = lines->n; i-- > 0;)
        if (str_find(lines->items[i].text, first, 0) != SIZE_MAX)
            at = i;
    for (size_t i = lines->n; at == lines->n && i-- > 0;)
        at = str_equal(lines->items[i].text, title) ? i : at;
    return at < lines->n ? str_from(arena_printf(arena, "%zu", at + 1)) : STR("");
}

/* For a page that shows its article only by a script, what its metadata hold of it. */
static bool hidden_body(struct arena *arena, const struct html_meta *meta, const struct lines *lines,
                        struct content *out)
{
    struct str unused, outlet = {NULL, 0};
    *out = (struct content){0};
    if (!meta->headline.n || !meta->body.n)
        return false;
    struct diag_list unheard = {0};
    struct str body = decode_clean(arena, "", 0, html_to_text(arena, meta->body), &unheard);
    diag_free(&unheard);
    out->title = meta->headline;
    out->body = content_trim_body(arena, out->title, out->subtitle, body, &outlet, &unused);
    out->body_lines = place_of(arena, lines, out->title, out->body);
    out->outlet = outlet;
    out->is_article = utf8_count(out->body) >= LEAST_PROSE;
    return out->is_article;
}

/* Where the page shows no more than the first words of what its metadata hold, the article is all of that. */
static void take_whole_body(struct arena *arena, const struct html_meta *meta, const struct lines *lines,
                            struct content *content)
{
    struct content whole;
    if (meta->body.n < 2 * content->body.n || !hidden_body(arena, meta, lines, &whole))
        return;
    struct str shown = str_head(decode_squeeze(arena, content->body), FIRST_BYTES);
    if (whole.body.n > content->body.n && str_find(decode_squeeze(arena, whole.body), shown, 0) != SIZE_MAX)
        content->body = whole.body;
}

/* "headline | section | ○○신문": the newspaper at the end of the page's title; "" for none. */
static struct str title_outlet(struct str title)
{
    static const char *const marks[] = {" | ", " - ", " < ", " :: ", " : "};
    size_t from = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (size_t at = str_find(title, str_from(marks[i]), from); at != SIZE_MAX;
             at = str_find(title, str_from(marks[i]), from))
            from = at + strlen(marks[i]);
    struct str last = str_trim(str_slice(title, from, title.n));
    return from && outlet_is(last) ? last : STR("");
}

static bool emit(struct arena *arena, const struct source *source, struct page *page, const struct html_meta *meta,
                 const struct content *content, struct err *err)
{
    if (is_own_headline(meta->headline, content))
        page->facts[F_TITLE] = meta->headline;
    page->facts[F_OUTLET] = meta->outlet.n || content->outlet.n ? meta->outlet : title_outlet(meta->title);
    page->facts[F_DATE] = meta->published;
    page->facts[F_URL] = meta->url;
    page->facts[F_KEYWORDS] = meta->keywords;
    return page_emit(arena, source, page, content, err);
}

/* Reads the page's lines, without the marks of `mask`, and finds the article among them. */
static bool choose(struct arena *arena, const struct html_page *shown, const struct html_meta *meta, unsigned mask,
                   struct lines *lines, struct content *content)
{
    unsigned char *marks = arena_alloc(arena, shown->lines + 1);
    for (size_t i = 0; i < shown->lines; i++)
        marks[i] = (unsigned char)(shown->marks[i] & ~mask);
    *lines = lines_read_marked(arena, shown->text, marks, shown->lines);
    lines->headline = meta->headline;
    mark_outside(lines, choose_range(shown, sum_prose(arena, lines)));
    return content_choose(arena, lines, content) && !is_error_page(content->body);
}

bool html_read_page(struct arena *arena, const struct source *source, struct err *err)
{
    struct html_page shown;
    struct html_meta meta;
    struct content content;
    struct lines lines;
    struct page page = {.reader = "html/1", .canonical = source->decoded.text, .lines = &lines};
    html_visible(arena, source->decoded.text, &shown);
    if (lines_too_many(shown.text))
        return page_reject(source, "too-many-lines", "more lines than a page has");
    html_meta(arena, source->decoded.text, &meta);
    settle_headline(arena, &meta);
    page.text = shown.text;
    bool found = choose(arena, &shown, &meta, 0, &lines, &content);
    if (!found && meta.published.n) /* it is one: perhaps a class is no navigation after all */
        found = choose(arena, &shown, &meta, MARK_AROUND, &lines, &content);
    if (found)
        take_whole_body(arena, &meta, &lines, &content);
    if (found || hidden_body(arena, &meta, &lines, &content))
        return emit(arena, source, &page, &meta, &content, err);
    return reject(source, &shown, &lines, &meta);
}

struct str html_to_text(struct arena *arena, struct str html)
{
    struct html_page page;
    if (!html.n || (!memchr(html.p, '<', html.n) && !memchr(html.p, '&', html.n)))
        return html;
    html_visible(arena, html, &page);
    return page.text;
}
