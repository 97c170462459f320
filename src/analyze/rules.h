/* Inside the room: the compiled tables and what the stages of analysis hand to each other.
 *
 *   text ──scan──▶ marks (names, cues) ──cities──▶ city findings
 *                                      ──categories──▶ features, initiative and category findings
 *        marks (words)               ──facts──▶ stage, agency, event, money, count, target, zone findings
 */
#ifndef ANALYZE_RULES_H
#define ANALYZE_RULES_H
#include "analyze/analyze.h"
#include "analyze/matcher.h"

enum { MAX_CATEGORIES = 16, MAX_CANDIDATES = 8, MAX_MASKS = 32 };

/* How a phrase can stand for a place. */
enum name_kind {
    NAME_NONE,       /* hides the names inside it */
    NAME_FULL,       /* 시흥시, 강남구 */
    NAME_BARE,       /* 시흥 */
    NAME_SIDO_FULL,  /* 경기도, 대구시 */
    NAME_SIDO_BARE,  /* 경기, 대구 */
    NAME_PLACE,      /* 판교, 오송 */
    NAME_AGENCY,     /* 인천경제청 */
    NAME_UNIVERSITY, /* 충남대 */
    NAME_VENUE,      /* 킨텍스 */
};

/* Is the name also a word of the language? */
enum doubt {
    DOUBT_NONE,
    DOUBT_EVEN, /* as often as not: 경주, 화성, 경기 */
    DOUBT_WORD, /* mostly: 강화, 예산, 부여 */
};

struct name {
    enum name_kind kind;
    enum doubt doubt;
    bool ambiguous;                 /* the candidates are different places of one name, else all of them are meant */
    uint16_t units[MAX_CANDIDATES]; /* indices into struct analyzer.units */
    size_t n;
};

enum cue_class { CUE_OBJECT, CUE_ACT, CUE_ACTOR, CUE_AGAINST, CUE_DOUBT, CUE_STAGE, CUE_NONE };

struct cue {
    enum cue_class class;
    struct str key;
    size_t category; /* of an object */
    double weight;
    struct cue *next; /* further meanings of the same phrase */
};

struct phrase {
    struct str text;  /* without the boundary marks */
    bool left, right; /* demands a word boundary */
    struct name *name;
    struct cue *cues;
    struct word *words; /* of the smaller facts, see facts.h */
};

/* A unit with its relations as indices. */
struct unit {
    const struct region *region; /* latest period */
    int64_t residents;           /* latest known; -1 where none */
    uint16_t sido, count;        /* index of its 시·도 (itself for one), of the unit it counts for */
};

/* What the linear model sees of an article. "Head" is title, subtitle and lead. */
enum feature {
    FEATURE_BIAS,
    FEATURE_OBJECT, /* words of the category, weighted by section: log(1 + their sum) */
    FEATURE_ACT,
    FEATURE_LOCAL,       /* governments of places that the head names */
    FEATURE_AGENCY,      /* and their agencies */
    FEATURE_MINISTRY,    /* ministries that it names */
    FEATURE_NATIONAL,    /* 1 where a ministry acts and the title names no place */
    FEATURE_RELEASE,     /* 1 where the outlet is a ministry: few of its releases are about one place */
    FEATURE_FRAME_TITLE, /* object and act together in title and subtitle, 0..1 */
    FEATURE_FRAME,       /* in one sentence of the head, 0..1 */
    FEATURE_AGAINST,
    FEATURE_AGAINST_TITLE,
    FEATURE_CITY,      /* 1 where a city was found */
    FEATURE_CITY_SURE, /* confidence in the main one, 0..1 */
    FEATURES
};

extern const char *const rules_feature_names[FEATURES]; /* as in data/model.tsv */

struct analyzer {
    size_t threads; /* 0: one a processor */
    struct arena *arena;
    const struct regions *regions;
    const struct taxonomy *taxonomy;
    struct matcher *matcher;
    struct str *modifiers; /* of zones' names: looked up where a zone is, not sought everywhere */
    size_t n_modifiers;
    struct phrase *phrases;
    size_t n_phrases, room_phrases;
    uint32_t *table; /* hash of phrase texts: index + 1, 0 = free */
    size_t table_size;
    struct unit *units; /* by unit code */
    size_t n_units;
    double model[MAX_CATEGORIES][FEATURES];
    char version[24];
};

bool rules_load(struct analyzer *analyzer, struct err *err);
uint16_t rules_unit(const struct analyzer *analyzer, const char *unit); /* UINT16_MAX where unknown */
/* The unit that a unit counts for; itself where unknown. Borrows from the table or is `unit`. */
struct str rules_count_unit(const struct regions *regions, struct str unit);

