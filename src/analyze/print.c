#include "analyze/print.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A print while it is taken. */
struct draft {
    uint32_t words[MAX_WORDS], title[MAX_TITLE], quotes[MAX_QUOTES], events[MAX_QUOTES], headline[MAX_QUOTES];
    uint32_t features[MAX_FEATURES];
    size_t n_words, n_title, n_quotes, n_events, n_headline, n_features, n_title_pairs, n_pairs, first_quote;
    uint32_t round, days;
};

enum {
    MAX_BODY = 1600, /* bytes of the body that are read */
    MAX_LEAD = 300,  /* and those in which the round of an event is looked for, */
    MAX_DATED = 480, /* and its day */
    MAX_ACTOR = 60,  /* bytes of an actor's name in front of a title */
    SKETCH = 10,     /* word pairs that lead to a bucket */
    TITLE_PAIRS = 6, /* and those of the title */
};

/* Hashes are spread evenly: dealt out by their highest bits they are nearly in order. At most 2 * MAX_WORDS + 2. */
static void sort(uint32_t *numbers, size_t n)
{
    enum { PARTS = 128, SHIFT = 25 };
    uint32_t dealt[2 * MAX_WORDS + 2];
    uint16_t begin[PARTS + 1] = {0};
    for (size_t i = 0; i < n; i++)
        begin[(numbers[i] >> SHIFT) + 1]++;
    for (size_t p = 0; p < PARTS; p++)
        begin[p + 1] = (uint16_t)(begin[p + 1] + begin[p]);
    for (size_t i = 0; i < n; i++)
        dealt[begin[numbers[i] >> SHIFT]++] = numbers[i];
    for (size_t i = 0; i < n; i++) {
        size_t k = i;
        for (; k > 0 && numbers[k - 1] > dealt[i]; k--)
            numbers[k] = numbers[k - 1];
        numbers[k] = dealt[i];
    }
}

static size_t unique(uint32_t *numbers, size_t n)
{
    size_t kept = 0;
    sort(numbers, n);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    return kept;
}

static uint32_t mix(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdULL;
    hash ^= hash >> 33;
    return (uint32_t)hash;
}

