/* The phrases that stand for places: every form of every unit's name, and the aliases. */
#include "analyze/rules.h"

#include <string.h>

/* Gives `text` the meaning of a unit; a name that has another unit already becomes ambiguous. */
static void add_name(struct analyzer *analyzer, struct str text, enum name_kind kind, uint16_t unit)
{
    if (text.n == 0 || unit == UINT16_MAX)
        return;
    struct phrase *phrase = rules_phrase(analyzer, text);
    if (!phrase->name) {
        phrase->name = ARENA_NEW(analyzer->arena, struct name);
        phrase->name->kind = kind;
    }
    struct name *name = phrase->name;
    for (size_t i = 0; i < name->n; i++)
        if (name->units[i] == unit)
            return;
    if (name->n == MAX_CANDIDATES)
        return;
    name->ambiguous = name->n > 0;
    name->units[name->n++] = unit;
}

static void add_form(struct analyzer *analyzer, struct str stem, const char *ending, enum name_kind kind, uint16_t unit)
{
    add_name(analyzer, str_from(arena_printf(analyzer->arena, STR_FMT "%s", STR_ARG(stem), ending)), kind, unit);
}

/* 세종 is a 시·도 with a single city of the same name: the city is what is counted. */
static uint16_t counted(const struct analyzer *analyzer, uint16_t unit)
{
    const struct region *region = analyzer->units[unit].region;
    if (region->type != REGION_SIDO)
        return unit;
    uint16_t only = unit;
    for (uint16_t i = 0; i < analyzer->n_units; i++)
        if (i != unit && analyzer->units[i].sido == unit && str_equal(analyzer->units[i].region->name, region->sido))
            only = i;
    return only;
}

static void add_sido(struct analyzer *analyzer, const struct region *region, uint16_t unit)
{
    add_name(analyzer, region->sido, NAME_SIDO_FULL, unit);
    if (region->to != DATE_NONE)
        return;
    bool is_province = str_ends(region->sido, STR("도"));
    add_form(analyzer, region->short_name, is_province ? "도" : "시", NAME_SIDO_FULL, unit);
    if (str_ends(region->sido, STR("특별자치도")))
        add_form(analyzer, region->short_name, "자치도", NAME_SIDO_FULL, unit);
    add_name(analyzer, region->short_name, NAME_SIDO_BARE, unit);
}

static void add_unit(struct analyzer *analyzer, const struct region *region, uint16_t unit)
{
    const struct region *sido = analyzer->units[analyzer->units[unit].sido].region;
    if (str_equal(region->name, region->sido))
        return; /* 세종: came with its 시·도 */
    add_name(analyzer, region->name, NAME_FULL, unit);
    if (region->to != DATE_NONE || region->type == REGION_ILBANGU)
        return;
    if (region->type == REGION_SI)
        add_form(analyzer, region->short_name, "특례시", NAME_FULL, unit);
    if (!str_equal(region->short_name, region->name) && !str_equal(region->short_name, sido->short_name))
        add_name(analyzer, region->short_name, NAME_BARE, unit);
}

static bool alias_kind(struct str text, enum name_kind *out)
{
    static const struct {
        const char *text;
        enum name_kind kind;
    } kinds[] = {{"unit", NAME_FULL},   {"place", NAME_PLACE}, {"agency", NAME_AGENCY}, {"university", NAME_UNIVERSITY},
                 {"venue", NAME_VENUE}, {"none", NAME_NONE}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_equal(text, str_from(kinds[i].text))) {
            *out = kinds[i].kind;
            return true;
        }
    return false;
}

static bool add_alias(struct analyzer *analyzer, struct str text, struct str units, enum name_kind kind, size_t line,
                      struct err *err)
{
    struct phrase *phrase = rules_phrase(analyzer, text);
    struct name *name = phrase->name = ARENA_NEW(analyzer->arena, struct name);
    name->kind = kind;
    struct str code;
    while (units.n > 0 && str_field(&units, ';', &code)) {
        char unit[6] = "";
        if (code.n == 5)
            memcpy(unit, code.p, 5);
        uint16_t index = rules_unit(analyzer, unit);
        if (index == UINT16_MAX || name->n == MAX_CANDIDATES)
            return err_set(err, ERR_CONFIG, "%s:%zu: unit '" STR_FMT "' is not in the region table",
                           data_path("data/aliases.tsv"), line, STR_ARG(code));
        name->units[name->n++] = index;
    }
    if ((name->n == 0) != (kind == NAME_NONE))
        return err_set(err, ERR_CONFIG, "%s:%zu: units and kind do not fit", data_path("data/aliases.tsv"), line);
    return true;
}

static bool load_aliases(struct analyzer *analyzer, struct err *err)
{
    static const char *const headers[] = {"phrase", "units", "kind", NULL};
    const char *file = data_path("data/aliases.tsv");
    struct tsv tsv;
    if (!tsv_parse(analyzer->arena, file, data_file("data/aliases.tsv"), &tsv, err) ||
        !tsv_needs(&tsv, file, headers, err))
        return false;
    size_t text_column = tsv_column(&tsv, "phrase"), units = tsv_column(&tsv, "units"), kind = tsv_column(&tsv, "kind");
    for (size_t row = 0; row < tsv.rows; row++) {
        struct str text = tsv_cell(&tsv, row, text_column), name = tsv_cell(&tsv, row, kind);
        enum name_kind of = NAME_NONE;
        if (text.n == 0)
            return err_set(err, ERR_CONFIG, "%s:%zu: empty phrase", file, tsv.lines[row]);
        if (str_equal(name, STR("word")) || str_equal(name, STR("even"))) {
            struct phrase *phrase = rules_phrase(analyzer, text);
            if (phrase->name)
                phrase->name->doubt = str_equal(name, STR("word")) ? DOUBT_WORD : DOUBT_EVEN;
            continue;
        }
        if (!alias_kind(name, &of))
            return err_set(err, ERR_CONFIG, "%s:%zu: unknown kind '" STR_FMT "'", file, tsv.lines[row], STR_ARG(name));
        if (!add_alias(analyzer, text, tsv_cell(&tsv, row, units), of, tsv.lines[row], err))
            return false;
    }
    return true;
}

bool names_load(struct analyzer *analyzer, struct err *err)
{
    const struct regions *regions = analyzer->regions;
    for (size_t i = 0; i < regions->n; i++) {
        const struct region *region = &regions->items[i];
        uint16_t unit = rules_unit(analyzer, region->unit);
        if (unit == UINT16_MAX)
            continue;
        if (region->type == REGION_SIDO)
            add_sido(analyzer, region, counted(analyzer, unit));
        else
            add_unit(analyzer, region, unit);
    }
    return load_aliases(analyzer, err);
}
