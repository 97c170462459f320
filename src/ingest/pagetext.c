/* Page text as scraped: a whole page's visible text, one article in it. */
#include "ingest/content.h"
#include "ingest/dating.h"
#include "ingest/headline.h"
#include "ingest/mapping.h"
#include "ingest/reader.h"

#include "base/utf8.h"

static bool is_http(struct str s)
{
    return str_starts(s, STR("http://")) || str_starts(s, STR("https://"));
}

/* The page's own address where it names one: an "original_url:" of front matter, "원문: …", a line that is an address.
 */
static struct str own_url(struct str page)
{
    static const char *const labels[] = {
        "original_url:", "url:", "URL:", "- 원문:", "원문:", "주소:", "URL :", "기사주소:"};
    struct str rest = page, line;
    for (size_t n = 0; n < 40 && str_line(&rest, &line); n++) {
        line = str_trim(line);
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            if (str_starts(line, str_from(labels[i])))
                line = str_trim(str_slice(line, str_from(labels[i]).n, line.n));
        if (line.n > 2 && line.p[0] == '"' && line.p[line.n - 1] == '"')
            line = str_slice(line, 1, line.n - 1);
        if (is_http(line) && line.n < 2000 && str_find(line, STR(" "), 0) == SIZE_MAX)
            return line;
    }
    return (struct str){NULL, 0};
}

struct front {
    struct str title, date, outlet;
};

static struct str unquoted(struct str s)
{
    bool quoted = s.n > 1 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    return quoted ? str_trim(str_slice(s, 1, s.n - 1)) : s;
}

/* Front matter, "---", "key: value" lines, "---": what it says under the names of data/fields.tsv. Empty where the page
 * has none. */
static struct front front_matter(struct str page)
{
    struct front front = {0};
    struct str rest = page, line;
    struct {
        const char *name;
        struct str *value;
        size_t rank;
    } keys[] = {{"title", &front.title, 0}, {"date", &front.date, 0}, {"outlet", &front.outlet, 0}};
    if (!str_line(&rest, &line) || !str_equal(str_trim(line), STR("---")))
        return front;
    for (size_t n = 0; n < LINES_FRONT && str_line(&rest, &line); n++) {
        size_t colon = str_find(line, STR(":"), 0), rank = 0;
        if (str_equal(str_trim(line), STR("---")))
            return front;
        if (colon == SIZE_MAX)
            continue;
        struct str name = fields_name(str_trim(str_slice(line, 0, colon)), &rank);
        struct str value = unquoted(str_trim(str_slice(line, colon + 1, line.n)));
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (value.n && str_equal(name, str_from(keys[i].name)) && (!keys[i].value->n || rank < keys[i].rank)) {
                *keys[i].value = value;
                keys[i].rank = rank;
            }
    }
    return (struct front){0}; /* never closed: a rule above a page */
}

/* The page alone, or with the columns that tell it from the same text at another place. */
static struct str canonical_page(struct arena *arena, struct str page, const struct ingest_columns *columns)
{
    struct buf out = {0};
    if (!columns)
        return page;
    buf_str(&out, page);
    const struct str parts[] = {columns->outlet, columns->date, columns->url};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_char(&out, '\x1f');
        buf_str(&out, parts[i]);
    }
    struct str result = str_copy(arena, buf_view(&out));
    buf_free(&out);
    return result;
}

/* What the page's front matter leaves open, its columns say. */
static void add_columns(struct arena *arena, const struct ingest_columns *columns, struct front *front,
                        struct article *article)
{
    if (!columns)
        return;
    if (!front->date.n)
        front->date = columns->date;
    if (!front->outlet.n && columns->outlet.n)
        article->outlet = decode_squeeze(arena, columns->outlet);
    if (!article->url.n && is_http(columns->url) && columns->url.n < 2000)
        article->url = columns->url;
    article->hint_regions = columns->regions;
    article->hint_agencies = columns->agencies;
    article->hint_keywords = columns->keywords;
}

bool pagetext_read(struct arena *arena, const struct source *source, struct err *err)
{
    struct str page = source->decoded.text;
    struct content content;
    if (lines_too_many(page)) {
        diag_add(source->diag, DIAG_REJECT, "too-many-lines", source->name, 0, 0, "more than %d lines: not a page",
                 LINES_MAX);
        return true;
    }
    struct lines lines = lines_read(arena, page);
    if (!content_choose(arena, &lines, &content)) {
        diag_add(source->diag, DIAG_REJECT, "no-article", source->name, 0, 0, "no article in it");
        return true;
    }
    struct front front = front_matter(page);
    struct article article = {
        .source = str_from(source->name),
        .reader = STR("pagetext/1"),
        .encoding = str_from(source->decoded.encoding),
        .raw = page,
        .title = front.title.n ? headline_clean(arena, front.title) : content.title,
        .subtitle = content.subtitle,
        .outlet = front.outlet.n ? decode_squeeze(arena, front.outlet) : content.outlet,
        .url = str_copy(arena, own_url(page)),
        .body = content.body,
        .body_lines = content.body_lines,
    };
    add_columns(arena, source->columns, &front, &article);
    dating_page(arena, front.date, &lines, &article);
    reader_identify(&article, canonical_page(arena, page, source->columns));
    return source->emit(source->context, &article, err);
}
