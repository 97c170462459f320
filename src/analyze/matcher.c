/* The automaton is a table of states × byte classes: bytes that no phrase contains share class 0. States are numbered
 * in the order of their depth, since nearly all steps of a run are among the shallow ones, which so share pages; an
 * entry is as narrow as the number of states allows and says itself whether a phrase ends where it leads, so that the
 * states of most bytes are not read at all. All of that is for the caches: the table is larger than they are. */
#include "analyze/matcher.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { ROOT = 0, NARROW_STATES = 1 << 15 };
static const uint32_t no_phrase = UINT32_MAX;

struct state {
    uint32_t phrase;  /* that ends here, or no_phrase */
    uint32_t length;  /* of that phrase in bytes */
    uint32_t output;  /* nearest state on the failure path where a phrase ends; ROOT = none */
    uint32_t failure; /* longest proper suffix that is a state */
};

/* Of the trie while it is built; 0 = none, since the root is nobody's child. */
struct node {
    uint32_t child, last, sibling;
    uint32_t phrase, length;
    uint8_t class_of;
};

struct pending {
    size_t begin, length;
    uint32_t phrase;
    const struct buf *texts; /* for sorting */
};

struct matcher {
    struct state *states;
    size_t n_states;
    uint16_t *narrow; /* [state × classes] one of the two: state | ends_here */
    uint32_t *wide;
    struct buf texts; /* phrases one after another until they are compiled */
    struct pending *pending;
    size_t n_pending, room_pending;
    uint8_t class_of[256];
    size_t classes;
};

struct matcher *matcher_new(void)
{
    struct matcher *matcher = mem_alloc(sizeof *matcher);
    memset(matcher, 0, sizeof *matcher);
    matcher->classes = 1;
    return matcher;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher)
        return;
    mem_free(matcher->states);
    mem_free(matcher->narrow);
    mem_free(matcher->wide);
    mem_free(matcher->pending);
    buf_free(&matcher->texts);
    mem_free(matcher);
}

void matcher_add(struct matcher *matcher, struct str text, uint32_t phrase)
{
    for (size_t i = 0; i < text.n; i++)
        matcher->class_of[(uint8_t)text.p[i]] = 1; /* numbered when all are known */
    matcher->pending =
        mem_grow(matcher->pending, &matcher->room_pending, matcher->n_pending + 1, sizeof *matcher->pending);
    matcher->pending[matcher->n_pending++] =
        (struct pending){.begin = matcher->texts.n, .length = text.n, .phrase = phrase, .texts = &matcher->texts};
    buf_str(&matcher->texts, text);
}

static int by_bytes(const void *a, const void *b)
{
    const struct pending *x = a, *y = b;
    size_t n = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->texts->p + x->begin, y->texts->p + y->begin, n);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

/* In the order of the bytes; byte 0 aside there are 255, so the numbers fit. */
static void number_classes(struct matcher *matcher)
{
    for (size_t b = 0; b < 256; b++)
        if (matcher->class_of[b])
            matcher->class_of[b] = (uint8_t)matcher->classes++;
}

/* Phrases come sorted: what a phrase shares with those before it is always the last child. */
static struct node *build_trie(struct matcher *matcher, size_t *n_nodes)
{
    struct node *nodes = NULL;
    size_t n = 0, room = 0;
    nodes = mem_grow(nodes, &room, mem_add(matcher->texts.n, 1), sizeof *nodes);
    nodes[n++] = (struct node){.phrase = no_phrase};
    for (size_t i = 0; i < matcher->n_pending; i++) {
        const struct pending *pending = &matcher->pending[i];
        uint32_t at = ROOT;
        for (size_t k = 0; k < pending->length; k++) {
            uint8_t class_of = matcher->class_of[(uint8_t)matcher->texts.p[pending->begin + k]];
            uint32_t last = nodes[at].last;
            if (!last || nodes[last].class_of != class_of) {
                nodes[n] = (struct node){.phrase = no_phrase, .class_of = class_of};
                *(last ? &nodes[last].sibling : &nodes[at].child) = (uint32_t)n;
                nodes[at].last = last = (uint32_t)n++;
            }
            at = last;
        }
        nodes[at].phrase = pending->phrase;
        nodes[at].length = (uint32_t)pending->length;
    }
    *n_nodes = n;
    return nodes;
}

static uint32_t ends_here(const struct matcher *matcher)
{
    return matcher->wide ? UINT32_C(1) << 31 : UINT32_C(1) << 15;
}

