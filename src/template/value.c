#include "template/value.h"

#include "base/amount.h"
#include "base/json.h"
#include "template/format.h"

#include <math.h>

static struct value *new_value(struct arena *arena, enum value_type type, bool truth)
{
    struct value *value = ARENA_NEW(arena, struct value);
    value->type = type;
    value->truth = truth;
    value->end = &value->first;
    return value;
}

struct value *value_text(struct arena *arena, struct str text)
{
    struct value *value = new_value(arena, VALUE_TEXT, text.n > 0);
    value->text = str_copy(arena, text);
    return value;
}

static struct value *new_number(struct arena *arena, double number, int decimals, struct str text)
{
    struct value *value = new_value(arena, VALUE_NUMBER, isfinite(number) && number != 0);
    value->number = number;
    value->decimals = decimals;
    value->whole = isfinite(number) && fabs(number) < 9e18 ? (int64_t)number : 0;
    value->text = text;
    return value;
}

struct value *value_number(struct arena *arena, int64_t number)
{
    struct value *value = new_number(arena, (double)number, 0, format_number(arena, number));
    value->whole = number;
    return value;
}

struct value *value_change(struct arena *arena, int64_t number)
{
    struct value *value = value_number(arena, number);
    value->text = format_change(arena, number);
    return value;
}

struct value *value_real(struct arena *arena, double number, int decimals)
{
    return new_number(arena, number, decimals, format_real(arena, number, decimals));
}

struct value *value_percent(struct arena *arena, double share, int decimals)
{
    struct str text = format_real(arena, share * 100, decimals);
    return new_number(arena, share, decimals + 2,
                      text.n ? str_from(arena_printf(arena, STR_FMT "%%", STR_ARG(text))) : text);
}

struct value *value_date(struct arena *arena, date_t date)
{
    struct value *value = new_value(arena, VALUE_DATE, date != DATE_NONE);
    value->date = date;
    value->text = format_date(arena, date);
    return value;
}

struct value *value_bool(struct arena *arena, bool truth)
{
    static struct value yes = {.type = VALUE_BOOL, .truth = true}, no = {.type = VALUE_BOOL}; /* never written */
    (void)arena;
    return truth ? &yes : &no;
}

struct value *value_list(struct arena *arena)
{
    return new_value(arena, VALUE_LIST, false);
}

struct value *value_map(struct arena *arena)
{
    return new_value(arena, VALUE_MAP, true);
}

static void add(struct arena *arena, struct value *to, struct str name, struct value *value)
{
    struct item *item = ARENA_NEW(arena, struct item);
    item->name = name;
    item->value = value;
    *to->end = item;
    to->end = &item->next;
    to->n++;
}

void value_append(struct arena *arena, struct value *list, struct value *item)
{
    add(arena, list, STR(""), item);
    list->truth = true;
}

void value_set(struct arena *arena, struct value *map, const char *name, struct value *item)
{
    add(arena, map, str_from(name), item);
}

bool value_is_scalar(const struct value *value)
{
    return value->type == VALUE_TEXT || value->type == VALUE_NUMBER || value->type == VALUE_DATE;
}

static const struct item *find_item(const struct value *map, struct str name)
{
    if (map->type == VALUE_MAP)
        for (const struct item *item = map->first; item; item = item->next)
            if (item->name.n == name.n && name.n && item->name.p[name.n - 1] == name.p[name.n - 1] &&
                str_equal(item->name, name)) /* most differ in their last byte: no index would be faster */
                return item;
    return NULL;
}

const struct value *value_get(const struct value *map, struct str name)
{
    const struct item *item = find_item(map, name);
    return item ? item->value : NULL;
}

void value_share(struct value *map, const struct value *base)
{
    *map->end = base->first;
    map->n += base->n;
}

/* --- JSON --- */

static void put_json(struct json *json, const char *name, const struct value *value);

/* A map that shares another's entries may hide some of them: a name is said once. */
static void put_items(struct json *json, const struct value *value)
{
    bool map = value->type == VALUE_MAP;
    for (const struct item *item = value->first; item; item = item->next)
        if (!map || find_item(value, item->name) == item)
            put_json(json, map ? item->name.p : NULL, item->value);
}

static void put_json(struct json *json, const char *name, const struct value *value)
{
    switch (value->type) {
    case VALUE_TEXT: json_str(json, name, value->text); break;
    case VALUE_NUMBER:
        if (value->decimals == 0 && value->text.n)
            json_int(json, name, value->whole);
        else
            json_number(json, name, amount_rounded(value->number, value->decimals), value->decimals);
        break;
    case VALUE_DATE: json_null_str(json, name, str_from(date_iso(value->date).p)); break;
    case VALUE_BOOL: json_bool(json, name, value->truth); break;
    case VALUE_LIST:
    case VALUE_MAP:
        json_open(json, name, value->type == VALUE_MAP ? '{' : '[');
        put_items(json, value);
        json_close(json, value->type == VALUE_MAP ? '}' : ']');
        break;
    }
}

void value_json(const struct value *value, struct buf *out)
{
    struct json json = {.out = out, .indented = true};
    put_json(&json, NULL, value);
    buf_char(out, '\n');
}
