/* The plain records between the stages: what ingest makes, analyze finds, and the database keeps. */
#ifndef STORE_RECORDS_H
#define STORE_RECORDS_H
#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* On what a publication date rests, weakest first. Only `published` and `metadata` dates count into a month. */
enum date_basis {
    BASIS_UNKNOWN,   /* no date: listed as 미상 */
    BASIS_INFERRED,  /* a guess from context, e.g. related headlines: 추정, never counted */
    BASIS_METADATA,  /* a source's date column that nothing stronger confirms or overrules */
    BASIS_PUBLISHED, /* stated by the page as its publication: 기사입력, 등록, 작성일 … */
};
const char *basis_name(enum date_basis basis);    /* "unknown", "inferred", "metadata", "published" */
enum date_basis basis_from_name(struct str name); /* BASIS_UNKNOWN for any other name */

enum { ARTICLE_KEY = 17 }; /* bytes of an article's or initiative's public id with its NUL */

/* One validated NFC-UTF-8 news text. All strings live in the arena of whoever made it. */
struct article {
    int64_t id;             /* row in the database; 0 before it is stored */
    char key[ARTICLE_KEY];  /* public id, see article_set_key; the same whatever the import order */
    char hash[65];          /* SHA-256 of the canonical record: makes a second import a no-op */
    struct str external_id; /* the input's own id, if any */
    struct str source;      /* file as named by the user, "-" for standard input */
    size_t source_line;     /* 1-based line (JSONL) or 0 for a whole file */
    struct str reader;      /* "pagetext/1", "json/1": format and version of its rules */
    struct str encoding;    /* "utf-8", "cp949", "utf-16le" */
    struct str raw; /* the page (of HTML what it shows) or record as decoded, NFC, newline-normalised: kept so that
                       rules can re-read it */
    struct str title, subtitle, outlet, url;
    struct str body;       /* the article's own lines, joined by \n, without title and boilerplate */
    struct str body_lines; /* which lines of `raw` those are: "14-30,33"; "" where raw has no lines (JSONL) */
    date_t published;      /* exact day; DATE_NONE unless basis is metadata or published */
    enum date_basis basis;
    date_t lo, hi;            /* accepted interval: = published when exact; the guessed month for an inferred date */
    struct str date_evidence; /* the words that the date rests on */
    struct str hint_regions, hint_agencies,
        hint_keywords; /* weak evidence from the source's own columns, "," separated */
};

/* Sets the public id from the hash: "a" and its first 15 hex digits. The letter keeps spreadsheets from reading an id
 * as a number; 60 bits keep a million articles apart. */
void article_set_key(struct article *article);

/* The text that findings point into: title, newline, subtitle, newline, body (empty parts keep their newline). */
struct str article_text(struct arena *arena, const struct article *article);

enum finding_kind {
    FINDING_CITY,       /* value: unit code of the city whose industry is meant; main first by rank */
    FINDING_CATEGORY,   /* value: category key */
    FINDING_INITIATIVE, /* value: "yes" or "no" */
    FINDING_EVENT,      /* value: ISO date of the event reported */
    FINDING_STAGE, /* value: 구상·연구용역·협약·공모·착수·운영·성과 as a key of stages in the cue table */
    FINDING_AGENCY, /* value: PLACE NAME. PLACE is the unit code of its city or 시·도, or "national" */
    FINDING_MONEY,  /* value: CURRENCY LO..HI ROLE. CURRENCY is KRW, USD, EUR, JPY or CNY, the ends are whole units of
                     * it; LO is missing where the text says at most, HI where it says at least. ROLE: total, national,
                     * province, local, private (shares of a total), investment, limit (of support), support, target,
                     * result (sales, exports, output), other */
    FINDING_COUNT,  /* value: LO..HI UNIT ROLE. UNIT: person, company, place, team. ROLE: employ, recruit, attend,
                     * support, train, attract */
    FINDING_TARGET, /* value: FIRST..LAST EVENT: ISO days of an interval after the publication; EVENT is a key of
                     * data/facts.tsv (착공, 준공, 개소, 모집 마감, 목표 …) */
    FINDING_ZONE,   /* value: proper name of a cluster, industrial complex, special zone */
    FINDING_KINDS
};
const char *finding_kind_name(enum finding_kind kind);     /* "city", "category" … */
enum finding_kind finding_kind_from_name(struct str name); /* FINDING_KINDS where unknown */

/* Values taken apart; all text borrows. False where a value is not of its kind's form. */
struct amount_value {
    struct str unit, role; /* the currency of money, the unit of a count */
    int64_t lo, hi;        /* -1 where the text gives no such end; one of them is there */
};
bool finding_amount(struct str value, bool unit_first, struct amount_value *out); /* of money (unit first) or a count */
struct target_value {
    date_t first, last;
    struct str event;
};
bool finding_target(struct str value, struct target_value *out);
bool finding_agency(struct str value, struct str *place, struct str *name); /* place: a unit, or "national" */

struct finding {
    enum finding_kind kind;
    struct str value;
    int rank;          /* 0 = main */
    double score;      /* confidence 0..1 */
    struct str rule;   /* name of the rule or table row that fired: "city/title-suffix" */
    size_t begin, end; /* evidence: bytes of article_text; begin = end where the evidence is not in the text */
    bool by_person;    /* a person's correction: always wins, survives re-analysis */
};

/* What analysis says of one article. Arrays live in the arena given to it. */
struct analysis {
    struct finding *findings;
    size_t n;
    bool is_initiative; /* counted: an initiative with at least one category and one city or 시·도 */
    double score;       /* confidence in is_initiative, 0..1 */
    struct str likely;  /* a little below the line: the categories that it has with another report, ',' between */
};

/* An article that takes part in grouping; grouping.sql says what the columns are. */
enum { CANDIDATE_RULES = 1, CANDIDATE_CORRECTED = 2, CANDIDATE_BOTH = 3 }; /* views */
struct candidate {
    int64_t article;
    char key[ARTICLE_KEY];
    unsigned views;
    int32_t block;
    date_t day; /* DATE_NONE: not certain */
    bool counts;
    size_t length;
    struct str unit, units, categories, stage, promoted, print;
    int64_t digest;
};
int64_t candidate_node(int64_t article, unsigned views);

/* A pair so alike that both may report one initiative; it belongs to the later one, which found it. */
struct candidate_edge {
    int64_t later, earlier; /* nodes */
    double alike;
    unsigned views;
    bool undated; /* the earlier one is */
};
struct candidate_edges {
    struct candidate_edge *items; /* free with mem_free */
    size_t n, room;
};
void edges_add(struct candidate_edges *edges, struct candidate_edge edge);

#endif
