/* The tables that are knowledge and not code: regions, taxonomy, cue phrases, templates, embedded at build time. */
#ifndef DATA_DATA_H
#define DATA_DATA_H
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct arena;

/* An embedded file by its path in the source tree without "src/" ("data/regions.tsv", "templates/monthly.md",
 * "store/schema.sql", "fonts/fonts.ini"); borrows, NUL-terminated. The empty string (p NULL) where there is none. */
struct str data_file(const char *name);
const char *data_name(size_t at); /* of the embedded files, 0 and up; NULL behind the last */

/* Takes those of regions.tsv, population.tsv, taxonomy.tsv, aliases.tsv, cues.tsv and model.tsv that `folder` holds in
 * place of the built-in ones, for the whole program and before any of them is read; their text lives in the arena.
 * Errors: ERR_CONFIG for no folder, for none of these in it, and "file:line" for what is not UTF-8. */
bool data_use(struct arena *arena, const char *folder, struct err *err);
const char *data_path(const char *name); /* what messages call a table: its path in that folder, or `name` itself */

/* Tab-separated text with one header line; '#' lines and empty lines are comments. `cells` is rows × columns.
 * All strings borrow from `text`. Errors: ERR_CONFIG "name:line: …" for a row with another number of cells. */
struct tsv {
    size_t columns, rows;
    const struct str *header; /* [columns] */
    const struct str *cells;  /* [rows × columns] */
    const size_t *lines;      /* [rows] line numbers for messages */
};
bool tsv_parse(struct arena *arena, const char *name, struct str text, struct tsv *out, struct err *err);
size_t tsv_column(const struct tsv *tsv, const char *header); /* SIZE_MAX where absent */
/* Are all `headers` (ended by NULL) there? Errors: ERR_CONFIG "name: needs the column '…'". */
bool tsv_needs(const struct tsv *tsv, const char *name, const char *const *headers, struct err *err);
struct str tsv_cell(const struct tsv *tsv, size_t row, size_t column);

enum region_type { REGION_SIDO, REGION_SI, REGION_GUN, REGION_JACHIGU, REGION_ILBANGU };

/* One validity period of one administrative unit. A unit keeps its identity (`unit`) through renamings and code
 * changes: 강원도 춘천시 42110 and 강원특별자치도 춘천시 51110 share the unit 51110. Counting is by unit; what is
 * printed is the code and the names that are valid at the brief's last day. */
struct region {
    char unit[6];   /* identity: the code valid at the end of 2024, or the last one of an abolished unit */
    char code[6];   /* official 5-digit code in this period */
    char parent[6]; /* unit of the 시·도, or of the city for an 일반구; "" for a 시·도 */
    enum region_type type;
    struct str sido;       /* "경기도" */
    struct str name;       /* "시흥시"; "일산동구" for an 일반구; "" for a 시·도 */
    struct str short_name; /* "시흥", "경기" */
    struct str full_name;  /* "경기도 시흥시", "경기도 고양시 일산동구", "경기도" */
    date_t from, to;       /* inclusive; DATE_NONE = open */
    double x, y;           /* centre, EPSG:5179 metres; 0 unknown */
};

/* The residents of one unit on one day. */
struct residents {
    char unit[6];
    date_t day;
    int64_t n;
};

struct regions {
    const struct region *items; /* sorted by unit, then by `from` */
    size_t n;
    const struct residents *residents; /* sorted by unit, then by day; none before population_load */
    size_t n_residents;
};

/* Both tables as the program uses them: built in, or the user's. Errors: those of the two below. */
bool regions_read(struct arena *arena, struct regions *out, struct err *err);

/* Parses a region table (regions.tsv format). Strings live in the arena. Errors: ERR_CONFIG "name:line: …". */
bool regions_load(struct arena *arena, const char *name, struct str text, struct regions *out, struct err *err);
const struct region *regions_at(const struct regions *regions, const char *unit,
                                date_t day); /* NULL where none; DATE_NONE = latest */
