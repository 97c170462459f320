/* HTML pages and fragments. */
#include "ingest/html.h"

#include "ingest/reader.h"

#include <string.h>

bool html_detects(const struct head *head)
{
    char low[16] = "";
    for (size_t i = 0; i < head->text.n && i < sizeof low - 1; i++)
        low[i] = (char)(head->text.p[i] >= 'A' && head->text.p[i] <= 'Z' ? head->text.p[i] + 32 : head->text.p[i]);
    return strncmp(low, "<!doctype html", 14) == 0 || strncmp(low, "<html", 5) == 0;
}

bool html_read_page(struct arena *arena, const struct source *source, struct err *err)
{
    (void)arena;
    (void)err;
    diag_add(source->diag, DIAG_REJECT, "unsupported-format", source->name, 0, 0,
             "HTML source; the text of the page is wanted");
    return true;
}

struct str html_to_text(struct arena *arena, struct str html)
{
    struct html_page page;
    if (!html.n || (!memchr(html.p, '<', html.n) && !memchr(html.p, '&', html.n)))
        return html;
    html_visible(arena, html, &page);
    return page.text;
}
