/* Inside the ingest room: front matter, the keys and values before the text of a Markdown page. */
#ifndef INGEST_FRONT_H
#define INGEST_FRONT_H
#include "ingest/reader.h"

/* Reads "---" YAML or "+++" TOML front matter under the names of data/fields.tsv: plain, quoted (with escapes), folded
 * and literal values, lists of them. values[] are in the arena or borrow from the page, lists ","-separated; "" where
 * there is none. Anything deeper than that is passed over. Returns the bytes up to the text, 0 where the page has no
 * front matter (one that is never closed is a rule above a page). */
size_t front_read(struct arena *arena, struct str page, struct str values[FIELDS]);

#endif
