/* The label table → rows, each cell checked. */
#include "eval/eval.h"

#include <string.h>

struct reading {
    struct arena *arena;
    const char *name;
    struct tsv tsv;
    const struct regions *regions;
    const struct taxonomy *taxonomy;
    struct diag_list *diag;
    size_t row;
};

/* The column of that name, or of the short name that tables of ours use. */
static size_t column_of(const struct tsv *tsv, const char *name)
{
    static const char *const names[][2] = {{"city_code", "cities"},
                                           {"is_initiative", "initiative"},
                                           {"date_lo", "lo"},
                                           {"date_hi", "hi"},
                                           {"body_lines", "body"},
                                           {"either_lines", "either"},
                                           {"either_lines", "optional_lines"}};
    size_t column = tsv_column(tsv, name);
    for (size_t i = 0; column == SIZE_MAX && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], name) == 0)
            column = tsv_column(tsv, names[i][1]);
    return column;
}

static struct str cell(const struct reading *r, const char *column)
{
    return str_trim(tsv_cell(&r->tsv, r->row, column_of(&r->tsv, column)));
}

static bool complain(const struct reading *r, const char *code, const char *what, struct str value)
{
    diag_add(r->diag, DIAG_REJECT, code, r->name, r->tsv.lines[r->row], 0, "%s \"" STR_FMT "\"", what,
             STR_ARG(str_head(value, 60)));
    return false;
}

/* Lists are separated by ";" or ",". */
static bool next_item(struct str *rest, struct str *item)
{
    while (rest->n > 0) {
        size_t end = 0;
        while (end < rest->n && rest->p[end] != ';' && rest->p[end] != ',')
            end++;
        *item = str_trim(str_slice(*rest, 0, end));
        *rest = str_slice(*rest, end + 1, rest->n);
        if (item->n)
            return true;
    }
    return false;
}

static bool read_categories(const struct reading *r, uint32_t *set)
{
    struct str rest = cell(r, "categories"), item;
    while (next_item(&rest, &item)) {
        size_t c = 0;
        while (c < r->taxonomy->n && !str_equal(r->taxonomy->items[c].key, item) &&
               !str_equal(r->taxonomy->items[c].label, item))
            c++;
        if (c == r->taxonomy->n || c >= EVAL_CATEGORIES)
            return complain(r, "unknown-category", "unknown category", item);
        *set |= 1u << c;
    }
    return true;
}

/* Codes of any period, as count units; an unknown one among those `meant` spoils the row. */
static bool read_units(const struct reading *r, const char *column, bool meant, const struct str **list, size_t *n)
{
    struct str rest = cell(r, column), item;
    struct str *units = ARENA_ARRAY(r->arena, rest.n / 2 + 1, struct str);
    *list = units;
    while (next_item(&rest, &item)) {
        if (str_equal(item, STR("none")) || str_equal(item, STR("several")))
            continue;
        const char *code = arena_copy(r->arena, item.p, item.n);
        const struct region *region = item.n == 5 ? regions_at(r->regions, code, DATE_NONE) : NULL;
        if (!region && item.n == 5)
            region = regions_by_code(r->regions, code);
        if (!region && meant)
            return complain(r, "unknown-code", "unknown city code", item);
        if (!region) /* nothing that could be found is lost with it */
            diag_add(r->diag, DIAG_WARNING, "unknown-code", r->name, r->tsv.lines[r->row], 0,
                     "unknown city code \"" STR_FMT "\" left out", STR_ARG(str_head(item, 60)));
        else
            units[(*n)++] = str_from(regions_count_unit(r->regions, region->unit));
    }
    return true;
}

static bool read_date(const struct reading *r, const char *column, date_t *date)
{
    struct str text = cell(r, column);
    *date = date_parse(text);
    return text.n == 0 || *date != DATE_NONE || complain(r, "bad-date", "not a day as 2024-01-16:", text);
}

static bool read_dates(const struct reading *r, struct eval_label *out)
{
    if (!read_date(r, "date", &out->date) || !read_date(r, "date_lo", &out->lo) || !read_date(r, "date_hi", &out->hi))
        return false;
    if (out->lo == DATE_NONE && out->hi == DATE_NONE)
        out->lo = out->hi = out->date;
    return (out->lo == DATE_NONE) == (out->hi == DATE_NONE) && out->lo <= out->hi
               ? true
               : complain(r, "bad-interval", "no interval before", cell(r, "date_hi"));
}

