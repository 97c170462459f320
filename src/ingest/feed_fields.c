/* What the elements of feeds mean, and how their values are to be taken. */
#include "ingest/feed.h"

#include "ingest/outlet.h"

#include <stdio.h>
#include <string.h>

/* Of a declared namespace. */
static enum feed_space space_of(struct str uri)
{
    static const struct {
        const char *uri;
        enum feed_space space;
    } known[] = {
        {"http://www.w3.org/2005/Atom", SPACE_FEED},
        {"http://purl.org/atom/ns#", SPACE_FEED},
        {"http://purl.org/rss/1.0/", SPACE_FEED},
        {"http://channel.netscape.com/rdf/simple/0.9/", SPACE_FEED},
        {"http://my.netscape.com/rdf/simple/0.9/", SPACE_FEED},
        {"http://backend.userland.com/rss2", SPACE_FEED},
        {"http://purl.org/rss/1.0/modules/content/", SPACE_CONTENT},
        {"http://purl.org/dc/elements/1.1/", SPACE_DC},
        {"http://purl.org/dc/terms/", SPACE_DC},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_equal(uri, str_from(known[i].uri)))
            return known[i].space;
    return SPACE_OTHER;
}

/* Of a prefix that nobody has declared. */
static enum feed_space space_by_prefix(struct str name)
{
    static const char *const feeds[] = {"", "atom", "rss", NULL}, *const dublin_core[] = {"dc", "dcterms", NULL};
    if (str_is_any(name, feeds))
        return SPACE_FEED;
    if (str_is_any(name, dublin_core))
        return SPACE_DC;
    return str_equal(name, STR("content")) ? SPACE_CONTENT : SPACE_OTHER;
}

static void learn_prefix(struct feed_prefixes *prefixes, const char *name, enum feed_space space)
{
    size_t i = 0;
    while (i < prefixes->n && strcmp(prefixes->items[i].name, name) != 0)
        i++;
    if (i == FEED_PREFIXES)
        return;
    snprintf(prefixes->items[i].name, FEED_NAME, "%s", name);
    prefixes->items[i].space = space;
    prefixes->n += i == prefixes->n;
}

void feed_learn_prefixes(struct feed_prefixes *prefixes, const char *const *attributes)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strncmp(attributes[i], "xmlns:", 6) == 0)
            learn_prefix(prefixes, attributes[i] + 6, space_of(str_from(attributes[i + 1])));
}

enum feed_space feed_split_name(const struct feed_prefixes *prefixes, const char *name, char local[FEED_NAME])
{
    const char *colon = strchr(name, ':');
    struct str prefix = {name, colon ? (size_t)(colon - name) : 0};
    snprintf(local, FEED_NAME, "%s", colon ? colon + 1 : name);
    for (size_t i = 0; i < prefixes->n; i++)
        if (str_equal(prefix, str_from(prefixes->items[i].name)))
            return prefixes->items[i].space;
    return space_by_prefix(prefix);
}

enum field feed_role(enum feed_space space, struct str local, size_t *rank)
{
    static const struct {
        enum feed_space space;
        const char *name;
        enum field field;
        size_t rank;
    } roles[] = {
        {SPACE_FEED, "title", F_TITLE, 0},
        {SPACE_DC, "title", F_TITLE, 1},
        {SPACE_FEED, "link", F_URL, 0},
        {SPACE_FEED, "guid", F_ID, 0},
        {SPACE_FEED, "id", F_ID, 0},
        {SPACE_DC, "identifier", F_ID, 1},
        {SPACE_FEED, "pubDate", F_DATE, 0},
        {SPACE_FEED, "published", F_DATE, 0},
        {SPACE_FEED, "issued", F_DATE, 1},
        {SPACE_DC, "issued", F_DATE, 1},
        {SPACE_DC, "date", F_DATE, 2},
        {SPACE_FEED, "date", F_DATE, 2},
        {SPACE_FEED, "updated", F_DATE, 3},
        {SPACE_FEED, "modified", F_DATE, 3},
        {SPACE_CONTENT, "encoded", F_BODY, 0},
        {SPACE_FEED, "content", F_BODY, 0},
        {SPACE_FEED, "description", F_BODY, 0},
        {SPACE_FEED, "summary", F_BODY, 0},
        {SPACE_DC, "description", F_BODY, 0},
        {SPACE_FEED, "source", F_OUTLET, 0},
        {SPACE_DC, "publisher", F_OUTLET, 1},
        {SPACE_FEED, "author", F_OUTLET, 2},
        {SPACE_DC, "creator", F_OUTLET, 2},
        {SPACE_FEED, "category", F_KEYWORDS, 0},
        {SPACE_DC, "subject", F_KEYWORDS, 0},
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (roles[i].space == space && str_equal(local, str_from(roles[i].name))) {
            *rank = roles[i].rank;
            return roles[i].field;
        }
    return FIELDS;
}

/* Takes the next part of a title off *rest: up to a dash or bar between blanks, a bracket, ">" or "::". */
static bool next_part(struct str *rest, struct str *part)
{
    static const char *const marks[] = {" - ", " – ", " — ", " | ", " : ", "::", " > ", "[", "]", "|", "ㅣ", " · "};
    size_t end = rest->n, skip = 0;
    if (!rest->n)
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = str_find(str_slice(*rest, 0, end), str_from(marks[i]), 0);
        if (at != SIZE_MAX) {
            end = at;
            skip = strlen(marks[i]);
        }
    }
    *part = str_trim(str_slice(*rest, 0, end));
    *rest = str_slice(*rest, end + skip, rest->n);
    return true;
}

