/* Inside the ingest room: a record, as JSON, tables and feeds give it, and the article that it makes. */
#ifndef INGEST_RECORD_H
#define INGEST_RECORD_H
#include "ingest/reader.h"

/* The fields of one record, each from its best-ranked alias that has a value. Values are clean (decode_clean) and
 * trimmed. */
struct record {
    struct str value[FIELDS];
    size_t rank[FIELDS]; /* of the alias that it comes from; the lowest wins */
    bool odd[FIELDS];    /* a value of another type than text stood there */
    bool serials;        /* as of struct item */
};

extern const char *const record_names[FIELDS]; /* "id", "outlet" …: as in data/fields.tsv and --map */

/* Gives a field a value as the source has it, valid UTF-8. `html`: it is HTML; of a title, subtitle or body that shows
 * otherwise, too (fragment.h). */
void record_set(struct arena *arena, const struct source *source, struct record *record, enum field field, size_t line,
                struct str value, bool html);

/* Emits the article of a record, or says in source->diag why it is none. `raw` is the record as it stood in its file,
 * `reader` format and version of the rules ("csv/1"). False when emit failed. */
bool record_emit(struct arena *arena, const struct source *source, const char *reader, size_t line, struct str raw,
                 const struct record *record, struct err *err);

#endif