/* names.c: the phrases that the region table and the aliases give. */
bool names_load(struct analyzer *analyzer, struct err *err);
struct str rules_unmarked(struct str text, bool *left,
                          bool *right); /* a phrase of a table without its boundary marks */
struct phrase *rules_phrase(struct analyzer *analyzer, struct str text); /* found or added; borrows the text */
const struct phrase *rules_find(const struct analyzer *analyzer, struct str text); /* NULL where there is none */

enum section { SECTION_TITLE, SECTION_SUBTITLE, SECTION_LEAD, SECTION_BODY, SECTIONS };

/* What follows a name inside its 어절. */
enum follow {
    FOLLOW_NOTHING,
    FOLLOW_SUBJECT,
    FOLLOW_WITH,
    FOLLOW_PARTICLE,
    FOLLOW_PLACE,
    FOLLOW_LANDMARK,
    FOLLOW_OTHER
};

struct mark {
    uint32_t begin, end;
    const struct phrase *phrase;
    enum section section;
    enum follow follow; /* of a name; of names written together (대구경북중기청) what follows the last */
};

struct scan {
    struct str text;
    size_t title_end, subtitle_end, lead_begin, lead_end; /* bytes of text */
    struct {
        size_t begin, end;
    } masks[MAX_MASKS]; /* bylines: names in them say nothing about the subject */
    size_t n_masks;
    struct mark *names, *cues, *words; /* three layers, each in the order of the text, not overlapping */
    size_t n_names, n_cues, n_words, room_names, room_cues, room_words;
};

void scan_article(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                  struct scan *out);

size_t scan_hangul_run(struct str text, size_t at); /* bytes of the Hangul syllables from `at`, at most 62 */
bool scan_boundary_before(struct str text, size_t at);
bool scan_boundary_after(struct str text, size_t at);

/* places.c: for every name mark the unit that it means, or the first of those that it means; UINT16_MAX = no place. */
uint16_t *places_choose(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                        const struct scan *scan);
/* The mark of a 시·도 or a city with 구 that stands right before mark i: "경남 고성군", "포항시 남구". */
const struct mark *places_qualifier(const struct scan *scan, size_t i);
bool places_belongs(const struct analyzer *analyzer, uint16_t unit, uint16_t to);

/* mentions.c: what one mention of a place says of it. */
struct mentions {
    const struct analyzer *analyzer;
    const struct scan *scan;
    const uint16_t *chosen;
    bool place_leads; /* title or lead name a place, not only universities and halls */
};
struct mention {
    double weight;
    bool acts;          /* in title or lead, by itself or in a row that does */
    size_t row, in_row; /* the enumeration: its first mark, its length */
};
struct mention mention_of(const struct mentions *in, size_t i);

/* The cities of an article, main first; at most four. */
struct city {
    uint16_t unit;
    double score, confidence;
    const char *rule;
    size_t begin, end; /* evidence */
};
struct cities {
    struct city items[4];
    size_t n;
    bool several; /* more than four were meant: none is returned */
};
void cities_find(const struct analyzer *analyzer, struct arena *arena, const struct article *article,
                 const struct scan *scan, struct cities *out);

/* The features of one article for each category and what they come to. */
struct judgement {
    double features[MAX_CATEGORIES][FEATURES];
    double probability[MAX_CATEGORIES];
    struct mark evidence[MAX_CATEGORIES]; /* the weightiest object; begin = end where none */
    struct mark act, against;
    struct mark doubt; /* in the title; begin = end where none */
};
void categories_judge(const struct analyzer *analyzer, const struct scan *scan, const struct cities *cities,
                      struct str outlet, struct judgement *out);

/* The lines of an article's best probability. Below the first it counts only together with another report of the same
 * initiative that is above it, and below the second not at all. A further category needs that part of the line which
 * the best one reached: with it is settled that the article reports an initiative. All where F1 is highest on articles
 * left out of the fit. */
enum { COUNTED_PERCENT = 45, GROUPED_PERCENT = 35, FURTHER_PERCENT = 90 };

/* analyze_article with another line than COUNTED_PERCENT. */
void analyze_from(const struct analyzer *analyzer, struct arena *arena, const struct article *article, int percent,
                  struct analysis *out);

/* Appending findings. */
struct findings {
    struct arena *arena;
    struct finding *items;
    size_t n, room;
};
void findings_add(struct findings *findings, struct finding finding);
void facts_find(const struct analyzer *analyzer, const struct scan *scan, const struct article *article,
                const struct cities *cities, struct findings *out);

/* facts.c: the words of data/facts.tsv. */
bool facts_load(struct analyzer *analyzer, struct err *err);

/* How far the work is. What is dated ahead (올 하반기 착공) or only intended (준공 예정) is a plan, not that stage. */
void stage_find(const struct scan *scan, const struct article *article, struct findings *out);

#endif
