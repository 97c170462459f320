/* The parts of `briefgen rejects`. */
#ifndef CLI_REJECTS_H
#define CLI_REJECTS_H
#include "cli/cli.h"

struct rejects_wanted {
    struct param import, code, excluded;
};

/* Reads columns of those of STORE_REJECTS that are wanted, the latest import first, by their numbers within it, in
 * memory that does not grow with how many there are. The arena is reset after each. */
struct rejects_reader {
    bool (*put)(void *context, struct arena *arena, struct rows *rows, struct err *err);
    void *context;
};
bool rejects_read(struct store *store, const char *columns, const struct rejects_wanted *wanted,
                  const struct rejects_reader *reader, struct err *err);

/* Writes what can be mended into the folder of --export. */
bool rejects_export(struct cli *cli, struct store *store, const struct rejects_wanted *wanted, struct err *err);

#endif
