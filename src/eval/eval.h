/* What labels of a person say against what the program says: rows, figures and the scoreboard. Reads no file and no
 * database; the format of a label table is described in tests/labels/README.md. */
#ifndef EVAL_EVAL_H
#define EVAL_EVAL_H
#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "data/data.h"
#include "store/records.h"

enum { EVAL_CATEGORIES = 16 };

/* One row of a label table. Strings borrow from the table's text, lists live in the arena. */
struct eval_label {
    struct str id, split, group, related, note;
    size_t line;
    bool hard; /* a careful second reader could differ */
    bool initiative;
    date_t date, lo, hi; /* the exact day if one can be known; the accepted interval, DATE_NONE = empty */
    const struct str *cities, *accepted; /* count units: those meant, those that are fine as well */
    size_t n_cities, n_accepted;
    bool has_city;       /* the cell is not empty; "none" and "several" are lists of nothing */
    uint32_t categories; /* bit c: item c of the taxonomy */
    struct str title_lines, body_lines,
        either_lines; /* of the text: "14-30,33", "-"; of a line, bytes may follow: "2:5-90" */
};

struct eval_labels {
    struct eval_label *items;
    size_t n;
    bool verdicts, dates, cities, groups, content; /* has the table such columns? */
};

/* Reads a label table. A row that cannot be used (unknown category or code, an id twice …) is set aside: a rejection
 * "name:line: …" in `diag`. Errors: ERR_INPUT where the table has no id or nothing to compare. */
bool eval_labels_read(struct arena *arena, const char *name, struct str text, const struct regions *regions,
                      const struct taxonomy *taxonomy, struct eval_labels *out, struct diag_list *diag,
                      struct err *err);

/* What the program made of the text of one label. */
struct eval_got {
    bool present;               /* there is a text; labels without one are not scored */
    int64_t article;            /* row; 0 = nothing was imported from the text */
    struct str title, text;     /* text: what the findings' bytes refer to (article_text) */
    struct str raw, body_lines; /* the page, and which lines of it are the body; "" of a record */
    date_t published, lo, hi;
    enum date_basis basis;
    const struct str *units; /* count units */
    size_t n_units;
    uint32_t categories;
    bool initiative;
    double score;
    struct str group; /* key of the initiative, "" = none */
    struct analysis analysis;
};

/* What is wrong with a row. */
enum eval_fault {
    EVAL_NOT_READ = 1u << 0,
    EVAL_DATE = 1u << 1,
    EVAL_CITY = 1u << 2,
    EVAL_INITIATIVE = 1u << 3,
    EVAL_CATEGORY = 1u << 4,
};
unsigned eval_faults(const struct eval_labels *labels, const struct eval_label *label, const struct eval_got *got);

struct eval_prf {
    size_t tp, fp, fn;
};
struct eval_share {
    size_t right, all;
};
double eval_ratio(struct eval_share share); /* 0 for 0 of 0 */
double eval_f1(struct eval_prf prf);

/* The figures of a part of the rows. */
struct eval_figures {
    struct str split;                                                /* "" = all */
    bool sure;                                                       /* without the rows marked hard */
    struct eval_share read, titles, dates, certain, undated, cities; /* undated: without a day, and so they should be */
    struct eval_prf body;                                            /* bytes of lines */
    struct eval_prf initiative, categories[EVAL_CATEGORIES], micro, pairs;
    struct eval_share groups, related; /* groups merged whole; look-alikes kept apart */
};

/* Articles by score: how many, labelled as initiatives, counted, counted rightly, and right in every respect. */
struct eval_band {
    double from, to;
    size_t rows, labelled, counted, right, all_right;
};
enum { EVAL_BANDS = 9 };

struct eval_board {
    const struct eval_labels *labels;
    const struct eval_got *got; /* [labels->n] */
    const struct regions *regions;
    const struct taxonomy *taxonomy;
    struct eval_figures *figures;
    size_t n_figures;
    struct eval_band bands[EVAL_BANDS];
    struct eval_share sure_of; /* of the articles counted with a score of .9 or more, those that are initiatives */
};

/* Scores all rows, those without hard ones, and likewise each split. `board` has labels, got and tables set. */
void eval_score(struct arena *arena, struct eval_board *board);
void eval_score_groups(const struct eval_board *board, struct eval_figures *figures); /* part of eval_score */
/* Is the title that of the labelled lines, or, without such, does it stand in the text? */
bool eval_title_right(const struct eval_label *label, const struct eval_got *got);
/* Adds the bytes of the body's lines that are found, missed, and too many; nothing for a record. */
void eval_score_body(const struct eval_label *label, const struct eval_got *got, struct eval_prf *sum);
bool eval_in_scope(const struct eval_board *board, size_t row, const struct eval_figures *figures);

/* The scoreboard; with `details` also the calibration, the confusion table and the wrong rows with their evidence. */
void eval_print(struct arena *arena, const struct eval_board *board, bool details, struct buf *out);
void eval_print_details(struct arena *arena, const struct eval_board *board, struct buf *out);
void eval_json(struct arena *arena, const struct eval_board *board, struct buf *out);
struct str eval_set_name(struct arena *arena, const struct taxonomy *taxonomy, uint32_t set, bool keys);
struct str eval_join(struct arena *arena, const struct str *items, size_t n);

#endif
