#include "base/arena.h"
#include "data/data.h"

static bool valid_key(struct str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!((c >= 'a' && c <= 'z') || (i > 0 && ((c >= '0' && c <= '9') || c == '-'))))
            return false;
    }
    return key.n > 0;
}

static bool known(const struct category *items, size_t n, struct str key)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(items[i].key, key))
            return true;
    return false;
}

bool taxonomy_load(struct arena *arena, const char *name, struct str text, struct taxonomy *out, struct err *err)
{
    struct tsv tsv;
    if (!tsv_parse(arena, name, text, &tsv, err))
        return false;
    size_t key = tsv_column(&tsv, "key"), label = tsv_column(&tsv, "label"), en = tsv_column(&tsv, "en");
    if (key == SIZE_MAX || label == SIZE_MAX)
        return err_set(err, ERR_CONFIG, "%s: needs the columns key and label", name);
    if (tsv.rows == 0)
        return err_set(err, ERR_CONFIG, "%s: no categories", name);
    struct category *items = ARENA_ARRAY(arena, tsv.rows, struct category);
    for (size_t i = 0; i < tsv.rows; i++) {
        struct category item = {.key = tsv_cell(&tsv, i, key), .label = tsv_cell(&tsv, i, label)};
        struct str english = en == SIZE_MAX ? item.label : tsv_cell(&tsv, i, en);
        if (!valid_key(item.key) || item.label.n == 0)
            return err_set(err, ERR_CONFIG, "%s:%zu: bad key or empty label", name, tsv.lines[i]);
        if (known(items, i, item.key))
            return err_set(err, ERR_CONFIG, "%s:%zu: category '" STR_FMT "' twice", name, tsv.lines[i],
                           STR_ARG(item.key));
        items[i] = (struct category){.key = str_copy(arena, item.key),
                                     .label = str_copy(arena, item.label),
                                     .english = str_copy(arena, english.n ? english : item.label)};
    }
    *out = (struct taxonomy){.items = items, .n = tsv.rows};
    return true;
}
