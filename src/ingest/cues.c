/* The cue table is indexed by the first three bytes of each phrase (one syllable), so that scanning a line costs one
 * look-up a byte and a comparison only where a phrase may begin. */
#include "ingest/cues.h"

#include "base/arena.h"
#include "data/data.h"

#include <pthread.h>
#include <string.h>

enum match { MATCH_HAS, MATCH_IS, MATCH_STARTS, MATCH_ENDS };
enum { SLOTS = 4096, KEY = 3 }; /* bytes of a phrase that select its slot; shorter phrases are passed over */
enum { WIDE = 6, WIDE_BITS = 16384 };

struct cue {
    struct str phrase;
    unsigned kind;
    enum match match;
    int next;          /* index of the next cue in the slot, -1 at the end */
    int next_of_match; /* the same in has, head or tail */
};

/* Bits of the hashes of the phrases' first WIDE bytes (two syllables), of shorter ones the first bytes: what begins
 * otherwise begins no phrase, and its slot is not looked at. */
struct filter {
    uint64_t wide[WIDE_BITS / 64];
    bool narrow[256];
};

static struct {
    struct arena *arena; /* lives as long as the process */
    struct cue *cues;
    int slots[SLOTS];            /* all cues, by their first bytes */
    int has[SLOTS], head[SLOTS]; /* those that may stand anywhere; those that begin a line */
    int tail[SLOTS];             /* those that end a line, by their last bytes */
    struct filter may, may_has;  /* where one of slots, one of has may begin */
} table;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static unsigned slot_of(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return ((unsigned)b[0] * 2654435761u ^ (unsigned)b[1] * 40503u ^ (unsigned)b[2] * 977u) % SLOTS;
}

static unsigned wide_bit(const char *p)
{
    uint64_t bytes = 0;
    memcpy(&bytes, p, WIDE);
    return (unsigned)((bytes * 0x9e3779b97f4a7c15u) >> 32) % WIDE_BITS;
}

static void filter_add(struct filter *filter, struct str phrase)
{
    if (phrase.n < WIDE)
        filter->narrow[(unsigned char)phrase.p[0]] = true;
    else
        filter->wide[wide_bit(phrase.p) / 64] |= (uint64_t)1 << wide_bit(phrase.p) % 64;
}

/* Does no phrase begin with what begins at byte `at`? */
static bool filter_rules_out(const struct filter *filter, struct str line, size_t at)
{
    if (filter->narrow[(unsigned char)line.p[at]])
        return false;
    if (at + WIDE > line.n)
        return true;
    unsigned bit = wide_bit(line.p + at);
    return !(filter->wide[bit / 64] >> bit % 64 & 1);
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
        filter_add(&table.may, cue->phrase);
        if (cue->match == MATCH_HAS)
            filter_add(&table.may_has, cue->phrase);
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

/* Bytes of the character that begins with `c`: a phrase begins where a character does. */
static size_t step_of(char c)
{
    unsigned char a = (unsigned char)c;
    return 1u + (a >= 0xc0) + (a >= 0xe0) + (a >= 0xf0);
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
    for (size_t at = 0; at + KEY <= line.n; at += step_of(line.p[at])) {
        if (filter_rules_out(&table.may_has, line, at))
            continue;
        for (int i = table.has[slot_of(line.p + at)]; i >= 0; i = table.cues[i].next_of_match)
            if (!(kinds & table.cues[i].kind) && line.p[at + KEY - 1] == table.cues[i].phrase.p[KEY - 1] &&
                fits(&table.cues[i], line, at))
                kinds |= table.cues[i].kind;
    }
    return kinds;
}

bool cues_next(struct str line, size_t from, unsigned kinds, unsigned *kind, size_t *begin, size_t *end)
{
    pthread_once(&once, load);
    for (size_t at = from; at + KEY <= line.n; at += step_of(line.p[at])) {
        const struct cue *best = NULL; /* the longest phrase that begins here */
        if (filter_rules_out(&table.may, line, at))
            continue;
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