const struct region *regions_by_code(const struct regions *regions, const char *code); /* any period; latest wins */
/* The unit that is counted for a unit: an 일반구 rolls up into its city, everything else is itself. */
const char *regions_count_unit(const struct regions *regions, const char *unit);

/* population.c: adds a table of residents (population.tsv format) to the regions. Errors: ERR_CONFIG "name:line: …" for
 * a bad cell, an unknown unit, a 시·도 or a row twice; "name: …" where a day that has rows lacks a 시·군·구 of that
 * day. */
bool population_load(struct arena *arena, const char *name, struct str text, struct regions *regions, struct err *err);
/* Residents of a unit: on the last known day that is not after `day`, else on the first known day; that day goes to
 * *base (may be NULL). DATE_NONE = the latest. A 시·도 is the sum of its 시·군·구, in the borders of `day` or, where
 * one of those has no number (made since the base day), in those of the base day. -1 and DATE_NONE where unknown. */
int64_t population_at(const struct regions *regions, const char *unit, date_t day, date_t *base);

bool region_is_whole_sido(const struct region *region); /* a city that is all of its 시·도: 세종 */

/* How well a text names a unit. A name alone may be that of several: 중구, 고성군, 광주. */
enum region_fit {
    REGION_FITS_NOT,
    REGION_FITS_NAME,   /* its own name, 시흥 or 시흥시 */
    REGION_FITS_SIDO,   /* a 시·도, 경기 or 경기도 */
    REGION_FITS_WHOLLY, /* its code, or its name behind that of its 시·도 (or city), 경기 시흥 */
};
struct region_match {
    const struct region *region; /* in the latest form that is called so */
    enum region_fit fit;
};
/* The units that a text names, by a code or name of any time, blanks apart; 세종 is the city. Fills at most `most`
 * matches and returns how many; sorted by unit. */
size_t regions_find(const struct regions *regions, struct str text, struct region_match *matches, size_t most);
/* The unit with the name that is most like a text which names none, in its latest form, or NULL. */
const struct region *regions_suggest(const struct regions *regions, struct arena *arena, struct str text);

/* A map of equal squares: tiles.c. */
struct tile {
    const struct region *region; /* in its present form */
    int column, row;             /* from 0, rows downwards; no two tiles share a cell */
};
struct tiles {
    struct tile *items;
    size_t n;
    int columns, rows;
};

/* A tile for each 시·도 (`provinces`), or for each city, county and 자치구 that is counted, of one 시·도 by its unit
 * or, where `sido` is "", of all. Lives in the arena; borrows the regions. The same regions give the same map. */
void tiles_make(struct arena *arena, const struct regions *regions, bool provinces, const char *sido,
                struct tiles *out);

struct category {
    struct str key;     /* "startup" */
    struct str label;   /* "창업" */
    struct str english; /* "start-ups"; the label where the table has none */
};
struct taxonomy {
    const struct category *items; /* in the order of the table = the order of printing */
    size_t n;
};
bool taxonomy_load(struct arena *arena, const char *name, struct str text, struct taxonomy *out, struct err *err);

/* Roles of an amount (store/records.h: FINDING_MONEY) in the order of printing, each with its word; the last is
 * "other". */
enum { ROLE_WORDS = 11 };
struct role_word {
    const char *role, *word;
};
extern const struct role_word role_words[ROLE_WORDS];
size_t role_index(struct str role); /* of an unknown one: that of "other" */

/* A measure of how good the figures are (quality.tsv). */
struct quality {
    struct str key, label, measured, value; /* for readers but the key: what, on what, how well: "148/152", "0.844" */
    int64_t n;                              /* how many were judged */
};
struct quality_list {
    const struct quality *items; /* in the order of printing */
    size_t n;
};
/* Strings live in the arena. They hold for the built-in tables. Errors: ERR_CONFIG "name:line: …". */
bool quality_load(struct arena *arena, const char *name, struct str text, struct quality_list *out, struct err *err);

#endif
