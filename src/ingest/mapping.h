/* Inside the ingest room: which column of a table, or key of a record, feeds which field. What --map says goes first;
 * the fields that it leaves out go by the names of data/fields.tsv. */
#ifndef INGEST_MAPPING_H
#define INGEST_MAPPING_H
#include "base/limits.h"
#include "ingest/reader.h"

/* The field that a source's name for it ("제목", "Pub Date", "본문(요약)") stands for, as data/fields.tsv calls it
 * ("title", "date"), with the alias' rank: of two the lower wins. The empty string where the name is not known. Names
 * are compared without ASCII case, blanks, "_", "-" and what stands in brackets. */
struct str fields_name(struct str name, size_t *rank);

/* --map, parsed: "title=제목,body=\"본문, 전체\",date=3". */
enum { MAP_PAIRS = LIMIT_MAP_PAIRS };
struct map {
    size_t n;
    struct {
        enum field field;
        struct str column; /* as written, without its quotes; borrows */
        size_t number;     /* 1-based, where it is one; else 0 */
    } pairs[MAP_PAIRS];
};
/* NULL gives the empty map. Errors: ERR_USAGE with a suggestion or the list of fields. */
bool map_parse(const char *text, struct map *out, struct err *err);

/* The field of a JSON key, and its rank among those that feed the field; FIELDS for none. */
size_t map_key(const struct map *map, struct str key, size_t *rank);

/* Is the rank that of a lead or summary, which is a body only for want of a better one? */
bool mapping_is_lead(size_t rank);

/* The columns of one table. Lives in the arena; borrows the header's cells. */
struct mapping {
    size_t n;
    const struct str *header;
    size_t *field; /* [n] enum field, or FIELDS */
    size_t *rank;  /* [n] the lowest that has a value wins */
};

/* How many different fields a row of cells names, as a header would; a column's number names none. */
size_t mapping_hits(const struct map *map, const struct str *cells, size_t n);

/* The mapping of a table with this header (cells are UTF-8). Errors: ERR_INPUT for a column in --map that is not there,
 * with a suggestion and the columns that are. */
bool mapping_make(struct arena *arena, const struct map *map, const struct str *header, size_t n, struct mapping *out,
                  struct err *err);

/* Why no article can be made of the table, with the option that would help ("columns: …: say which is which with --map
 * title=…"): for a reject "unclear-columns". The empty string where title and body are known; with --map body suffices.
 */
struct str mapping_unclear(struct arena *arena, const struct map *map, const struct mapping *mapping);

/* Is the row taken as the header a record? Only where --map names all columns by number, and no cell is a known name: a
 * date stands under date, or a long text or sentence under title or body. `cells`: the header's as they stand. */
bool mapping_headless(const struct map *map, const struct mapping *mapping, const struct str *cells);

/* Of a table without a column for the date: what to say of one that feeds no field and has a date in this row; NULL for
 * nothing. */
const char *mapping_date_hint(struct arena *arena, const struct mapping *mapping, const struct str *cells, size_t n);

/* Of one row: each field from its best-ranked column that is not blank. Cells may be of any encoding that keeps ASCII;
 * missing ones are empty. */
void mapping_row(const struct mapping *mapping, const struct str *cells, size_t n, struct str fields[FIELDS]);

#endif
