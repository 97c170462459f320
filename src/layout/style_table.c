/* Looks of tables in a style sheet: [table] and [table NAME]. */
#include "layout/style_read.h"

#include <stddef.h>
#include <string.h>

#define TABLE(key, value, field)                                                                                       \
    {                                                                                                                  \
        key, value, offsetof(struct table_style, field)                                                                \
    }
static const struct style_key table_keys[] = {
    TABLE("cell", VALUE_STYLE, looks[ROW_BODY]),
    TABLE("zebra", VALUE_STYLE, looks[ROW_ZEBRA]),
    TABLE("head", VALUE_STYLE, looks[ROW_HEAD]),
    TABLE("group", VALUE_STYLE, looks[ROW_GROUP]),
    TABLE("subtotal", VALUE_STYLE, looks[ROW_SUBTOTAL]),
    TABLE("total", VALUE_STYLE, looks[ROW_TOTAL]),
    TABLE("first", VALUE_STYLE, first),
    TABLE("rule-top", VALUE_EDGE, top),
    TABLE("rule-bottom", VALUE_EDGE, end),
    TABLE("rule-rows", VALUE_EDGE, rows),
    TABLE("rule-columns", VALUE_EDGE, columns),
    TABLE("rule-sides", VALUE_EDGE, sides),
    TABLE("pad-x", VALUE_LENGTH, pad_x),
    TABLE("pad-y", VALUE_LENGTH, pad_y),
    TABLE("vertical", VALUE_CHOICE_VERTICAL, vertical),
    TABLE("head-vertical", VALUE_CHOICE_VERTICAL, head_vertical),
    TABLE("bar", VALUE_COLOUR, bar),
    TABLE("bar-negative", VALUE_COLOUR, bar_negative),
    TABLE("spark", VALUE_COLOUR, spark),
    TABLE("bar-width", VALUE_LENGTH, bar_width),
    TABLE("none", VALUE_TEXT, none),
    TABLE("continued", VALUE_TEXT, continued),
};

enum { TABLE_KEYS = sizeof table_keys / sizeof *table_keys };

static bool set_value(struct arena *arena, const struct style_sheet *sheet, const struct style_entry *entry,
                      struct table_style *table, struct err *err)
{
    const struct style_key *key = style_key_find(entry, table_keys, TABLE_KEYS, err);
    if (!key || key->value != VALUE_STYLE)
        return key && style_value_set(arena, entry, key, &sheet->palette, 12, table, err);
    const struct block_style *style = style_find(sheet, str_from(entry->value));
    bool optional = strcmp(key->name, "zebra") == 0 || strcmp(key->name, "first") == 0;
    if (!style && !(optional && strcmp(entry->value, "none") == 0))
        return err_set(err, ERR_CONFIG, "%s:%d: %s = %.60s: there is no such style", entry->file, entry->line,
                       entry->key, entry->value);
    *(const struct block_style **)((char *)table + key->offset) = style;
    return true;
}

/* Every [table NAME] begins as the plain [table]. The styles that they name have their final place by now. */
bool style_tables_build(struct arena *arena, const struct style_entries *entries, struct style_sheet *sheet,
                        struct err *err)
{
    sheet->tables = ARENA_ARRAY(arena, entries->n + 1, struct table_style);
    sheet->tables[0] = (struct table_style){.name = "", .first = NULL};
    for (size_t i = 0; i < ROW_KINDS; i++)
        sheet->tables[0].looks[i] = &sheet->styles[STYLE_CELL];
    sheet->n_tables = 1;
    for (int named = 0; named < 2; named++) {
        for (size_t i = 0; i < entries->n; i++) {
            const struct style_entry *entry = &entries->items[i];
            if (strcmp(entry->section, "table") != 0 || (named != 0) != (*entry->style != '\0'))
                continue;
            struct table_style *table = (struct table_style *)style_table(sheet, str_from(entry->style));
            if (!table) {
                table = &sheet->tables[sheet->n_tables++];
                *table = sheet->tables[0];
                table->name = entry->style;
            }
            if (!set_value(arena, sheet, entry, table, err))
                return false;
        }
    }
    return true;
}

const struct table_style *style_table(const struct style_sheet *sheet, struct str name)
{
    for (size_t i = 0; i < sheet->n_tables; i++)
        if (str_equal(name, str_from(sheet->tables[i].name)))
            return &sheet->tables[i];
    return NULL;
}
