/* Inside the ingest room: how a delimited table is laid out. */
#ifndef INGEST_DELIMITED_H
#define INGEST_DELIMITED_H
#include "base/csv.h"
#include "ingest/mapping.h"

struct layout {
    struct csv_style style;
    size_t begin;  /* bytes before the first record: a mark, a line "sep=;" */
    size_t lines;  /* … and lines */
    size_t header; /* records before the header's, blank ones included */
};

/* The layout of a table that begins with `bytes` (`whole`: that is all of it). False where it looks more like a text;
 * the layout is the best guess then. `name`: of the file, whose ".csv" tells
 * a table of which nothing else is known, as a map does. */
bool layout_find(struct str bytes, bool whole, const struct map *map, const char *name, struct layout *out);

/* The cells of a record as names in UTF-8, in the arena. */
struct str *layout_names(struct arena *arena, struct str bytes, const struct csv_record *record, size_t *n);

#endif
