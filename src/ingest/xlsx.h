/* Inside the reader of workbooks (ECMA-376 part 1, SpreadsheetML; part 2, the package). */
#ifndef INGEST_XLSX_H
#define INGEST_XLSX_H
#include "base/arena.h"
#include "base/limits.h"
#include "ingest/mapping.h"
#include "ingest/reader.h"
#include "ingest/zipfile.h"

/* A part being parsed as it streams by. Elements and attributes are named without a prefix, except attributes that have
 * one, which keep it. A handler that returns false ends the parse, with *err set or without. */
struct xml {
    bool (*start)(struct xml *xml, const char *name, const char *const *attributes);
    bool (*end)(struct xml *xml, const char *name); /* may be NULL */
    void *context;
    struct buf *text; /* where character data goes; NULL: nowhere */
    size_t limit;     /* bytes in it; … */
    bool over;        /* … what is more was left out */
    unsigned depth;   /* of the element, the root's is 1 */
    uint64_t offset;  /* bytes of the part that have been read */
    struct err *err;
};
enum {
    XML_DEPTH = LIMIT_BOOK_DEPTH,
    XML_TAG = LIMIT_XML_TAG_BYTES, /* bytes of one tag or comment */
    XML_TEXT = LIMIT_STRING_BYTES, /* of a cell; Excel's limit is 32,767 characters */
};

/* Parses a member to its end, so that its checksum has been seen. Errors, which begin with the member's name: those of
 * zipfile_read; ERR_INPUT where it is not well formed, too deep, a tag too long, and at any <!DOCTYPE. */
bool xml_parse(const struct zipfile *zip, size_t member, struct xml *xml, struct err *err);
const char *xml_attribute(const char *const *attributes, const char *name); /* NULL for none */
bool xml_true(const char *value);                                           /* xsd:boolean; NULL is false */
/* "_x000D_" as the character that it stands for (ECMA-376 part 1, 22.9.2.19, ST_Xstring), in place. */
void xml_unescape(struct buf *text, size_t from);

struct strings; /* the shared strings: most of a workbook's text, so that much of it may have to lie in a file */
struct strings *strings_read(const struct zipfile *zip, size_t member, struct err *err);
void strings_free(struct strings *strings); /* NULL is fine */
uint64_t strings_count(const struct strings *strings);
/* Appends a string, which is there, to `out`. */
bool strings_get(struct strings *strings, uint64_t index, struct buf *out, struct err *err);

/* "B12" → column and row, from 1; false for what is no cell of A1 to XFD1048576. */
bool cell_parse(const char *reference, size_t *column, size_t *row);

struct merges;
/* The cells of a sheet that are merged over several rows; *out is NULL where there are none. */
bool merges_read(const struct zipfile *zip, size_t member, struct merges **out, struct err *err);
void merges_free(struct merges *merges); /* NULL is fine */
/* Of the rows in their order: puts the text of merged cells into the empty ones that they cover. Returns the last
 * column where it did. Those texts live until the next call. */
size_t merges_apply(struct merges *merges, size_t row, struct str *values);

enum sheet_state { SHEET_EMPTY, SHEET_UNCLEAR, SHEET_READ };

struct book_sheet {
    const char *name;  /* fit for a terminal */
    const char *place; /* "book.xlsx!시트1" */
    size_t member;
    bool hidden;
    enum sheet_state state; /* once it is read … */
    struct str unclear;     /* … what is missing, … */
    size_t row;             /* … where a header was looked for */
};

enum {
    BOOK_SHEETS = LIMIT_SHEETS,
    BOOK_STYLES = LIMIT_CELL_FORMATS,
    BOOK_FORMATS = 4096, /* number formats of its own */
    BOOK_TEXT = 4096,    /* bytes of a name or path */
};

struct book {
    struct arena *arena;
    const struct input *input;
    const struct zipfile *zip;
    struct map map;
    bool date1904;
    struct book_sheet *sheets;
    size_t n, room;
    bool *dates; /* [styles] does a cell format (an index of cellXfs) show dates? */
    size_t styles, styles_room;
    size_t shared; /* member, or SIZE_MAX */
    struct strings *strings;
};

/* Reads what says how the sheets are to be read: relationships, workbook, styles. Errors: ERR_INPUT. */
bool book_read(struct book *book, size_t workbook, struct str path, struct err *err);

/* Cuts a sheet into items. */
bool sheet_split(struct book *book, struct book_sheet *sheet, const struct sink *sink, struct err *err);

/* Does a number format show a day or a time (18.8.30)? */
bool number_is_date(unsigned id, const char *code);
/* A number as it stands in a cell: in place of it the text that a person would read, from `from` on. What is no number
 * stays as it is. */
void number_text(struct buf *text, size_t from, bool date, bool date1904);

#endif
