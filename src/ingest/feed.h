/* Inside the reader of feeds and other XML: the text, its elements, what they mean. */
#ifndef INGEST_FEED_H
#define INGEST_FEED_H
#include "base/limits.h"
#include "ingest/mapping.h"

enum {
    FEED_DEPTH = LIMIT_FEED_DEPTH,          /* elements in each other */
    FEED_RECORD_BYTES = LIMIT_RECORD_BYTES, /* of a record; a larger one is set aside */
    FEED_TOKEN_BYTES = LIMIT_XML_TAG_BYTES, /* of a tag or comment */
    FEED_NAME = 64,                         /* bytes of a name that are looked at */
};

/* feed_text.c: the bytes as UTF-8, by what they are rather than by what the XML declaration says of them. *text is NULL
 * where they are that already; close it before the input's stream. *encoding, a literal or the user's, is the file's.
 * Errors, of reading too: ERR_INPUT with the first byte that is not of the encoding. */
bool feed_text_open(const struct input *input, struct stream **text, const char **encoding, struct err *err);

/* feed_fields.c */

/* Whose element a name is: by the namespace declared for its prefix, or by a prefix that nobody has declared. */
enum feed_space { SPACE_FEED, SPACE_CONTENT, SPACE_DC, SPACE_OTHER };
enum { FEED_PREFIXES = 32 };
struct feed_prefixes {
    size_t n;
    struct {
        char name[FEED_NAME];
        enum feed_space space;
    } items[FEED_PREFIXES];
};
/* From an element's attributes, names and values by turns up to NULL; the last declaration of a prefix counts. */
void feed_learn_prefixes(struct feed_prefixes *prefixes, const char *const *attributes);
/* `local` becomes the name without its prefix. */
enum feed_space feed_split_name(const struct feed_prefixes *prefixes, const char *name, char local[FEED_NAME]);

/* The field that a child of an item feeds, and its rank there: the lowest wins, of bodies the longest. FIELDS: none. */
enum field feed_role(enum feed_space space, struct str local, size_t *rank);
/* The outlet in a channel's title, "○○신문 - 전체기사"; may be "". Borrows. */
struct str feed_outlet(struct str title);
/* The ministry or agency that a press release's title begins with, "[○○부] 제목", which goes off it; "" for none. */
struct str feed_agency(struct str *title);
/* A feed's date as dates_next understands it: months as "16 1월 2024" in English, fractions of a second left out, for
 * the feed's date is the publisher's and not a crawler's. Appended to out. */
void feed_date(struct str date, struct buf *out);
bool feed_is_markup(struct str text); /* has it a tag, or an entity as HTML has them? */
size_t feed_visible(struct str text); /* bytes outside tags, without blanks */
/* What a document with that root is instead of a collection of texts; NULL for all others. */
const char *feed_refusal(const char *root);

/* feed_record.c: a parse that is going on. */
struct feed;
/* `encoding` is the file's, `map` what --map says. Borrows all of it. */
struct feed *feed_new(const struct input *input, const struct sink *sink, const char *encoding, const struct map *map,
                      struct err *err);
void feed_free(struct feed *feed);
/* The next bytes, of UTF-8. False: the sink stopped it, or an error. */
bool feed_parse(struct feed *feed, struct str bytes, bool last);

#endif
