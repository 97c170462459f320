/* Page text as scraped: a whole page's visible text, one article in it. */
#include "ingest/front.h"
#include "ingest/page.h"

bool pagetext_read(struct arena *arena, const struct source *source, struct err *err)
{
    struct page page = {.reader = "pagetext/1", .canonical = source->decoded.text, .text = source->decoded.text};
    struct content content;
    const char *code;
    if (lines_too_many(page.text))
        return page_reject(source, "too-many-lines", "more lines than a page has");
    size_t front = front_read(arena, page.text, page.facts);
    if (front)
        return markdown_read(arena, source, front, page.facts, err);
    struct lines lines = lines_read(arena, page.text);
    if (!content_choose(arena, &lines, &content)) {
        const char *why = page_why_none(&lines, &code);
        return page_reject(source, code, why);
    }
    page.lines = &lines;
    page.facts[F_URL] = page_own_url(page.text);
    return page_emit(arena, source, &page, &content, err);
}
