/* Inside the ingest room: a page of any kind, read as lines, and the article that it makes. */
#ifndef INGEST_PAGE_H
#define INGEST_PAGE_H
#include "ingest/content.h"
#include "ingest/reader.h"

struct page {
    const char *reader;   /* format and version of its rules */
    struct str canonical; /* what makes it this page and no other */
    struct str text;      /* kept as raw: `lines` are its lines */
    const struct lines *lines;
    struct str facts[FIELDS]; /* what it says of itself beside its text, clean; "" for nothing */
};

/* Emits the page's article, `content` being what of it is. What neither facts nor text say, the source's columns do.
 * False when emit failed. */
bool page_emit(struct arena *arena, const struct source *source, const struct page *page, const struct content *content,
               struct err *err);

/* Rejects a page that is no article, for a reason of one sentence. Always true. */
bool page_reject(const struct source *source, const char *code, const char *reason);

/* The address that the text itself names as its own, on a line near its top; "". */
struct str page_own_url(struct str page);

/* Does the line send its reader to a file beside the page? */
bool page_names_attachment(struct str line);

/* A page whose front matter, up to byte `front`, said `facts`. */
bool markdown_read(struct arena *arena, const struct source *source, size_t front, const struct str facts[FIELDS],
                   struct err *err);

/* Says of a page without an article what it is instead: a list, an announcement of a file; *code is the reject's. */
const char *page_why_none(const struct lines *lines, const char **code);

#endif
