#include "ingest/html_meta.h"

#include "base/limits.h"
#include "base/link.h"
#include "base/utf8.h"
#include "ingest/dates.h"
#include "ingest/html_elements.h"
#include "ingest/html_ld.h"
#include "ingest/html_token.h"

#include <string.h>

enum {
    LONGEST_URL = LIMIT_URL_BYTES,
    LONGEST_VALUE = 1000,
    SAVED_HEAD = 4000 /* bytes in which a browser notes whence it saved */
};

enum what { HEADLINE, OUTLET, PUBLISHED, URL, KEYWORDS, WHATS };

/* Names of <meta name|property|itemprop>, the more trustworthy the higher its rank (JSON-LD has HTML_LD_RANK). Dates of
 * change are no publication, and a description is the site's as often as the article's. */
static const struct name {
    const char *name;
    enum what what;
    unsigned rank;
} names[] = {
    {"og:title", HEADLINE, 5},
    {"twitter:title", HEADLINE, 4},
    {"dc.title", HEADLINE, 3},
    {"title", HEADLINE, 2},
    {"headline", HEADLINE, 6},
    {"article:media_name", OUTLET, 8}, /* portals: whose the article is */
    {"og:article:author", OUTLET, 7},
    {"og:site_name", OUTLET, 5},
    {"dc.publisher", OUTLET, 4},
    {"application-name", OUTLET, 2},
    {"article:published_time", PUBLISHED, 8},
    {"og:article:published_time", PUBLISHED, 8},
    {"og:regdate", PUBLISHED, 7},
    {"article:published", PUBLISHED, 7},
    {"datepublished", PUBLISHED, 7},
    {"dc.date.issued", PUBLISHED, 6},
    {"dcterms.issued", PUBLISHED, 6},
    {"citation_publication_date", PUBLISHED, 6},
    {"pubdate", PUBLISHED, 5},
    {"publishdate", PUBLISHED, 5},
    {"publish_date", PUBLISHED, 5},
    {"parsely-pub-date", PUBLISHED, 5},
    {"sailthru.date", PUBLISHED, 4},
    {"regdate", PUBLISHED, 4},
    {"dc.date", PUBLISHED, 3},
    {"date", PUBLISHED, 3},
    {"og:url", URL, 5},
    {"twitter:url", URL, 3},
    {"news_keywords", KEYWORDS, 5},
    {"article:tag", KEYWORDS, 4},
};

struct found {
    struct str value[WHATS];
    const char *name[WHATS]; /* that said it, for the evidence */
    unsigned rank[WHATS];
    date_t time; /* of <time datetime>, where all agree */
    bool times_differ, in_title;
};

static void take(struct found *found, enum what what, unsigned rank, const char *name, struct str value)
{
    if (value.n && rank > found->rank[what]) {
        found->value[what] = value;
        found->rank[what] = rank;
        found->name[what] = name;
    }
}

/* An absolute one, http(s), without credentials, of one page; "" where it is none such. */
static struct str page_address(struct arena *arena, struct str value)
{
    struct str s = str_trim(html_decode(arena, value, true));
    if (s.n > LONGEST_URL || !link_is_page(s))
        return STR("");
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || strchr("\"<>\x7f", s.p[i]))
            return STR("");
    /* an article has a number or a long name in its address; what has neither is the site's, which lazy templates give
     */
    size_t host = str_find(s, STR("//"), 0) + 2, path = str_find(s, STR("/"), host);
    struct str rest = path == SIZE_MAX ? STR("") : str_slice(s, path + 1, s.n);
    enum { SLUG = 16 };
    bool number = false;
    for (size_t i = 0; i < rest.n; i++)
        number = number || (rest.p[i] >= '0' && rest.p[i] <= '9');
    return number || rest.n >= SLUG ? s : STR("");
}

static void take_named(struct arena *arena, struct found *found, struct str name, struct str value)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct date_found date;
        if (!html_is(name, names[i].name))
            continue;
        value = html_decode(arena, value, true);
        if (names[i].what == URL)
            value = page_address(arena, value);
        if (names[i].what != PUBLISHED || dates_next(value, 0, &date))
            take(found, names[i].what, names[i].rank, names[i].name, str_trim(value));
        return;
    }
}

static void note_time(struct found *found, struct str value)
{
    struct date_found date;
    if (!dates_next(value, 0, &date))
        return;
    found->times_differ = found->times_differ || (found->time != DATE_NONE && found->time != date.date);
    found->time = date.date;
}

