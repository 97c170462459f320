/* The cue table is indexed by the first three bytes of each phrase (one syllable), so that scanning a line costs one
 * look-up a byte and a comparison only where a phrase may begin. */
#include "ingest/cues.h"

#include "base/arena.h"
#include "base/pairs.h"
#include "data/data.h"

#include <pthread.h>
#include <string.h>

enum match { MATCH_HAS, MATCH_IS, MATCH_STARTS, MATCH_ENDS };
enum { SLOTS = 4096, KEY = 3 }; /* bytes of a phrase that select its slot; shorter phrases are passed over */

struct cue {
    struct str phrase;
    unsigned kind;
    enum match match;
    int next;          /* index of the next cue in the slot, -1 at the end */
    int next_of_match; /* the same in has, head or tail */
};

static struct {
    struct arena *arena; /* lives as long as the process */
    struct cue *cues;
    int slots[SLOTS];            /* all cues, by their first bytes */
    int has[SLOTS], head[SLOTS]; /* those that may stand anywhere; those that begin a line */
    int tail[SLOTS];             /* those that end a line, by their last bytes */
    struct pairs all, anywhere;  /* how phrases, and those of has, begin */
} table;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static unsigned slot_of(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return ((unsigned)b[0] * 2654435761u ^ (unsigned)b[1] * 40503u ^ (unsigned)b[2] * 977u) % SLOTS;
}

static unsigned kind_of(struct str name)
{
    static const char *const names[] = {"stop",      "legal",    "junk",  "footer", "caption", "byline", "contact",
                                        "published", "modified", "other", "outlet", "tag",     "notice", "tail"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, str_from(names[i])))
            return 1u << i;
    return 0;
}

static enum match match_of(struct str name)
{
    if (str_equal(name, STR("is")))
        return MATCH_IS;
    if (str_equal(name, STR("starts")))
        return MATCH_STARTS;
    return str_equal(name, STR("ends")) ? MATCH_ENDS : MATCH_HAS;
}

static void load(void)
{
    struct err err = {0};
    struct tsv tsv;
    for (size_t i = 0; i < SLOTS; i++)
        table.slots[i] = table.has[i] = table.head[i] = table.tail[i] = -1;
    table.arena = arena_new();
    if (!tsv_parse(table.arena, "data/boilerplate.tsv", data_file("data/boilerplate.tsv"), &tsv, &err))
        return;
    size_t kind = tsv_column(&tsv, "kind"), match = tsv_column(&tsv, "match"), phrase = tsv_column(&tsv, "phrase");
    table.cues = ARENA_ARRAY(table.arena, tsv.rows + 1, struct cue);
    int n = 0;
    for (size_t row = tsv.rows; row-- > 0;) { /* backwards, so that a slot's chain is in the table's order */
        struct cue *cue = &table.cues[n];
        *cue = (struct cue){tsv_cell(&tsv, row, phrase), kind_of(tsv_cell(&tsv, row, kind)),
                            match_of(tsv_cell(&tsv, row, match)), -1, -1};
        if (cue->phrase.n < KEY || !cue->kind)
            continue;
        unsigned slot = slot_of(cue->phrase.p);
        cue->next = table.slots[slot];
        int *chain = &(cue->match == MATCH_HAS ? table.has : table.head)[slot];
        if (cue->match == MATCH_ENDS)
            chain = &table.tail[slot_of(cue->phrase.p + cue->phrase.n - KEY)];
        pairs_add_phrase(&table.all, cue->phrase);
        if (cue->match == MATCH_HAS)
            pairs_add_phrase(&table.anywhere, cue->phrase);
        cue->next_of_match = *chain;
        *chain = n;
        table.slots[slot] = n++;
    }
}

/* Does only `s` blanks, digits and punctuation like ()[]: that a counter leaves beside a button's word? */
static bool is_filler(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(" \t0123456789()[]:.,+-", s.p[i]) || s.p[i] == '\0')
            return false;
    return true;
}

static bool fits(const struct cue *cue, struct str line, size_t at)
{
    size_t end = at + cue->phrase.n;
    if (end > line.n || memcmp(line.p + at, cue->phrase.p, cue->phrase.n) != 0)
        return false;
    switch (cue->match) {
    case MATCH_STARTS: return at == 0;
    case MATCH_ENDS: return end == line.n;
    case MATCH_IS: return at == 0 && is_filler(str_slice(line, end, line.n));
    case MATCH_HAS: break;
    }
    return true;
}

/* The first byte from `at` on where a phrase may begin; line.n or more for none. A line may be a slice that cuts the
 * characters at its ends in two: the first is passed over. */
static size_t next_begin(const struct pairs *pairs, struct str line, size_t at)
{
    while (at < line.n && ((unsigned char)line.p[at] & 0xc0) == 0x80)
        at++;
    size_t begin = at, next = at;
    uint32_t first = next < line.n ? utf8_next(line, &next) : 0;
    while (begin < line.n) {
        size_t second_at = next;
        uint32_t second = next < line.n ? utf8_next(line, &next) : 0;
        if (pairs_may_begin(pairs, first, second))
            return begin;
        begin = second_at;
        first = second;
    }
    return begin;
}

unsigned cues_in(struct str line)
{
    unsigned kinds = 0;
    pthread_once(&once, load);
    if (line.n < KEY)
        return 0;
    for (int i = table.head[slot_of(line.p)]; i >= 0; i = table.cues[i].next_of_match)
        if (fits(&table.cues[i], line, 0))
            kinds |= table.cues[i].kind;
    for (int i = table.tail[slot_of(line.p + line.n - KEY)]; i >= 0; i = table.cues[i].next_of_match)
        if (str_ends(line, table.cues[i].phrase))
            kinds |= table.cues[i].kind;
    for (size_t at = 0; (at = next_begin(&table.anywhere, line, at)) + KEY <= line.n; at++)
        for (int i = table.has[slot_of(line.p + at)]; i >= 0; i = table.cues[i].next_of_match)
            if (!(kinds & table.cues[i].kind) && line.p[at + KEY - 1] == table.cues[i].phrase.p[KEY - 1] &&
                fits(&table.cues[i], line, at))
                kinds |= table.cues[i].kind;
    return kinds;
}

bool cues_next(struct str line, size_t from, unsigned kinds, unsigned *kind, size_t *begin, size_t *end)
{
    pthread_once(&once, load);
    for (size_t at = from; (at = next_begin(&table.all, line, at)) + KEY <= line.n; at++) {
        const struct cue *best = NULL; /* the longest phrase that begins here */
        for (int i = table.slots[slot_of(line.p + at)]; i >= 0; i = table.cues[i].next) {
            const struct cue *cue = &table.cues[i];
            if ((cue->kind & kinds) && fits(cue, line, at) && (!best || cue->phrase.n > best->phrase.n))
                best = cue;
        }
        if (best) {
            *kind = best->kind;
            *begin = at;
            *end = at + best->phrase.n;
            return true;
        }
    }
    return false;
}
