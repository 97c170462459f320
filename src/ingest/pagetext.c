/* Page text as scraped: a whole page's visible text, one article in it. */
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

/* "ministry: …" of a press release's front matter: its publisher. */
static struct str front_matter(struct str page, struct str key)
{
    struct str rest = page, line;
    if (!str_line(&rest, &line) || !str_equal(str_trim(line), STR("---")))
        return (struct str){NULL, 0};
    while (str_line(&rest, &line) && !str_equal(str_trim(line), STR("---")))
        if (str_starts(line, key)) {
            line = str_trim(str_slice(line, key.n, line.n));
            return line.n > 1 && line.p[0] == '"' ? str_slice(line, 1, line.n - 1) : line;
        }
    return (struct str){NULL, 0};
}

bool pagetext_read(struct arena *arena, const struct source *source, struct err *err)
{
    struct str page = source->decoded.text;
    struct content content;
    if (!content_extract(arena, page, &content)) {
        diag_add(source->diag, DIAG_REJECT, "no-article", source->name, 0, 0, "no article in it");
        return true;
    }
    struct article article = {
        .source = str_from(source->name),
        .reader = STR("pagetext/1"),
        .encoding = str_from(source->decoded.encoding),
        .raw = page,
        .title = content.title,
        .subtitle = content.subtitle,
        .outlet = content.outlet,
        .url = str_copy(arena, own_url(page)),
        .body = content.body,
        .body_lines = content.body_lines,
    };
    if (!article.outlet.n)
        article.outlet = front_matter(page, STR("ministry:"));
    dating_date(arena, (struct str){NULL, 0}, &article);
    reader_identify(&article, page);
    return source->emit(source->context, &article, err);
}
