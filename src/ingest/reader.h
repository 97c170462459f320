/* Inside the ingest room: how an input becomes articles, in two halves.
 *
 *   split (one thread, in order): a stream is cut into items: pages, records, rows. It looks at the bytes once, keeps
 *       little, and decides nothing about articles.
 *   read (many threads, any order): an item becomes articles and complaints. Pure; linear in the item.
 *
 * A format is a row of the table in readers.c: how it is told from its first bytes, and how it is split. */
#ifndef INGEST_READER_H
#define INGEST_READER_H
#include "ingest/decode.h"
#include "ingest/ingest.h"
#include "ingest/stream.h"

/* Of all rules of reading together: raised when one makes other articles of an input, so that it is read again. */
#define READERS_VERSION "3"

enum field {
    F_ID,
    F_OUTLET,
    F_DATE,
    F_TITLE,
    F_BODY,
    F_SUBTITLE,
    F_URL,
    F_REGIONS,
    F_AGENCIES,
    F_KEYWORDS,
    F_EXCLUDED, /* the source itself does not count it: a word that says why, or nothing */
    FIELDS
};

enum item_kind {
    ITEM_PAGE,   /* bytes of a whole page in any encoding: HTML, Markdown or text */
    ITEM_JSON,   /* one JSON value that should be a record */
    ITEM_FIELDS, /* a record's fields */
    ITEM_REJECT, /* what the splitter could not make sense of; the rest of the file goes on */
    ITEM_NOTE    /* worth saying, nothing is set aside: code and reason as of a reject */
};

/* What a splitter cuts out. All of it is borrowed for the call of put. */
struct item {
    enum item_kind kind;
    const char *name;     /* place: "a.zip!b.csv", "book.xlsx!시트1" */
    size_t line, column;  /* line, row or number in the file, 1-based; 0: the file as a whole */
    struct str text;      /* page, JSON, or the record as it stands in the file: kept as raw, and of a reject to mend */
    struct str head;      /* what a reject is not read again without: a table's header as it stands, a feed's title */
    const char *encoding; /* of text and fields, a literal ("utf-8", "cp949"); NULL: the reader of the page finds out */
    const char *was;      /* the file's, where the splitter got it transcoded; NULL: the same */
    const char *reader;   /* "csv/1": format and version of its rules; NULL for a page */
    struct str fields[FIELDS]; /* ITEM_FIELDS: values as they stand there, not cleaned; empty where there is none */
    unsigned html;             /* 1 << field for those whose value is HTML */
    bool serials;              /* a day may stand as a spreadsheet's serial number there */
    const char *code;          /* ITEM_REJECT, ITEM_NOTE: kebab-case, a literal … */
    const char *reason;        /* … and one sentence */
};

/* Where items go. put copies what it keeps; false: stop here, with *err set or, on an interrupt, without. */
struct sink {
    bool (*put)(void *context, const struct item *item, struct err *err);
    void *context;
};

struct input {
    const char *name;      /* as the user or the archive names it */
    const char *path;      /* of a plain file that can be opened again; NULL for standard input and members */
    struct stream *stream; /* at its first byte */
    const struct ingest_options *options;
    int depth;            /* containers around it */
    struct meter *meter;  /* of the outermost of them; NULL: there is none */
    const char *encoding; /* by the first bytes, a literal; NULL: not known */
};

/* The start of an input, for detection. */
struct head {
    struct str bytes;     /* as they are, at most HEAD_BYTES */
    struct str text;      /* decoded and trimmed at the left, perhaps cut in mid-character; empty where it is no text */
    const char *encoding; /* of the bytes by what is seen so far, a literal; NULL: not a text */
    bool whole;           /* that is all of the input */
    const char *name;     /* only where two formats cannot be told apart by content */
    const char *map;      /* --map; NULL: none */
};
enum { HEAD_BYTES = 64 * 1024 };

/* split: false on an error. ERR_INPUT means that the file is faulty as a whole (cut short, a bomb, a checksum): the
 * text is "member or place: reason" without the input's own name; none of its articles stay. */
struct reader {
    const char *name; /* of --format */
    bool (*detects)(const struct head *head);
    bool (*split)(const struct input *input, const struct sink *sink, struct err *err);
    bool wants_utf8; /* UTF-16 is transcoded on its way to split */
};
const struct reader *readers_find(const char *format); /* NULL: unknown */
/* Detects (or takes options->format) and splits; containers come back here for what is in them. */
bool readers_split(const struct input *input, const struct sink *sink, struct err *err);
/* An item as a reject; reason is printf'd. False like put. */
bool readers_reject(const struct input *input, const struct sink *sink, size_t line, size_t column, const char *code,
                    struct str text, struct err *err, const char *format, ...) __attribute__((format(printf, 8, 9)));

/* Reading. */
struct source {
    const char *name;
    size_t column; /* of the record, where it does not begin its line */
    struct decoded decoded;
    bool (*emit)(void *context, struct article *article, struct err *err);
    void *context;
    const struct ingest_columns *columns; /* of a page; NULL = none */
    struct diag_list *diag;
};
/* Emits the articles of an item; complaints go to source->diag. source->name and decoded are filled in here. */
bool readers_read(struct arena *arena, const struct item *item, const struct ingest_options *options,
                  struct source *source, struct err *err);

/* The formats' own files. */
bool xlsx_detects(const struct head *head);
bool xlsx_split(const struct input *input, const struct sink *sink, struct err *err);
struct zipfile; /* one that turned out to be a workbook, or another document that is refused by name */
bool xlsx_is(const struct zipfile *zip);
bool xlsx_split_zip(const struct input *input, const struct zipfile *zip, const struct sink *sink, struct err *err);
bool archive_detects(const struct head *head); /* zip, tar, gz, zst, xz, bz2 */
bool archive_split(const struct input *input, const struct sink *sink, struct err *err);
/* Is a file, by its name (folders before it included, "/" between), one that systems leave behind and nobody wrote:
 * hidden, macOS' halves, thumbnails? Passed over in silence, in archives and folders alike. */
bool archive_is_junk(const char *name);
bool json_detects(const struct head *head);
bool json_split(const struct input *input, const struct sink *sink, struct err *err);
bool feed_detects(const struct head *head); /* RSS, Atom, press-release XML */
bool feed_split(const struct input *input, const struct sink *sink, struct err *err);
bool delimited_detects(const struct head *head);
bool delimited_split(const struct input *input, const struct sink *sink, struct err *err);
bool html_detects(const struct head *head);
bool page_split(const struct input *input, const struct sink *sink, struct err *err);

bool pagetext_read(struct arena *arena, const struct source *source, struct err *err);
bool html_read_page(struct arena *arena, const struct source *source, struct err *err);
/* The visible text of a fragment of HTML, lines where its blocks are; in the arena. */
struct str html_to_text(struct arena *arena, struct str html);
/* One JSON value; `map` is that of the options. */
bool json_read(struct arena *arena, const struct source *source, const struct item *item, const char *map,
               struct err *err);

/* Sets hash and key from the canonical record. */
void reader_identify(struct article *article, struct str canonical);

#endif
