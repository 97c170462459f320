/* Who is compared with whom, fortnight by fortnight. Candidates meet in buckets of rare features (a bottom-k sketch of
 * word pairs, words of the title, quoted names) within a city and a fortnight (ten weeks where a quoted name or the
 * title is what they share). A bucket offers a bounded number of partners, and of identical copies only the first of
 * each day takes part: so ten thousand copies stay linear and crowd nobody out.
 *
 * Locality. A bucket holds one feature of one city (or of all) in one fortnight; a dated article of fortnight t meets
 * buckets of the fortnights t - MEET_REACH … t. So its edges to dated ones depend on the articles of these fortnights
 * that share a key with it (meet_keys) and on nothing else; those to undated ones on the undated ones of its city. */
#ifndef ANALYZE_MEET_H
#define ANALYZE_MEET_H
#include "analyze/likeness.h"
#include "base/arena.h"
#include "store/records.h"

enum {
    MEET_REACH = (NAMED_DAYS + MAX_DAYS - 1) / MAX_DAYS,
    MEET_UNDATED = -100000, /* block of those without a day: before any other */
    MEET_KEYS = MAX_FEATURES + MAX_FEATURES + 1,
};

/* The fortnight of a day; MEET_UNDATED for DATE_NONE. */
int32_t meet_block(date_t date);

enum { SEEK_DATED = 1, SEEK_UNDATED = 2 }; /* which edges of an entry are sought */

/* An article that takes part. `units` and `categories` are sorted. */
struct entry {
    int64_t node;   /* what edges name it by */
    uint64_t order; /* within a block, and of equally alike edges: by this number */
    date_t date;    /* DATE_NONE = not certain */
    int32_t block;
    const struct str *units, *categories;
    size_t n_units, n_categories;
    const struct print *print;
    uint64_t home, signature; /* of the least unit, and of all that is compared: see meet_prepare */
    unsigned seeks;
};

/* Fills in block, home and signature. */
void meet_prepare(struct entry *entry);

/* The keys by which an entry meets others, copies of its text among them; at most MEET_KEYS. Returns how many. */
size_t meet_keys(const struct print *print, uint64_t home, uint64_t *keys);
uint64_t meet_home(struct str unit);

/* Sorts by (later, earlier); what is there twice is one edge in the views of both. */
void edges_settle(struct candidate_edges *edges);

/* A set of keys. */
struct keys;
struct keys *keys_new(void);
void keys_add(struct keys *keys, uint64_t key);
size_t keys_count(const struct keys *keys);
bool keys_have(const struct keys *keys, uint64_t key);
void keys_free(struct keys *keys);
void meet_add_keys(struct keys *keys, const struct print *print, uint64_t home);
bool meet_any_key(const struct keys *keys, const struct print *print, uint64_t home);

/* `wanted`: only these keys have buckets (all that any seeking entry has must be among them); NULL for all. */
struct meeting;
struct meeting *meeting_new(const struct keys *wanted, struct candidate_edges *out);
void meeting_free(struct meeting *meeting);

/* The entries of one block in the order of `order`; blocks ascend, MEET_UNDATED first. Appends the edges of those that
 * seek. The entries must stay where they are until a block MEET_REACH + 1 later is given, the undated ones always. */
void meeting_block(struct meeting *meeting, int32_t block, const struct entry *const *entries, size_t n);

#endif