static struct str without_label(struct str part)
{
    static const char *const labels[] = {"RSS",      "rss",       "Feed",     "피드",     "전체기사",  "전체 기사",
                                         "최신기사", "최신 기사", "최신뉴스", "보도자료", "보도 자료", "서비스"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_ends(part, str_from(labels[i]))) {
            part = str_trim(str_slice(part, 0, part.n - strlen(labels[i])));
            i = SIZE_MAX; /* from the first again: it is shorter now */
        }
    return part;
}

struct str feed_outlet(struct str title)
{
    struct str rest = title, part, first = {NULL, 0};
    while (next_part(&rest, &part)) {
        part = without_label(part);
        if (outlet_is(part))
            return part;
        if (!first.n)
            first = part;
    }
    struct str name = outlet_among(title);
    return name.n ? name : first;
}

struct str feed_agency(struct str *title)
{
    static const char *const blanks[] = {" ", "[", NULL}, *const endings[] = {"부", "처", "청", "위원회", NULL};
    enum { SHORTEST = 3 * 3, LONGEST = 16 * 3 }; /* bytes of Hangul */
    struct str rest = *title;
    size_t end = str_starts(rest, STR("[")) ? str_find(rest, STR("]"), 0) : SIZE_MAX;
    struct str name = end == SIZE_MAX ? STR("") : str_slice(rest, 1, end);
    if (name.n < SHORTEST || name.n > LONGEST || str_has_any(name, blanks) || !str_ends_any(name, endings))
        return STR("");
    *title = str_trim(str_slice(rest, end + 1, rest.n));
    return name;
}

static size_t digits(struct str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

void feed_date(struct str date, struct buf *out)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (size_t i = 0; i < date.n;) {
        size_t n = digits(date, i);
        size_t month = n == 1 || n == 2 ? (size_t)(date.p[i] - '0') : 0;
        if (n == 2)
            month = month * 10 + (size_t)(date.p[i + 1] - '0');
        bool year_first = i >= 4 && str_equal(str_slice(date, i - 4, i), STR("년 ")); /* "2024년 1월" is understood */
        if (month >= 1 && month <= 12 && !year_first && str_starts(str_slice(date, i + n, date.n), STR("월 "))) {
            buf_text(out, months[month - 1]);
            i += n + strlen("월");
        } else if (n && i > 3 && date.p[i - 1] == '.' && date.p[i - 4] == ':') {
            out->n--; /* the point */
            i += n;
        } else {
            buf_add(out, date.p + i, n ? n : 1);
            i += n ? n : 1;
        }
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool feed_is_markup(struct str s)
{
    enum { LONGEST_ENTITY = 10 };
    size_t last = s.n; /* sign that ends a tag */
    while (last > 0 && s.p[last - 1] != '>')
        last--;
    for (size_t i = 0; i + 3 < s.n; i++) {
        if (s.p[i] == '<') {
            size_t name = i + 1 + (s.p[i + 1] == '/');
            if (is_letter(s.p[name]) && name < last)
                return true;
        } else if (s.p[i] == '&') {
            size_t at = i + 1 + (s.p[i + 1] == '#'), from = at;
            while (at < s.n && at - i <= LONGEST_ENTITY && (is_letter(s.p[at]) || digits(s, at)))
                at++;
            if (at < s.n && at > from + (from == i + 1) && s.p[at] == ';')
                return true;
        }
    }
    return false;
}

size_t feed_visible(struct str s)
{
    size_t n = 0;
    bool tag = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '<' && i + 1 < s.n && (is_letter(s.p[i + 1]) || s.p[i + 1] == '/' || s.p[i + 1] == '!'))
            tag = true;
        n += !tag && (unsigned char)s.p[i] > ' ';
        tag = tag && s.p[i] != '>';
    }
    return n;
}

const char *feed_refusal(const char *root)
{
    static const char *const known[][2] = {
        {"urlset", "a sitemap: addresses without texts"},
        {"sitemapindex", "a sitemap: addresses without texts"},
        {"svg", "an SVG picture"},
        {"opml", "an OPML list of feeds"},
        {"html", "an XHTML page"},
        {"Workbook", "a workbook saved as XML: save it as .xlsx"},
        {"kml", "a KML map"},
        {"plist", "a property list"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(root, known[i][0]) == 0)
            return known[i][1];
    return NULL;
}
