/* Grouping through the store, in three steps: pending articles become candidates; candidates meet; components are made
 * into initiatives. */
#ifndef ANALYZE_GROUPING_H
#define ANALYZE_GROUPING_H
#include "analyze/analyze.h"
#include "analyze/cluster.h"

/* candidates.c: makes the rows of all pending articles, from what is stored of them. */
bool grouping_settle(struct store *store, const struct analyzer *analyzer, struct err *err);
/* The article of a row; ERR_INTERNAL where there is none. */
bool grouping_read_article(struct store *store, struct arena *arena, int64_t id, struct article *out, struct err *err);

/* Count units and categories of an article as rows of candidates hold them: ' ' between. */
const struct str *grouping_split(struct arena *arena, struct str list, size_t *n); /* sorted, without repetition */

/* A candidate as it is grouped. `order` is the number that its key is. */
struct member {
    struct candidate row;
    struct entry entry;
};
/* Fills in the entry; the print is taken from the text where the row has none of this form. ERR_INPUT: a key that is
 * none. */
bool grouping_enter(struct store *store, struct member *member, struct arena *arena, struct err *err);

/* corrected.c: whom persons have put with whom, in the order in which it takes effect. */
struct link {
    int64_t article, target; /* target 0: put into a group of its own */
};
struct links {
    struct link *items;
    struct keys *articles; /* of both ends */
    size_t n, room;
};
bool links_load(struct store *store, struct links *links, struct err *err);
bool links_have(const struct links *links, int64_t article);
void links_free(struct links *links);

/* pass.c: a pass over the candidates of a view, block by block, in which they meet; `wanted`: who shares one of the
 * keys; `seeking`: whose edges are sought; NULL: all. Memory for MEET_REACH + 1 blocks, the undated ones and the edges.
 */
struct nodes;
struct pass;
struct pass *pass_new(struct store *store, unsigned view, const struct keys *wanted, const struct nodes *seeking,
                      unsigned seeks, struct candidate_edges *out, struct nodes *nodes);
/* The candidates of a condition, after those of all conditions before; none has part of a block. Nodes are collected.
 */
bool pass_rows(struct pass *pass, const char *where, const struct param *params, size_t n, struct err *err);
void pass_free(struct pass *pass);
/* Do the views differ? If not, one pass over those as corrected does. */
bool pass_split(struct store *store, bool *split, struct err *err);
void pass_settle(struct candidate_edges *edges, bool split); /* after the passes over one or both views */

/* change.c: nodes, and which of them to group. */
struct nodes {
    int64_t *items; /* free with mem_free */
    size_t n, room;
};
void nodes_add(struct nodes *nodes, int64_t node);
void nodes_settle(struct nodes *nodes);                     /* sorted, each once */
size_t nodes_find(const struct nodes *nodes, int64_t node); /* index in a settled list, or SIZE_MAX */
/* Makes the edges anew that may have changed since the last grouping, and finds the components that may have: their
 * nodes, settled, and their edges. *some is false where so much has changed that grouping all is less work; then
 * nothing was done. */
bool change_find(struct store *store, const struct links *links, struct nodes *nodes, struct candidate_edges *edges,
                 bool *some, struct err *err);

/* Groups the members of a component, which come in the order of (key, views): groups[i] is the least index of the group
 * of member i. */
void grouping_join(struct arena *arena, const struct member *const *members, size_t n,
                   const struct candidate_edge *edges, size_t n_edges, const struct links *links, size_t *groups);

/* initiatives.c: makes a component, its members as above, into initiatives and stores what differs from what is stored.
 */
bool grouping_put(struct store *store, const struct analyzer *analyzer, struct arena *arena,
                  const struct member *const *members, size_t n, const struct candidate_edge *edges, size_t n_edges,
                  const struct links *links, struct err *err);

#endif
