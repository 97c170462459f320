#include "data/data.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "data/embedded.h"

#include <string.h>
#include <unistd.h>

enum { TABLE_LIMIT = 16 << 20 };

/* The tables that a user may replace, and what a folder gave for them. */
static struct replaced {
    const char *name; /* file in the user's folder */
    const char *path; /* NULL = built in */
    struct str text;
} replaceable[] = {{"regions.tsv", NULL, {NULL, 0}},  {"population.tsv", NULL, {NULL, 0}},
                   {"taxonomy.tsv", NULL, {NULL, 0}}, {"aliases.tsv", NULL, {NULL, 0}},
                   {"cues.tsv", NULL, {NULL, 0}},     {"model.tsv", NULL, {NULL, 0}}};
enum { REPLACEABLE = sizeof replaceable / sizeof *replaceable };
static const char prefix[] = "data/";

static const struct replaced *replacement(const char *name)
{
    if (strncmp(name, prefix, sizeof prefix - 1) == 0)
        for (size_t i = 0; i < REPLACEABLE; i++)
            if (replaceable[i].path && strcmp(replaceable[i].name, name + sizeof prefix - 1) == 0)
                return &replaceable[i];
    return NULL;
}

struct str data_file(const char *name)
{
    const struct replaced *own = replacement(name);
    if (own)
        return own->text;
    for (const struct embedded *file = embedded_files; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return (struct str){file->begin, (size_t)(file->end - file->begin)};
    return (struct str){NULL, 0};
}

const char *data_name(size_t at)
{
    const struct embedded *file = embedded_files;
    while (file->name && at-- > 0)
        file++;
    return file->name;
}

const char *data_path(const char *name)
{
    const struct replaced *own = replacement(name);
    return own ? own->path : name;
}

static bool read_table(struct arena *arena, struct replaced *table, const char *path, struct err *err)
{
    struct buf text = {0};
    bool ok = file_read(path, TABLE_LIMIT, &text, err);
    const char *null = ok && text.n ? memchr(text.p, '\0', text.n) : NULL; /* which the matcher takes for no byte */
    size_t bad = null ? (size_t)(null - text.p) : ok ? utf8_invalid(buf_view(&text)) : SIZE_MAX;
    if (bad != SIZE_MAX) {
        size_t line = 1;
        for (size_t i = 0; i < bad; i++)
            line += text.p[i] == '\n';
        ok = err_set(err, ERR_CONFIG, "%s:%zu: %s", path, line, null ? "a NUL byte" : "not UTF-8");
    }
    if (ok) {
        table->text = (struct str){arena_copy(arena, text.p ? text.p : "", text.n), text.n};
        table->path = path;
    }
    buf_free(&text);
    return ok;
}

bool data_use(struct arena *arena, const char *folder, struct err *err)
{
    size_t found = 0;
    if (!file_is_directory(folder))
        return err_set(err, ERR_CONFIG, "%s: not a folder of tables", folder);
    for (size_t i = 0; i < REPLACEABLE; i++) {
        const char *path = file_join(arena, folder, replaceable[i].name);
        if (access(path, F_OK) != 0)
            continue;
        if (!read_table(arena, &replaceable[i], path, err))
            return false;
        found++;
    }
    return found > 0 ||
           err_set(err, ERR_CONFIG,
                   "%s: holds none of regions.tsv, population.tsv, taxonomy.tsv, aliases.tsv, cues.tsv, model.tsv",
                   folder);
}
