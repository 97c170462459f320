/* Merged cells (ECMA-376 part 1, 18.3.1.55): a day or an outlet that a person wrote once beside several rows holds for
 * each of them. They stand behind the rows in a sheet, so that it is looked through for them first. */
#include "base/limits.h"
#include "base/mem.h"
#include "ingest/xlsx.h"

#include <stdlib.h>
#include <string.h>

enum { MERGES = LIMIT_SHEET_MERGES /* of one sheet; more are passed over */ };

struct merge {
    size_t column, first, last; /* of its left edge; rows */
};

/* The one that reaches into the row being read. */
struct open_merge {
    size_t last;
    struct buf text;
};

struct merges {
    struct merge *list; /* by their first rows */
    size_t n, room, next;
    struct open_merge *open; /* [columns], [0] is column A */
    size_t columns;
};

/* Is there any? A plain search, at the speed of unpacking. */
static bool find_any(const struct zipfile *zip, size_t member, bool *found, struct err *err)
{
    static const char NAME[] = "mergeCell";
    struct stream *stream = zipfile_read(zip, member, err);
    bool ok = stream;
    *found = false;
    for (struct str bytes; ok && !*found;) {
        ok = stream_fill(stream, sizeof NAME, &bytes, err);
        if (!ok || bytes.n < sizeof NAME)
            break;
        *found = memmem(bytes.p, bytes.n, NAME, sizeof NAME - 1);
        stream_take(stream, bytes.n - (sizeof NAME - 1));
    }
    stream_close(stream);
    return ok;
}

static bool on_start(struct xml *xml, const char *name, const char *const *attributes)
{
    struct merges *merges = xml->context;
    const char *reference = xml_attribute(attributes, "ref"), *colon = reference ? strchr(reference, ':') : NULL;
    char first[16] = "";
    struct merge merge;
    size_t right;
    if (xml->depth != 3 || strcmp(name, "mergeCell") != 0 || !colon || (size_t)(colon - reference) >= sizeof first)
        return true;
    memcpy(first, reference, (size_t)(colon - reference));
    if (!cell_parse(first, &merge.column, &merge.first) || !cell_parse(colon + 1, &right, &merge.last) ||
        merge.last <= merge.first || merges->n == MERGES)
        return true;
    merges->list = mem_grow(merges->list, &merges->room, merges->n + 1, sizeof *merges->list);
    merges->list[merges->n++] = merge;
    if (merge.column > merges->columns)
        merges->columns = merge.column;
    return true;
}

static int by_row(const void *a, const void *b)
{
    const struct merge *x = a, *y = b;
    return x->first != y->first ? (x->first > y->first) - (x->first < y->first)
                                : (x->column > y->column) - (x->column < y->column);
}

bool merges_read(const struct zipfile *zip, size_t member, struct merges **out, struct err *err)
{
    bool found;
    *out = NULL;
    if (!find_any(zip, member, &found, err))
        return false;
    if (!found)
        return true;
    struct merges *merges = *out = mem_alloc(sizeof *merges);
    *merges = (struct merges){.list = NULL};
    struct xml xml = {.start = on_start, .context = merges};
    if (!xml_parse(zip, member, &xml, err))
        return false;
    if (merges->n)
        qsort(merges->list, merges->n, sizeof *merges->list, by_row);
    merges->open = mem_alloc(mem_mul(merges->columns + 1, sizeof *merges->open));
    memset(merges->open, 0, (merges->columns + 1) * sizeof *merges->open);
    return true;
}

void merges_free(struct merges *merges)
{
    if (!merges)
        return;
    for (size_t c = 0; merges->open && c < merges->columns; c++)
        buf_free(&merges->open[c].text);
    mem_free(merges->open);
    mem_free(merges->list);
    mem_free(merges);
}

size_t merges_apply(struct merges *merges, size_t row, struct str *values)
{
    size_t last = 0;
    for (; merges->next < merges->n && merges->list[merges->next].first <= row; merges->next++) {
        const struct merge *merge = &merges->list[merges->next];
        struct open_merge *open = &merges->open[merge->column - 1];
        open->last = merge->last;
        buf_clear(&open->text);
        if (merge->first == row)
            buf_str(&open->text, values[merge->column - 1]);
    }
    for (size_t c = 0; c < merges->columns; c++) {
        struct open_merge *open = &merges->open[c];
        if (open->last < row || !open->text.n || values[c].n)
            continue;
        values[c] = buf_view(&open->text);
        last = c + 1;
    }
    return last;
}
