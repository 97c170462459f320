/* Inside the ingest room: a page of any kind, read as lines, and the article that it makes. */
#ifndef INGEST_PAGE_H
#define INGEST_PAGE_H
#include "ingest/content.h"
#include "ingest/reader.h"

struct page {
    const char *reader;        /* format and version of its rules */
    struct str canonical;      /* what makes it this page and no other */
    struct str text;           /* kept as raw: `lines` are its lines */
    const struct lines *lines;
    struct str facts[FIELDS];  /* what it says of itself beside its text, clean; "" for nothing */
};

/* Emits the page's article, `content` being what of it is. What neither facts nor text say, the source's columns do.
 * False when emit failed. */
bool page_emit(struct arena *arena, const struct source *source, const struct page *page, const struct content *content,
               struct err *err);

/* Rejects a page that is no article, for a reason of one sentence. Always true. */
bool page_reject(const struct source *source, const char *code, const char *reason);

/* Says of what has no text of an article what it is instead: a list, an announcement of a file, nothing at all. */
const char *page_why_none(const struct lines *lines, const char **code);

#endif