/* <meta>, <link>, <time>, and anything with an itemprop that has its value in an attribute. */
static void read_tag(struct arena *arena, const struct html_token *token, struct found *found)
{
    struct str name, value, key = {NULL, 0}, item = {NULL, 0}, content = {NULL, 0}, rel = {NULL, 0}, href = {NULL, 0},
                            datetime = {NULL, 0};
    for (size_t at = 0; html_next_attribute(token->attributes, &at, &name, &value);) {
        struct str *to = html_is(name, "name") || html_is(name, "property") ? &key
                         : html_is(name, "itemprop")                        ? &item
                         : html_is(name, "content")                         ? &content
                         : html_is(name, "rel")                             ? &rel
                         : html_is(name, "href")                            ? &href
                         : html_is(name, "datetime")                        ? &datetime
                                                                            : NULL;
        if (to && !to->n)
            *to = value;
    }
    if (html_is(token->name, "meta") && key.n)
        take_named(arena, found, str_trim(key), content);
    if (item.n)
        take_named(arena, found, str_trim(item), content.n ? content : datetime);
    if (html_is(token->name, "time") && datetime.n)
        note_time(found, html_decode(arena, datetime, true));
    if (html_is(token->name, "link") && html_is(str_trim(rel), "canonical"))
        take(found, URL, 7, "canonical", page_address(arena, href));
}

static bool is_ld_json(const struct html_token *token)
{
    struct str name, value;
    for (size_t at = 0; html_next_attribute(token->attributes, &at, &name, &value);)
        if (html_is(name, "type"))
            return html_is(str_trim(value), "application/ld+json");
    return false;
}

/* "<!-- saved from url=(0042)https://… -->": where a browser saved the page from. */
static struct str saved_from(struct arena *arena, struct str html)
{
    struct str head = str_head(html, SAVED_HEAD);
    size_t at = str_find(head, STR("<!-- saved from url=("), 0);
    size_t from = at == SIZE_MAX ? at : str_find(head, STR(")"), at);
    size_t to = from == SIZE_MAX ? from : str_find(head, STR("-->"), from);
    return to == SIZE_MAX ? STR("") : page_address(arena, str_slice(head, from + 1, to));
}

static struct str clean(struct arena *arena, struct str value)
{
    struct diag_list unheard = {0};
    struct str s = decode_squeeze(arena, decode_clean(arena, "", 0, str_head(value, LONGEST_VALUE), &unheard));
    diag_free(&unheard);
    return s;
}

/* Whose page it is: no portal, and no "○○일보 | 네이버". */
static struct str clean_outlet(struct arena *arena, struct str value)
{
    enum { LONGEST = 30 };
    static const char *const marks[] = {" | ", " - ", " :: "};
    struct str s = clean(arena, value);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        s = str_trim(str_slice(s, 0, str_find(s, str_from(marks[i]), 0)));
    bool address = str_find(s, STR("."), 0) != SIZE_MAX || str_find(s, STR("/"), 0) != SIZE_MAX;
    return address || utf8_count(s) > LONGEST || str_equal(html_hint(s), STR("portal")) ? STR("") : s;
}

static void keep(struct arena *arena, const struct found *found, struct html_meta *out)
{
    struct date_found date;
    out->headline = clean(arena, found->value[HEADLINE]);
    out->outlet = clean_outlet(arena, found->value[OUTLET]);
    out->url = str_copy(arena, found->value[URL]);
    out->keywords = clean(arena, found->value[KEYWORDS]);
    if (dates_next(found->value[PUBLISHED], 0, &date))
        out->published = str_from(arena_printf(arena, "%s: %s", found->name[PUBLISHED], date_iso(date.date).p));
    else if (found->time != DATE_NONE && !found->times_differ)
        out->published = str_from(arena_printf(arena, "time: %s", date_iso(found->time).p));
}

void html_meta(struct arena *arena, struct str html, struct html_meta *out)
{
    struct found found = {.time = DATE_NONE};
    struct html_ld ld = {0};
    struct date_found date;
    struct html_scan scan = {.html = html};
    struct html_token token;
    bool json = false, title = false;
    *out = (struct html_meta){0};
    while (html_next(&scan, &token)) {
        if (json && token.kind == HTML_TEXT)
            html_ld(arena, token.text, &ld);
        if (title && token.kind == HTML_TEXT && !out->title.n)
            out->title = clean(arena, html_decode(arena, token.text, false));
        json = title = false;
        if (token.kind != HTML_START)
            continue;
        json = html_is(token.name, "script") && is_ld_json(&token);
        title = html_is(token.name, "title") && scan.raw.n > 0;
        read_tag(arena, &token, &found);
    }
    take(&found, HEADLINE, HTML_LD_RANK, "headline", ld.headline);
    take(&found, OUTLET, HTML_LD_RANK, "publisher", ld.publisher);
    if (dates_next(ld.published, 0, &date))
        take(&found, PUBLISHED, HTML_LD_RANK, "datePublished", ld.published);
    take(&found, URL, 6, "url", page_address(arena, ld.url));
    take(&found, KEYWORDS, HTML_LD_RANK, "keywords", ld.keywords);
    take(&found, URL, 1, "saved from", saved_from(arena, html));
    keep(arena, &found, out);
    out->body = ld.body;
}
