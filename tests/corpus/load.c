/* Reads the generator's tables, skins and templates. */
#include "base/file.h"
#include "plan.h"

#include <stdlib.h>
#include <string.h>

static bool read_text(struct arena *arena, const char *directory, const char *name, struct str *text, struct err *err)
{
    struct buf bytes = {0};
    if (!file_read(file_join(arena, directory, name), 1 << 20, &bytes, err))
        return false;
    *text = str_copy(arena, buf_view(&bytes));
    buf_free(&bytes);
    return true;
}

static bool read_lines(struct arena *arena, const char *directory, const char *name, struct lines *out, struct err *err)
{
    struct str text;
    if (!read_text(arena, directory, name, &text, err))
        return false;
    *out = lines_split(arena, text, '\n');
    return true;
}

/* The cells of one row, always at least `count` of them. */
static struct str *row_cells(struct arena *arena, struct str line, size_t count)
{
    struct lines cells = lines_split(arena, line, '\t');
    struct str *row = ARENA_ARRAY(arena, count + cells.n, struct str);
    memcpy(row, cells.items, cells.n * sizeof *row);
    for (size_t i = cells.n; i < count; i++)
        row[i] = STR("");
    return row;
}

static bool load_cities(struct arena *arena, const char *directory, struct plan *plan, struct err *err)
{
    struct lines lines;
    if (!read_lines(arena, directory, "cities.tsv", &lines, err))
        return false;
    plan->cities = ARENA_ARRAY(arena, lines.n, struct city);
    for (size_t i = 1; i < lines.n; i++) {
        const struct str *c = row_cells(arena, lines.items[i], 11);
        if (c[0].n != 5)
            return err_set(err, ERR_CONFIG, "cities.tsv:%zu: the code must have five digits", i + 1);
        plan->cities[plan->n_cities++] =
            (struct city){.code = c[0],
                          .sido = c[1],
                          .name = c[2],
                          .short_name = c[3],
                          .unit = c[4],
                          .head = c[5],
                          .hall = c[6],
                          .weight = (uint32_t)strtoul(arena_copy(arena, c[7].p, c[7].n), NULL, 10),
                          .flag = c[8],
                          .sido_before = c[9],
                          .since = date_parse(c[10])};
    }
    return true;
}

static bool load_outlets(struct arena *arena, const char *directory, struct source *source, struct err *err)
{
    struct lines lines;
    if (!read_lines(arena, directory, "templates/outlets.tsv", &lines, err))
        return false;
    source->outlets = ARENA_ARRAY(arena, lines.n, struct outlet);
    source->skins = ARENA_ARRAY(arena, lines.n, struct lines);
    for (size_t i = 1; i < lines.n; i++) {
        const struct str *c = row_cells(arena, lines.items[i], 4);
        source->outlets[source->n_outlets] = (struct outlet){c[0], c[1], c[2], c[3]};
        const char *skin = arena_printf(arena, "templates/skin-" STR_FMT ".txt", STR_ARG(c[1]));
        if (!read_lines(arena, directory, skin, &source->skins[source->n_outlets], err))
            return false;
        source->n_outlets++;
    }
    return true;
}

/* "key: value" lines, then blocks "= title", "= sub", "= p", "= p?" of variants, one a line. */
static void parse_template(struct arena *arena, struct lines lines, struct template *out)
{
    struct lines *target = NULL;
    out->blocks = ARENA_ARRAY(arena, lines.n + 1, struct block);
    for (size_t i = 0; i < lines.n; i++) {
        struct str line = lines.items[i], rest = line, key;
        if (str_starts(line, STR("= "))) {
            struct str kind = str_slice(line, 2, line.n);
            if (str_equal(kind, STR("title"))) {
                target = &out->titles;
            } else if (str_equal(kind, STR("sub"))) {
                target = &out->subtitles;
            } else {
                out->blocks[out->n_blocks].optional = str_equal(kind, STR("p?"));
                target = &out->blocks[out->n_blocks++].variants;
            }
            target->items = ARENA_ARRAY(arena, lines.n, struct str);
        } else if (target) {
            if (line.n > 0)
                target->items[target->n++] = line;
        } else if (str_field(&rest, ':', &key)) {
            struct str value = str_trim(rest);
            if (str_equal(key, STR("category")))
                out->category = value;
            else if (str_equal(key, STR("names")))
                out->names = lines_split(arena, value, '|');
            else if (str_equal(key, STR("agencies")))
                out->agencies = lines_split(arena, value, '|');
            else if (str_equal(key, STR("cities")))
                out->two_cities = str_equal(value, STR("2"));
            else if (str_equal(key, STR("place")))
                out->no_city = str_equal(value, STR("none"));
        }
    }
}

static bool load_templates(struct arena *arena, const char *directory, struct plan *plan, struct err *err)
{
    char **paths;
    size_t n;
    if (!file_list(file_join(arena, directory, "templates"), arena, &paths, &n, err))
        return false;
    for (size_t i = 0; i < n && plan->n_templates < MAX_TEMPLATES; i++) {
        const char *name = strrchr(paths[i], '/');
        name = name ? name + 1 : paths[i];
        struct lines lines;
        if (strncmp(name, "init-", 5) != 0 && strncmp(name, "not-", 4) != 0)
            continue;
        if (!read_lines(arena, directory, arena_printf(arena, "templates/%s", name), &lines, err))
            return false;
        struct template *template = &plan->templates[plan->n_templates++];
        template->file = str_from(name);
        parse_template(arena, lines, template);
        if (template->titles.n == 0 || template->names.n == 0 || template->n_blocks == 0)
            return err_set(err, ERR_CONFIG, "%s: a template needs names, a title and paragraphs", paths[i]);
    }
    return true;
}

bool plan_load(struct arena *arena, const char *directory, struct source *source, struct plan *plan, struct err *err)
{
    return read_lines(arena, directory, "templates/heads.txt", &source->heads, err) &&
           read_lines(arena, directory, "templates/leads.txt", &source->leads, err) &&
           read_lines(arena, directory, "templates/skies.txt", &source->skies, err) &&
           load_outlets(arena, directory, source, err) && load_cities(arena, directory, plan, err) &&
           load_templates(arena, directory, plan, err);
}
