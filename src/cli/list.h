/* The lists of articles and initiatives as tables: shared by list_cmd.c and list_fields.c. */
#ifndef CLI_LIST_H
#define CLI_LIST_H
#include "brief/list.h"
#include "cli/cli.h"
#include "cli/text_table.h"
#include "out/csv.h"

/* One record: of the two one is set. */
struct listed {
    const struct listed_article *article;
    const struct listed_initiative *initiative;
};

enum { LIST_FIELDS = 24 };

struct list_writer;

struct list_field {
    const char *table, *key; /* of the contract data/csv.tsv, which has the words for it */
    void (*put)(const struct list_writer *writer, const struct listed *item, int which, struct buf *out);
    int which;
    bool right, optional; /* in a table for people */
};

/* Writes a list as a table for people, or as CSV. */
struct list_writer {
    struct cli *cli;
    struct tsv contract;
    struct csv_options options;
    bool csv, begun; /* begun: the CSV's head is written */
    const struct list_field *fields;
    size_t n;
    struct text_table table;
    struct text_column columns[LIST_FIELDS];
    bool as_text[LIST_FIELDS]; /* never a number or a day in a spreadsheet */
};

/* A writer for one kind of list; borrows cli. Records and the end append to `out`. Errors: ERR_INPUT where a character
 * has no place in the encoding of --csv-encoding. */
bool list_writer_open(struct list_writer *writer, struct cli *cli, bool articles, struct err *err);
bool list_writer_put(struct list_writer *writer, const struct listed *item, struct buf *out, struct err *err);
bool list_writer_end(struct list_writer *writer, struct buf *out, struct err *err);

#endif
