/* The parts of `briefgen rejects`. */
#ifndef CLI_REJECTS_H
#define CLI_REJECTS_H
#include "cli/cli.h"

struct rejects_wanted {
    struct param import, code, excluded;
};

/* Columns of STORE_REJECTS, of those that are wanted. */
struct rows *rejects_query(struct store *store, struct arena *arena, const char *columns, const char *order,
                           const struct rejects_wanted *wanted, struct err *err);

/* Writes what can be mended into the folder of --export. */
bool rejects_export(struct cli *cli, struct store *store, const struct rejects_wanted *wanted, struct err *err);

#endif