static bool read_flag(const struct reading *r, const char *column, bool fallback, bool *out)
{
    struct str text = cell(r, column);
    bool yes = str_equal(text, STR("yes")) || str_equal(text, STR("1")) || str_equal(text, STR("예"));
    *out = text.n ? yes : fallback;
    return yes || text.n == 0 || str_equal(text, STR("no")) || str_equal(text, STR("0")) ||
           str_equal(text, STR("아니오")) || complain(r, "bad-flag", "neither yes nor no:", text);
}

/* Ids are compared one by one with all others and all articles: of a table made by hand that is no time. */
enum { MAX_LABELS = 20000 };

static bool known_before(const struct reading *r, const struct eval_labels *labels, struct str id)
{
    for (size_t i = 0; i < labels->n; i++)
        if (str_equal(labels->items[i].id, id)) {
            diag_add(r->diag, DIAG_REJECT, "duplicate-id", r->name, r->tsv.lines[r->row], 0,
                     "\"" STR_FMT "\" is labelled in line %zu already", STR_ARG(id), labels->items[i].line);
            return true;
        }
    return false;
}

static bool read_row(const struct reading *r, const char *id_column, const struct eval_labels *labels,
                     struct eval_label *out)
{
    *out = (struct eval_label){
        .id = cell(r, id_column),
        .split = cell(r, "split"),
        .group = cell(r, "group"),
        .related = cell(r, "related"),
        .note = cell(r, "note"),
        .title_lines = cell(r, "title_lines"),
        .body_lines = cell(r, "body_lines"),
        .either_lines = cell(r, "either_lines"),
        .line = r->tsv.lines[r->row],
        .has_city = cell(r, "city_code").n > 0,
    };
    if (!out->title_lines.n && out->body_lines.n) /* a column "title" holds lines or words */
        out->title_lines = cell(r, "title");
    if (!out->id.n)
        return complain(r, "no-id", "no id:", out->id);
    if (known_before(r, labels, out->id) || !read_categories(r, &out->categories) || !read_dates(r, out) ||
        !read_units(r, "city_code", true, &out->cities, &out->n_cities) ||
        !read_units(r, "city_alt", false, &out->accepted, &out->n_accepted) ||
        !read_flag(r, "hard", false, &out->hard) ||
        !read_flag(r, "is_initiative", out->categories != 0 || !labels->verdicts, &out->initiative))
        return false;
    return out->initiative || !out->categories ||
           complain(r, "contradiction", "categories of what is no initiative:", cell(r, "categories"));
}

bool eval_labels_read(struct arena *arena, const char *name, struct str text, const struct regions *regions,
                      const struct taxonomy *taxonomy, struct eval_labels *out, struct diag_list *diag, struct err *err)
{
    static const char *const ids[] = {"id", "uid", "file"};
    struct reading r = {.arena = arena, .name = name, .regions = regions, .taxonomy = taxonomy, .diag = diag};
    struct err problem = {0};
    const char *id = NULL;
    *out = (struct eval_labels){0};
    if (!tsv_parse(arena, name, text, &r.tsv, &problem))
        return err_set(err, ERR_INPUT, "%s", problem.text);
    if (r.tsv.rows > MAX_LABELS)
        return err_set(err, ERR_INPUT, "%s: more than %d rows", name, MAX_LABELS);
    for (size_t i = 0; i < sizeof ids / sizeof *ids && !id; i++)
        id = tsv_column(&r.tsv, ids[i]) != SIZE_MAX ? ids[i] : NULL;
    if (!id)
        return err_set(err, ERR_INPUT, "%s: a label table needs a column id or uid", name);
    out->verdicts = column_of(&r.tsv, "categories") != SIZE_MAX || column_of(&r.tsv, "is_initiative") != SIZE_MAX;
    out->content = column_of(&r.tsv, "body_lines") != SIZE_MAX;
    out->dates = column_of(&r.tsv, "date_lo") != SIZE_MAX || column_of(&r.tsv, "date") != SIZE_MAX;
    out->cities = column_of(&r.tsv, "city_code") != SIZE_MAX;
    out->groups = out->verdicts && column_of(&r.tsv, "group") != SIZE_MAX;
    if (!out->verdicts && !out->dates && !out->cities && !out->content)
        return err_set(err, ERR_INPUT,
                       "%s: nothing to score: no column categories, is_initiative, date, city_code or body", name);
    out->items = ARENA_ARRAY(arena, r.tsv.rows + 1, struct eval_label);
    for (r.row = 0; r.row < r.tsv.rows; r.row++)
        out->n += read_row(&r, id, out, &out->items[out->n]);
    return out->n > 0 || err_set(err, ERR_INPUT, "%s: no row that can be used", name);
}
