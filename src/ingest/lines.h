/* A page as classified lines: what each line is, before anyone asks which lines are the article. */
#ifndef INGEST_LINES_H
#define INGEST_LINES_H
#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"

enum line_kind {
    LINE_BLANK,
    LINE_PROSE,   /* at least one complete sentence */
    LINE_LONG,    /* long and grammatical, but no sentence ends in it: cut-off leads, wrapped text, 개조식 */
    LINE_SHORT,   /* headings, names, cells */
    LINE_MENU,    /* many parts side by side: "a | b | c", "a > b > c", lists of names */
    LINE_JUNK,    /* buttons, notices, forms, footers, copyright */
    LINE_CAPTION, /* of a picture */
    LINE_BYLINE,  /* reporter, e-mail */
    LINE_DATE,    /* nothing but dates, labels and counters */
    LINE_CONTACT, /* whom to ask */
    LINE_ITEM,    /* an entry of a list of other articles */
    LINE_STOP,    /* heading of such a list: the article never runs across it */
};

/* What the markup of a page says of a line, where there is any (html.h). */
enum line_mark {
    MARK_LINK = 1 << 0,    /* most of it is links */
    MARK_AROUND = 1 << 1,  /* navigation, aside, footer, a box that its class calls so */
    MARK_HEADING = 1 << 2, /* h1 … h6 */
    MARK_CAPTION = 1 << 3, /* figcaption */
    MARK_CELL = 1 << 4,    /* begins a cell of a table */
    MARK_OUTSIDE = 1 << 5  /* outside of the element that holds the article */
};

struct line {
    struct str text; /* trimmed; borrows from the page, or from a copy with plain blanks in the arena */
    enum line_kind kind;
    unsigned char marks; /* set of line_mark */
    unsigned cues;       /* set of cue_kind */
    unsigned chars;      /* code points */
    unsigned words;
    unsigned particles; /* words that end like inflected Korean */
    unsigned endings;   /* set of their last syllables, folded into 31 bits */
    unsigned ends;      /* sentence ends, of which … */
    unsigned da;        /* … declarative: 다. */
    unsigned polite;    /* … of those: 니다. */
    bool complete;      /* its end is the end of a sentence */
    bool wrapped;       /* part of a text that is broken at a width */
    double worth;       /* contribution to the segment that holds it; negative = speaks against */
};

struct lines {
    struct line *items; /* items[i] is line i + 1 */
    size_t n;
    struct str headline; /* as the page's metadata has it; "" */
    bool single;         /* its source says that it is one article and no list */
};

/* A page of more lines than this is none: a log, a dump, an attack. */
enum { LINES_MAX = LIMIT_BODY_LINES, LINES_FRONT = 60 /* lines that front matter may have */ };
bool lines_too_many(struct str page);

/* At most LINES_MAX lines are read. */
struct lines lines_read(struct arena *arena, struct str page);
/* The same with the marks of each line, [n]. */
struct lines lines_read_marked(struct arena *arena, struct str page, const unsigned char *marks, size_t n);

/* Byte after the sentence that begins at `from` (its closing quote and blanks included), or text.n. */
size_t lines_sentence_end(struct str text, size_t from);

/* Fills what is counted of line->text: chars, words, particles, sentence ends, complete. */
void lines_count_words(struct line *line);

/* "•", "·", "▪" at the start; "…", ".." at the end, where a source has cut the line off. */
bool lines_is_bullet(struct str s);
bool lines_is_cut_off(struct str s);

/* A line that no article runs across: the heading of another section, a copyright notice, what lies outside of it. */
bool lines_is_barrier(const struct line *line);

#endif