/* The state that an entry leads to. */
static uint32_t get(const struct matcher *matcher, size_t state, size_t class_of)
{
    size_t at = state * matcher->classes + class_of;
    return (matcher->wide ? matcher->wide[at] : matcher->narrow[at]) & ~ends_here(matcher);
}

static void set(struct matcher *matcher, size_t state, size_t class_of, size_t to)
{
    size_t at = state * matcher->classes + class_of;
    bool ends = matcher->states[to].phrase != no_phrase || matcher->states[to].output != ROOT;
    uint32_t entry = (uint32_t)to | (ends ? ends_here(matcher) : 0);
    if (matcher->wide)
        matcher->wide[at] = entry;
    else
        matcher->narrow[at] = (uint16_t)entry;
}

/* The row of a state is that of its failure but for its own children. */
static void begin_row(struct matcher *matcher, size_t state)
{
    size_t size = matcher->classes * (matcher->wide ? sizeof *matcher->wide : sizeof *matcher->narrow);
    char *rows = matcher->wide ? (char *)matcher->wide : (char *)matcher->narrow;
    if (state == ROOT)
        memset(rows, 0, size);
    else
        memcpy(rows + state * size, rows + matcher->states[state].failure * size, size);
}

/* Breadth first, so that the row of a failure, which is shallower, is there when it is needed. */
static void fill_table(struct matcher *matcher, const struct node *nodes)
{
    uint32_t *queue = mem_alloc(mem_mul(matcher->n_states, sizeof *queue));
    size_t tail = 0;
    queue[tail++] = ROOT;
    matcher->states[ROOT] = (struct state){.phrase = no_phrase};
    for (size_t state = 0; state < tail; state++) {
        begin_row(matcher, state);
        for (uint32_t child = nodes[queue[state]].child; child; child = nodes[child].sibling) {
            const struct node *node = &nodes[child];
            uint32_t failure = state == ROOT ? ROOT : get(matcher, state, node->class_of);
            const struct state *suffix = &matcher->states[failure];
            matcher->states[tail] = (struct state){
                .phrase = node->phrase,
                .length = node->length,
                .failure = failure,
                .output = suffix->phrase != no_phrase ? failure : suffix->output,
            };
            set(matcher, state, node->class_of, tail);
            queue[tail++] = child;
        }
    }
    mem_free(queue);
}

void matcher_compile(struct matcher *matcher)
{
    number_classes(matcher);
    if (matcher->n_pending)
        qsort(matcher->pending, matcher->n_pending, sizeof *matcher->pending, by_bytes);
    struct node *nodes = build_trie(matcher, &matcher->n_states);
    size_t entries = mem_mul(matcher->n_states, matcher->classes);
    if (matcher->n_states > NARROW_STATES)
        matcher->wide = mem_alloc(mem_mul(entries, sizeof *matcher->wide));
    else
        matcher->narrow = mem_alloc(mem_mul(entries, sizeof *matcher->narrow));
    matcher->states = mem_alloc(mem_mul(matcher->n_states, sizeof *matcher->states));
    fill_table(matcher, nodes);
    mem_free(nodes);
    mem_free(matcher->pending);
    buf_free(&matcher->texts);
    matcher->pending = NULL;
    matcher->n_pending = matcher->room_pending = 0;
}

static void report(const struct matcher *matcher, uint32_t state, size_t end,
                   void (*found)(void *context, struct match match), void *context)
{
    uint32_t output = matcher->states[state].phrase != no_phrase ? state : matcher->states[state].output;
    for (; output != ROOT; output = matcher->states[output].output) {
        const struct state *at = &matcher->states[output];
        found(context, (struct match){.begin = (uint32_t)end - at->length, .end = (uint32_t)end, .phrase = at->phrase});
    }
}

void matcher_run(const struct matcher *matcher, struct str text, void (*found)(void *context, struct match match),
                 void *context)
{
    size_t n = text.n < UINT32_MAX ? text.n : UINT32_MAX - 1, classes = matcher->classes, state = ROOT;
    const uint32_t mark = ends_here(matcher);
    for (size_t i = 0; i < n; i++) {
        size_t at = state * classes + matcher->class_of[(uint8_t)text.p[i]];
        uint32_t entry = matcher->wide ? matcher->wide[at] : matcher->narrow[at];
        state = entry & ~mark;
        if (entry & mark)
            report(matcher, (uint32_t)state, i + 1, found, context);
    }
}
