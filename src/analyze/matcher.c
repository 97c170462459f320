/* The automaton is a trie over characters whose edges are found by hashing: unlike a table of states × bytes it fits
 * into the caches. Nodes are numbered in the order of their depth, since nearly all steps are among the shallow ones,
 * which so lie close together. Most characters, with the one that follows, begin no phrase: at the root they are not
 * even looked up. */
#include "analyze/matcher.h"

#include "base/mem.h"
#include "base/pairs.h"

#include <string.h>

enum { ROOT = 0 };
static const uint32_t no_phrase = UINT32_MAX;

struct node {
    uint32_t parent, c; /* c leads here from the parent */
    uint32_t children;  /* bit c % 32 for each */
    uint32_t phrase;    /* that ends here, or no_phrase */
    uint32_t length;    /* of that phrase in bytes */
    uint32_t failure;   /* longest proper suffix that is a node */
    uint32_t output;    /* this node, or the nearest on the failure path, where a phrase ends; ROOT = none */
};

struct pending {
    size_t at, end; /* what is left of its text */
    uint32_t node;  /* of what is not */
    uint32_t length, phrase;
};

struct matcher {
    struct node *nodes;
    size_t n, room;
    uint32_t *slots; /* nodes by parent and c; ROOT, which is nobody's child: free */
    uint32_t mask;
    struct buf texts; /* phrases one after another until they are compiled */
    struct pending *pending;
    size_t n_pending, room_pending;
    struct pairs pairs;
};

struct matcher *matcher_new(void)
{
    struct matcher *matcher = mem_alloc(sizeof *matcher);
    memset(matcher, 0, sizeof *matcher);
    return matcher;
}

static void forget_pending(struct matcher *matcher)
{
    mem_free(matcher->pending);
    buf_free(&matcher->texts);
    matcher->pending = NULL;
    matcher->n_pending = matcher->room_pending = 0;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher)
        return;
    forget_pending(matcher);
    mem_free(matcher->nodes);
    mem_free(matcher->slots);
    mem_free(matcher);
}

void matcher_add(struct matcher *matcher, struct str text, uint32_t phrase)
{
    size_t begin = matcher->texts.n;
    buf_str(&matcher->texts, text);
    pairs_add_phrase(&matcher->pairs, text);
    matcher->pending =
        mem_grow(matcher->pending, &matcher->room_pending, matcher->n_pending + 1, sizeof *matcher->pending);
    matcher->pending[matcher->n_pending++] =
        (struct pending){.at = begin, .end = matcher->texts.n, .length = (uint32_t)text.n, .phrase = phrase};
}

/* The slot of a child, or the free one where it would be. */
static uint32_t *slot_of(const struct matcher *matcher, uint32_t parent, uint32_t c)
{
    uint32_t hash = (parent * 2246822519u ^ c) * 2654435761u;
    for (uint32_t slot = (hash ^ hash >> 15) & matcher->mask;; slot = (slot + 1) & matcher->mask) {
        const struct node *node = &matcher->nodes[matcher->slots[slot]];
        if (matcher->slots[slot] == ROOT || (node->parent == parent && node->c == c))
            return &matcher->slots[slot];
    }
}

/* The child that c leads to; ROOT where there is none. */
static uint32_t follow(const struct matcher *matcher, uint32_t from, uint32_t c)
{
    return matcher->nodes[from].children >> c % 32 & 1 ? *slot_of(matcher, from, c) : ROOT;
}

/* `begins`: may a phrase begin with c? */
static uint32_t step(const struct matcher *matcher, uint32_t from, uint32_t c, bool begins)
{
    for (; from != ROOT; from = matcher->nodes[from].failure) {
        uint32_t to = follow(matcher, from, c);
        if (to != ROOT)
            return to;
    }
    return begins ? follow(matcher, ROOT, c) : ROOT;
}

/* Takes the next character of a phrase into the trie. The phrases go in side by side, so that all nodes that are
 * shallower than a new one are there. */
static void grow(struct matcher *matcher, struct pending *pending)
{
    uint32_t c = utf8_next((struct str){matcher->texts.p, pending->end}, &pending->at), parent = pending->node;
    uint32_t *slot = slot_of(matcher, parent, c);
    if (*slot == ROOT) {
        uint32_t failure = parent == ROOT ? ROOT : step(matcher, matcher->nodes[parent].failure, c, true);
        matcher->nodes = mem_grow(matcher->nodes, &matcher->room, matcher->n + 1, sizeof *matcher->nodes);
        matcher->nodes[parent].children |= UINT32_C(1) << c % 32;
        matcher->nodes[matcher->n] = (struct node){.parent = parent,
                                                   .c = c,
                                                   .phrase = no_phrase,
                                                   .failure = failure,
                                                   .output = matcher->nodes[failure].output};
        *slot = (uint32_t)matcher->n++;
    }
    pending->node = *slot;
    if (pending->at == pending->end) {
        struct node *node = &matcher->nodes[*slot];
        node->phrase = pending->phrase;
        node->length = pending->length;
        node->output = *slot;
    }
}

void matcher_compile(struct matcher *matcher)
{
    size_t slots = 2, left = matcher->n_pending;
    while (slots < mem_add(utf8_count(buf_view(&matcher->texts)) / 2 * 3, 2))
        slots *= 2;
    matcher->mask = (uint32_t)slots - 1;
    matcher->slots = mem_alloc(mem_mul(slots, sizeof *matcher->slots));
    memset(matcher->slots, 0, slots * sizeof *matcher->slots);
    matcher->nodes = mem_grow(NULL, &matcher->room, 1, sizeof *matcher->nodes);
    matcher->nodes[matcher->n++] = (struct node){.phrase = no_phrase};
    while (left > 0) {
        size_t n = left;
        left = 0;
        for (size_t i = 0; i < n; i++) {
            grow(matcher, &matcher->pending[i]);
            if (matcher->pending[i].at < matcher->pending[i].end)
                matcher->pending[left++] = matcher->pending[i];
        }
    }
    forget_pending(matcher);
}

static void report(const struct matcher *matcher, uint32_t at, size_t end,
                   void (*found)(void *context, struct match match), void *context)
{
    while ((at = matcher->nodes[at].output) != ROOT) {
        const struct node *node = &matcher->nodes[at];
        found(context,
              (struct match){.begin = (uint32_t)end - node->length, .end = (uint32_t)end, .phrase = node->phrase});
        at = node->failure;
    }
}

void matcher_run(const struct matcher *matcher, struct str text, void (*found)(void *context, struct match match),
                 void *context)
{
    size_t n = text.n < UINT32_MAX ? text.n : UINT32_MAX - 4, next = 0;
    uint32_t at = ROOT, second = n ? utf8_next(text, &next) : 0;
    while (next > 0) {
        size_t end = next;
        uint32_t first = second;
        second = next < n ? utf8_next(text, &next) : (uint32_t)(next = 0);
        bool begins = pairs_may_begin(&matcher->pairs, first, second);
        if (at == ROOT && !begins)
            continue;
        at = step(matcher, at, first, begins);
        report(matcher, at, end, found, context);
    }
}
