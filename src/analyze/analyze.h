/* Articles → findings and initiatives, by explainable rules over tables. */
#ifndef ANALYZE_ANALYZE_H
#define ANALYZE_ANALYZE_H
#include "base/arena.h"
#include "base/err.h"
#include "data/data.h"
#include "store/store.h"

struct analyzer;

/* Compiles the matcher from the region, taxonomy, alias and cue tables (embedded ones where `cues` is empty).
 * `regions` and `taxonomy` are borrowed and must outlive it. Errors: ERR_CONFIG "file:line: …". */
struct analyzer *analyzer_new(const struct regions *regions, const struct taxonomy *taxonomy, struct err *err);
void analyzer_free(struct analyzer *analyzer);

/* Version of rules and tables together: changes when either does. Borrowed from the analyzer. */
const char *analyzer_version(const struct analyzer *analyzer);

/* Analyses one article. Pure and thread-safe: time linear in the text; findings live in the arena. */
void analyze_article(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                     struct analysis *out);

/* Analyses every stored article that these rules have not seen, then re-clusters, inside the caller's transaction.
 * *analyzed counts articles. The clusters do not depend on the order of import. */
bool analyze_pending(struct store *store, const struct analyzer *analyzer, size_t *analyzed, struct err *err);

#endif
