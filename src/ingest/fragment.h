/* HTML that hides in the values of records: <b>, <p>, &quot; in titles and bodies of feeds and crawlers. */
#ifndef INGEST_FRAGMENT_H
#define INGEST_FRAGMENT_H
#include "base/arena.h"
#include "base/str.h"

/* The text of a value: itself if it holds neither a tag of HTML nor a character reference, as ordinary text does even
 * where it holds "<" or "&" ("<표 1>", "R&D", "a < b"); else what a browser would show of it, with "<" that begins no
 * tag of HTML kept. Linear. */
struct str fragment_text(struct arena *arena, struct str value);

#endif
