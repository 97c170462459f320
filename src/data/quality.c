/* The tested quality of the figures. */
#include "base/arena.h"
#include "data/data.h"

static bool read_row(struct arena *arena, const struct tsv *tsv, size_t row, struct quality *out)
{
    struct str n = tsv_cell(tsv, row, tsv_column(tsv, "n")), *const texts[] = {&out->key, &out->label, &out->measured,
                                                                               &out->value};
    static const char *const columns[] = {"key", "label", "measured", "value"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        *texts[i] = str_copy(arena, str_trim(tsv_cell(tsv, row, tsv_column(tsv, columns[i]))));
        if (texts[i]->n == 0)
            return false;
    }
    out->n = 0;
    for (size_t i = 0; i < n.n && n.n <= 9; i++) {
        if (n.p[i] < '0' || n.p[i] > '9')
            return false;
        out->n = out->n * 10 + (n.p[i] - '0');
    }
    return out->n > 0;
}

bool quality_load(struct arena *arena, const char *name, struct str text, struct quality_list *out, struct err *err)
{
    static const char *const columns[] = {"key", "label", "measured", "value", "n", "stands", NULL};
    struct tsv tsv;
    if (!tsv_parse(arena, name, text, &tsv, err) || !tsv_needs(&tsv, name, columns, err))
        return false;
    struct quality *items = ARENA_ARRAY(arena, tsv.rows + 1, struct quality);
    for (size_t i = 0; i < tsv.rows; i++) {
        if (!read_row(arena, &tsv, i, &items[i]))
            return err_set(err, ERR_CONFIG, "%s:%zu: an empty cell, or n is no number", name, tsv.lines[i]);
        for (size_t k = 0; k < i; k++)
            if (str_equal(items[k].key, items[i].key))
                return err_set(err, ERR_CONFIG, "%s:%zu: '" STR_FMT "' twice", name, tsv.lines[i],
                               STR_ARG(items[i].key));
    }
    *out = (struct quality_list){.items = items, .n = tsv.rows};
    return true;
}
