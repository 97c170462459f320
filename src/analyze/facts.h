/* What the files of the smaller facts share: words.c, numbers.c and one file a kind of finding. All of them work on the
 * marks of the one pass over the text (scan->words) and on its digits; none searches the text. */
#ifndef ANALYZE_FACTS_H
#define ANALYZE_FACTS_H
#include "analyze/rules.h"

enum word_class {
    WORD_AGENCY,   /* ending of a public body's name */
    WORD_BODY,     /* whole name of a body; key = unit code or "national" */
    WORD_FULL,     /* short name of a body; key = the full one, after the day since which it is (and a blank) or none */
    WORD_OFFICE,   /* what a regional office of a body is called */
    WORD_ZONE,     /* ending of a zone's name; key = how much must stand before it */
    WORD_MODIFIER, /* may stand inside a zone's name */
    WORD_MONEY,    /* key = role of an amount near it */
    WORD_COUNT,    /* key = role of a number of people or companies near it */
    WORD_TARGET,   /* key = what happens */
    WORD_WHEN,     /* a date without a number; key = which */
    WORD_HIDE,     /* hides the words inside it */
    WORD_CLASSES
};

/* On which side of the number or the date the word stands. */
enum side { SIDE_BOTH, SIDE_BEFORE, SIDE_AFTER };

struct word {
    enum word_class class;
    struct str key;
    enum side side;
    double weight;
    bool left, right;
    struct word *next; /* further meanings of the same phrase */
};

struct facts {
    const struct analyzer *analyzer;
    const struct scan *scan;
    const struct cities *cities;
    date_t published; /* DATE_NONE unless certain */
    struct findings *out;
};

/* The meaning of a mark in one class; NULL where it has none. */
const struct word *word_of(const struct mark *mark, enum word_class class);

/* Index of the first mark of scan->words that begins at or after `at`. */
size_t words_from(const struct scan *scan, size_t at);

/* Whether a sentence ends, or an item of a list begins, within bytes [from, to). */
bool facts_breaks(struct str text, size_t from, size_t to);

/* Adds a finding of a kind, ranked in order of coming, unless the kind has `most` already or has this value. */
void facts_add(struct facts *facts, struct finding finding, int most);

/* Whether a name can end at `end`: nothing or a particle follows, or what `more` (NULL-terminated) lists. */
bool facts_ends_name(struct str text, size_t end, const char *const *more);

/* The start of the run of letters and digits that ends at `at`. */
size_t facts_word_begin(struct str text, size_t at);

/* The name of a place that begins at `at` and ends by `to`; NULL where none does. */
const struct mark *facts_place_at(const struct scan *scan, size_t at, size_t to);

/* The character at `at`, past one blank; 0 at the end. Most digits are told from what interests by it alone. */
uint32_t facts_next(struct str text, size_t at);

/* Bytes of `word` where the text begins with it, else 0: most lists below fail at their first byte. */
size_t facts_prefix(struct str text, const char *word);
#define LITERAL(s)                                                                                                     \
    {                                                                                                                  \
        (s), sizeof(s) - 1                                                                                             \
    } /* in a table of struct str */

/* Moves *at past `word`, and past one blank before it; false, *at unmoved, where something else stands there. */
bool facts_take(struct str text, size_t *at, struct str word);
/* The same with the first of a NULL-terminated list that fits. */
bool facts_take_any(struct str text, size_t *at, const char *const *words);
/* Whether the text before `at` ends with `word`, one blank between allowed. */
bool facts_word_before(struct str text, size_t at, struct str word);

/* ---- numbers.c ---- */

enum number_kind { NUMBER_MONEY, NUMBER_COUNT };

struct number {
    enum number_kind kind;
    const char *unit;  /* "KRW" …, "person" … */
    int64_t lo, hi;    /* a range or one value twice */
    bool most, least;  /* the text says 최대, 이하 …; 최소, 이상 … */
    size_t begin, end; /* of the value and its unit */
    size_t from;       /* where 약, 총, 최대 before it begin */
};

struct numbers {
    struct number *items;
    size_t n, room;
};

/* Where runs of digits begin: what all reading of numbers and dates starts from. Free items with mem_free. */
struct digits {
    uint32_t *items;
    size_t n, room;
};
void digits_find(struct str text, struct digits *out);

/* All amounts and counts of the text in order; free items with mem_free. */
void numbers_find(struct str text, const struct digits *digits, struct numbers *out);

/* Digits at *at (which is moved past them), at most `most`; -1 where there are none or more. */
int64_t facts_digits(struct str text, size_t *at, size_t most);

/* ---- roles.c ---- */

/* The word of a class that stands best to the number `i`: near, in the same sentence, no other number of the same kind
 * between. NULL where none does. */
const struct word *numbers_role(const struct scan *scan, const struct numbers *numbers, size_t i, enum word_class class,
                                double *strength);

/* ---- the kinds ---- */

void money_find(struct facts *facts, const struct numbers *numbers);
void counts_find(struct facts *facts, const struct numbers *numbers);
void ahead_find(struct facts *facts, const struct digits *digits);
void zones_find(struct facts *facts);
void agencies_find(struct facts *facts);

#endif
