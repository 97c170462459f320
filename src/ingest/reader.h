/* Inside the ingest room: one reader a format. A reader takes decoded text and emits articles; what it cannot read goes
 * to diag. */
#ifndef INGEST_READER_H
#define INGEST_READER_H
#include "ingest/decode.h"
#include "ingest/ingest.h"

struct source {
    const char *name;
    struct decoded decoded;
    bool (*emit)(void *context, struct article *article, struct err *err);
    void *context;
    const struct ingest_columns *columns; /* of a page; NULL = none */
    struct diag_list *diag;
};

bool pagetext_read(struct arena *arena, const struct source *source, struct err *err);

/* JSON Lines, or one JSON document that is a record or an array of records. Uses an arena of its own a record. */
bool jsonl_read(const struct source *source, struct err *err);
bool jsonl_detect(struct str text);

/* Sets hash and key from the canonical record. */
void reader_identify(struct article *article, struct str canonical);

#endif
