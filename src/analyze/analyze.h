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

/* How many threads analyse where many articles are to be: 0, as at first, is one a processor. */
void analyzer_use_threads(struct analyzer *analyzer, size_t threads);

/* Version of rules and tables together: changes when either does. Borrowed from the analyzer. */
const char *analyzer_version(const struct analyzer *analyzer);

/* The score from which on an article counts by itself. */
double analyze_line(void);

/* Analyses one article. Pure and thread-safe: time linear in the text; findings live in the arena. */
void analyze_article(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                     struct analysis *out);

/* Why an article scores what it scores, by these rules and without what persons have corrected. */
struct explained_feature {
    const char *name; /* as in data/model.tsv */
    double value, weight;
    size_t begin, end; /* its weightiest words, bytes of article_text; begin = end where none */
};
enum explained_kind {
    EXPLAINED_PLACE,
    EXPLAINED_OBJECT,
    EXPLAINED_ACT,
    EXPLAINED_ACTOR,
    EXPLAINED_AGAINST,
    EXPLAINED_STAGE
};
struct explained_word { /* words of the text that a table knows */
    enum explained_kind kind;
    struct str key; /* of the table: category, kind of act … */
    double weight;
    size_t begin, end; /* bytes of article_text */
};
struct explanation {
    struct str category; /* the likeliest */
    double probability;  /* 1 / (1 + exp(-sum of value x weight)), 0 without a word of the category */
    double line;         /* from which on an article counts by itself */
    bool has_city, several_cities;
    struct explained_feature *features;
    size_t n_features;
    struct explained_word *words; /* not in the order of the text; they may overlap */
    size_t n_words;
};

/* Explains one article; pure, as analyze_article; lists live in the arena. */
void analyze_explain(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                     struct explanation *out);

/* Analyses every stored article that these rules have not seen, inside the caller's transaction, and groups what has
 * changed (analyze_group). *analyzed counts articles. The groups do not depend on the order of import. */
bool analyze_pending(struct store *store, const struct analyzer *analyzer, size_t *analyzed, struct err *err);

/* Makes all initiatives anew from the stored analyses, inside the caller's transaction, and decides which articles a
 * little below the line count because another report of their initiative does (rule "initiative/same-release:KEY").
 * Doing it twice changes nothing. */
bool analyze_regroup(struct store *store, const struct analyzer *analyzer, struct err *err);

/* The same for what has changed since the last grouping only, with the same result; nothing where nothing has. Belongs
 * into every transaction that changes articles, analyses or corrections: briefs are refused while it is missing. */
bool analyze_group(struct store *store, const struct analyzer *analyzer, struct err *err);

/* Analyses one article again under its corrections; analyze_group must follow, once, when all are done. */
bool analyze_corrected(struct store *store, const struct analyzer *analyzer, int64_t article, struct err *err);

#endif
