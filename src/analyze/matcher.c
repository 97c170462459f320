/* The automaton is a table of states × byte classes: bytes that no phrase contains share class 0, so that the table
 * stays small enough for the caches although Hangul is three bytes a syllable. */
#include "analyze/matcher.h"

#include "base/mem.h"

#include <string.h>

enum { ROOT = 0 };
static const uint32_t no_phrase = UINT32_MAX;

struct state {
    uint32_t phrase;  /* that ends here, or no_phrase */
    uint32_t length;  /* of that phrase in bytes */
    uint32_t output;  /* nearest state on the failure path where a phrase ends; ROOT = none */
    uint32_t failure; /* longest proper suffix that is a state */
};

struct matcher {
    struct state *states;
    size_t n_states, room_states;
    uint32_t *next; /* [state × classes] */
    size_t room_next;
    struct buf texts; /* phrases one after another until they are compiled */
    struct pending {
        size_t begin, length;
        uint32_t phrase;
    } * pending;
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
    mem_free(matcher->next);
    mem_free(matcher->pending);
    buf_free(&matcher->texts);
    mem_free(matcher);
}

void matcher_add(struct matcher *matcher, struct str text, uint32_t phrase)
{
    for (size_t i = 0; i < text.n; i++) {
        uint8_t *class_of = &matcher->class_of[(uint8_t)text.p[i]];
        if (*class_of == 0)
            *class_of = (uint8_t)matcher->classes++; /* byte 0 aside there are 255, so this fits */
    }
    matcher->pending =
        mem_grow(matcher->pending, &matcher->room_pending, matcher->n_pending + 1, sizeof *matcher->pending);
    matcher->pending[matcher->n_pending++] =
        (struct pending){.begin = matcher->texts.n, .length = text.n, .phrase = phrase};
    buf_str(&matcher->texts, text);
}

static uint32_t new_state(struct matcher *matcher)
{
    size_t state = matcher->n_states++;
    matcher->states = mem_grow(matcher->states, &matcher->room_states, matcher->n_states, sizeof *matcher->states);
    matcher->next = mem_grow(matcher->next, &matcher->room_next, mem_mul(matcher->n_states, matcher->classes),
                             sizeof *matcher->next);
    matcher->states[state] = (struct state){.phrase = no_phrase};
    memset(matcher->next + state * matcher->classes, 0, matcher->classes * sizeof *matcher->next);
    return (uint32_t)state;
}

static uint32_t *edge(const struct matcher *matcher, uint32_t state, size_t class_of)
{
    return matcher->next + state * matcher->classes + class_of;
}

static void add_to_trie(struct matcher *matcher, const struct pending *pending)
{
    uint32_t state = ROOT;
    for (size_t i = 0; i < pending->length; i++) {
        size_t class_of = matcher->class_of[(uint8_t)matcher->texts.p[pending->begin + i]];
        uint32_t to = *edge(matcher, state, class_of);
        if (to == ROOT) {
            to = new_state(matcher);
            *edge(matcher, state, class_of) = to;
        }
        state = to;
    }
    matcher->states[state].phrase = pending->phrase;
    matcher->states[state].length = (uint32_t)pending->length;
}

/* Breadth first: fills failures, outputs and the missing edges, so that running never steps back. */
static void link_states(struct matcher *matcher)
{
    uint32_t *queue = mem_alloc(mem_mul(matcher->n_states, sizeof *queue));
    size_t head = 0, tail = 0;
    queue[tail++] = ROOT;
    while (head < tail) {
        uint32_t state = queue[head++];
        uint32_t failure = matcher->states[state].failure;
        for (size_t c = 0; c < matcher->classes; c++) {
            uint32_t *to = edge(matcher, state, c);
            uint32_t fallback = state == ROOT ? ROOT : *edge(matcher, failure, c);
            if (*to == ROOT) {
                *to = fallback;
                continue;
            }
            struct state *child = &matcher->states[*to];
            child->failure = fallback;
            const struct state *suffix = &matcher->states[fallback];
            child->output = suffix->phrase != no_phrase ? fallback : suffix->output;
            queue[tail++] = *to;
        }
    }
    mem_free(queue);
}

void matcher_compile(struct matcher *matcher)
{
    new_state(matcher);
    for (size_t i = 0; i < matcher->n_pending; i++)
        add_to_trie(matcher, &matcher->pending[i]);
    link_states(matcher);
    mem_free(matcher->pending);
    buf_free(&matcher->texts);
    matcher->pending = NULL;
    matcher->n_pending = matcher->room_pending = 0;
}

void matcher_run(const struct matcher *matcher, struct str text, void (*found)(void *context, struct match match),
                 void *context)
{
    uint32_t state = ROOT;
    size_t n = text.n < UINT32_MAX ? text.n : UINT32_MAX - 1;
    for (size_t i = 0; i < n; i++) {
        state = *edge(matcher, state, matcher->class_of[(uint8_t)text.p[i]]);
        const struct state *at = &matcher->states[state];
        uint32_t output = at->phrase != no_phrase ? state : at->output;
        for (; output != ROOT; output = matcher->states[output].output) {
            const struct state *end = &matcher->states[output];
            uint32_t to = (uint32_t)i + 1;
            found(context, (struct match){.begin = to - end->length, .end = to, .phrase = end->phrase});
        }
    }
}
