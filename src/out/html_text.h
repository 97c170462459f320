/* Inside the HTML writer: text, links and runs. */
#ifndef OUT_HTML_TEXT_H
#define OUT_HTML_TEXT_H
#include "base/str.h"
#include "template/doc.h"

/* Text as HTML or XML shows it, also in an attribute between "". What neither may hold, and signs that change the
 * direction of text, are left out: pages.c does so, too. */
void html_text(struct buf *out, struct str text);
/* ` name="text"`, or nothing where the text is empty. */
void html_attribute(struct buf *out, const char *name, struct str text);
/* ` id="…"` of a name in the document; names of our own begin with one "_". */
void html_id(struct buf *out, struct str anchor);
/* "<a href=…>" where the link may be followed: http, https, mailto and "#anchor". False, and nothing, otherwise. */
bool html_link(struct buf *out, struct str link);

/* Number of times that each note has been called so far. */
struct html_calls {
    unsigned *calls; /* [doc.n_notes] */
    size_t n;
};
void html_runs(struct buf *out, const struct run *runs, size_t n, struct html_calls *calls);
/* … without links and notes: for a list of contents. */
void html_plain(struct buf *out, const struct run *runs, size_t n);

#endif