/* The next run of letters and digits; false at the end. */
static bool next_word(struct str text, size_t *at, struct str *word)
{
    size_t begin = SIZE_MAX;
    while (*at < text.n) {
        size_t here = *at;
        uint32_t c = utf8_next(text, at);
        bool letter = c < 128 ? (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') : utf8_is_letter(c);
        if (letter && begin == SIZE_MAX)
            begin = here;
        if (!letter && begin != SIZE_MAX) {
            *word = str_slice(text, begin, here);
            return true;
        }
    }
    if (begin == SIZE_MAX)
        return false;
    *word = str_slice(text, begin, text.n);
    return true;
}

/* The bytes of a syllable as a number. */
#define SYLLABLE(a, b, c) ((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

static uint32_t syllable_at(struct str word, size_t at)
{
    const unsigned char *p = (const unsigned char *)word.p + at;
    return SYLLABLE(p[0], p[1], p[2]);
}

/* Takes a particle off a word of three and more syllables: 에서, 으로, 까지, 부터, or one syllable. */
static struct str stem(struct str word)
{
    enum { SYLLABLE_BYTES = 3, LEAST = 6 };
    if (word.n < LEAST + SYLLABLE_BYTES)
        return word;
    uint32_t before = 0;
    size_t particle = SYLLABLE_BYTES;
    switch (syllable_at(word, word.n - SYLLABLE_BYTES)) {
    case SYLLABLE(0xEC, 0x84, 0x9C): before = SYLLABLE(0xEC, 0x97, 0x90), particle = 0; break; /* 에 서 */
    case SYLLABLE(0xEB, 0xA1, 0x9C): before = SYLLABLE(0xEC, 0x9C, 0xBC); break;               /* 으 로, 로 */
    case SYLLABLE(0xEC, 0xA7, 0x80): before = SYLLABLE(0xEA, 0xB9, 0x8C), particle = 0; break; /* 까 지 */
    case SYLLABLE(0xED, 0x84, 0xB0): before = SYLLABLE(0xEB, 0xB6, 0x80), particle = 0; break; /* 부 터 */
    case SYLLABLE(0xEC, 0x9D, 0x80):                                                           /* 은 */
    case SYLLABLE(0xEB, 0x8A, 0x94):                                                           /* 는 */
    case SYLLABLE(0xEC, 0x9D, 0xB4):                                                           /* 이 */
    case SYLLABLE(0xEA, 0xB0, 0x80):                                                           /* 가 */
    case SYLLABLE(0xEC, 0x9D, 0x84):                                                           /* 을 */
    case SYLLABLE(0xEB, 0xA5, 0xBC):                                                           /* 를 */
    case SYLLABLE(0xEC, 0x9D, 0x98):                                                           /* 의 */
    case SYLLABLE(0xEC, 0x97, 0x90):                                                           /* 에 */
    case SYLLABLE(0xEC, 0x99, 0x80):                                                           /* 와 */
    case SYLLABLE(0xEA, 0xB3, 0xBC):                                                           /* 과 */
    case SYLLABLE(0xEB, 0x8F, 0x84): break;                                                    /* 도 */
    default: return word;
    }
    if (before && word.n >= LEAST + 2 * SYLLABLE_BYTES && syllable_at(word, word.n - 2 * SYLLABLE_BYTES) == before)
        particle = 2 * SYLLABLE_BYTES;
    return str_slice(word, 0, word.n - particle);
}

/* The words that say something, and the pairs that such a word ends. */
static void add_words(struct draft *print, const struct common *common, struct str text, uint32_t *pairs,
                      size_t *n_pairs)
{
    size_t at = 0;
    uint64_t before = 0;
    struct str word;
    while (print->n_words < MAX_WORDS && next_word(text, &at, &word)) {
        word = stem(word);
        uint64_t hash = str_hash(word);
        if (!common_has(common, word)) {
            if (word.n >= 4)
                print->words[print->n_words++] = mix(hash);
            pairs[(*n_pairs)++] = mix(hash * 31 + before);
        }
        before = hash;
        if (*n_pairs >= 2 * MAX_WORDS)
            return;
    }
}

/* The title without the kind of article in brackets before it ("[포토뉴스] …"). */
static struct str without_kind(struct str title)
{
    static const char *const ends[][2] = {{"[", "]"}, {"(", ")"}, {"<", ">"}, {"【", "】"}, {"〔", "〕"}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct str close = str_from(ends[i][1]);
        size_t end = str_starts(title, str_from(ends[i][0])) ? str_find(title, close, 0) : SIZE_MAX;
        if (end < MAX_ACTOR && end + close.n + MAX_ACTOR / 4 < title.n)
            return str_trim(str_slice(title, end + close.n, title.n));
    }
    return title;
}

/* The title without the one word of who acts in front of it ("○○시, …"): within one city that says nothing. */
static struct str without_actor(struct str title)
{
    size_t comma = str_find(title, STR(","), 0);
    bool one_word = comma < MAX_ACTOR && str_find(str_slice(title, 0, comma), STR(" "), 0) == SIZE_MAX;
    return one_word && comma + MAX_ACTOR / 2 < title.n ? str_slice(title, comma + 1, title.n) : title;
}

static void add_title(struct draft *print, struct str title)
{
    uint64_t before = 0;
    for (size_t at = 0; at < title.n && print->n_title < MAX_TITLE;) {
        uint32_t c = utf8_next(title, &at);
        if (!utf8_is_letter(c))
            continue;
        if (before)
            print->title[print->n_title++] = mix(before * 0x9e3779b97f4a7c15ULL + c);
        before = c;
    }
    print->n_title = unique(print->title, print->n_title);
}

/* Double marks are mostly those of speech. */
static bool is_opening(uint32_t c, bool speech)
{
    return c == 0x2018 || c == 0x300C || c == 0x300E || c == '\'' || (speech && (c == 0x201C || c == '"'));
}

static bool is_closing(uint32_t c)
{
    return c == 0x2019 || c == 0x201D || c == 0x300D || c == 0x300F || c == '\'' || c == '"';
}

/* A name that stands for a place: what happens there next month is something else. */
static bool names_place(struct str name)
{
    static const char *const places[] = {"단지", "파크", "밸리",   "센터",     "타운", "허브",     "특구",
                                         "산단", "지구", "캠퍼스", "클러스터", "공간", "스페이스", NULL};
    return str_ends_any(name, places);
}

/* Names of programmes and events in quotation marks: letters only, 6 to 40 of them; "2026" and "2026년" (U+B144) are
 * written and left out at will. */
/* Where the next character is that may open a quotation: all others begin otherwise. */
static size_t next_mark(struct str text, size_t at)
{
    while (at < text.n) {
        unsigned char c = (unsigned char)text.p[at];
        if (c == '\'' || c == '"' || c == 0xE2 || c == 0xE3)
            break;
        at++;
    }
    return at;
}

static void add_quotes(struct draft *print, struct str text, bool speech)
{
    uint64_t hash = 0;
    size_t letters = 0, begin = 0;
    bool open = false;
    for (size_t at = next_mark(text, 0); at < text.n && print->n_quotes < MAX_QUOTES;
         at = open ? at : next_mark(text, at)) {
        size_t here = at;
        uint32_t c = utf8_next(text, &at);
        if (open && is_closing(c)) {
            if (letters >= 6 && letters <= 40) {
                print->quotes[print->n_quotes++] = mix(hash);
                if (print->n_events < MAX_QUOTES && !names_place(str_slice(text, begin, here)))
                    print->events[print->n_events++] = mix(hash);
            }
            open = false;
        } else if (!open && is_opening(c, speech)) {
            open = true;
            begin = at;
            hash = letters = 0;
        } else if (open && utf8_is_letter(c) && !(c < 128 && c >= '0' && c <= '9') && c != 0xB144) {
            hash = hash * 1099511628211ULL + c;
            letters++;
        }
        if (letters > 40)
            open = false;
    }
    print->n_quotes = unique(print->quotes, print->n_quotes);
    print->n_events = unique(print->events, print->n_events);
}

static void add_feature(struct draft *print, uint32_t feature)
{
    if (print->n_features < MAX_FEATURES)
        print->features[print->n_features++] = feature;
}

/* What leads to others: rare pairs of the title and of the body, which stand in any copy; words; names. */
static void add_features(struct draft *print, const struct common *common, struct str title, struct str body)
{
    uint32_t pairs[2 * MAX_WORDS + 2];
    size_t n_pairs = 0, at = 0;
    struct str word;
    add_words(print, common, title, pairs, &n_pairs);
    n_pairs = unique(pairs, n_pairs);
    for (size_t i = 0; i < n_pairs && i < TITLE_PAIRS; i++)
        add_feature(print, pairs[i]);
    print->n_title_pairs = print->n_features;
    n_pairs = 0;
    add_words(print, common, body, pairs, &n_pairs);
    n_pairs = unique(pairs, n_pairs);
    for (size_t i = 0; i < n_pairs && i < SKETCH; i++)
        add_feature(print, pairs[i]);
    print->n_pairs = print->n_features;
    print->n_words = unique(print->words, print->n_words);
    for (size_t i = 0; i < print->n_words && i < SKETCH; i++)
        add_feature(print, print->words[i] ^ 0x3cu);
    print->first_quote = print->n_features;
    for (size_t i = 0; i < print->n_quotes; i++)
        add_feature(print, print->quotes[i] ^ 0x51u);
    while (next_word(title, &at, &word))
        if ((word = stem(word)).n >= 9 && !common_has(common, word))
            add_feature(print, mix(str_hash(word)) ^ 0x7au);
}

static uint32_t *append(uint32_t *at, const uint32_t *numbers, size_t n)
{
    if (n > 0)
        memcpy(at, numbers, n * sizeof *numbers);
    return at + n;
}

static const struct print *pack(struct arena *arena, const struct draft *draft, const struct series *series,
                                uint64_t exact)
{
    size_t n =
        draft->n_words + draft->n_title + draft->n_quotes + draft->n_events + draft->n_headline + draft->n_features;
    struct print *print = arena_alloc(arena, sizeof *print + n * sizeof *print->numbers);
    print->form = PRINT_FORM;
    print->n_words = (uint16_t)draft->n_words;
    print->n_title = (uint16_t)draft->n_title;
    print->n_features = (uint16_t)draft->n_features;
    print->n_quotes = (uint8_t)draft->n_quotes;
    print->n_events = (uint8_t)draft->n_events;
    print->n_headline = (uint8_t)draft->n_headline;
    print->n_title_pairs = (uint8_t)draft->n_title_pairs;
    print->n_pairs = (uint8_t)draft->n_pairs;
    print->first_quote = (uint8_t)draft->first_quote;
    print->round = draft->round;
    print->days = draft->days;
    print->exact = exact;
    print->series = *series;
    uint32_t *at = append(print->numbers, draft->words, draft->n_words);
    at = append(at, draft->title, draft->n_title);
    at = append(at, draft->quotes, draft->n_quotes);
    at = append(at, draft->events, draft->n_events);
    at = append(at, draft->headline, draft->n_headline);
    append(at, draft->features, draft->n_features);
    return print;
}

const struct print *print_take(struct arena *arena, const struct common *common, struct str title, struct str text)
{
    struct str body = str_head(text, MAX_BODY);
    struct draft draft = {.n_words = 0};
    struct series series;
    uint64_t exact = str_hash(title) * 31 + str_hash(text);
    memset(&series, 0, sizeof series);
    series_take(title, &series);
    title = without_kind(title);
    add_title(&draft, without_actor(title));
    add_quotes(&draft, title, false);
    draft.n_headline = draft.n_quotes;
    memcpy(draft.headline, draft.quotes, sizeof draft.headline);
    add_quotes(&draft, title, true);
    add_quotes(&draft, body, true);
    draft.round = series_round(title);
    if (draft.round == 0)
        draft.round = series_round(str_slice(body, 0, MAX_LEAD));
    draft.days = series_days(title) | series_days(str_slice(body, 0, MAX_DATED));
    add_features(&draft, common, title, body);
    return pack(arena, &draft, &series, exact);
}

/* ---- as bytes ---- */

static size_t size_of(const struct print *print)
{
    return sizeof *print + ((size_t)print->n_words + print->n_title + print->n_quotes + print->n_events +
                            print->n_headline + print->n_features) *
                               sizeof *print->numbers;
}

struct str print_bytes(const struct print *print)
{
    return (struct str){(const char *)print, size_of(print)};
}

const struct print *print_read(struct arena *arena, struct str bytes)
{
    if (bytes.n < sizeof(struct print))
        return NULL;
    const struct print *print = (const struct print *)(const void *)bytes.p;
    if ((uintptr_t)bytes.p % _Alignof(struct print) != 0)
        print = memcpy(arena_alloc(arena, bytes.n), bytes.p, bytes.n);
    bool good = print->form == PRINT_FORM && size_of(print) == bytes.n && print->n_features <= MAX_FEATURES &&
                print->n_title_pairs <= print->n_pairs && print->n_pairs <= print->first_quote &&
                print->first_quote + print->n_quotes <= print->n_features && print->series.n <= MAX_SERIES;
    return good ? print : NULL;
}
