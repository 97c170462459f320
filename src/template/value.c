#include "template/value.h"

#include "template/format.h"

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

struct value *value_number(struct arena *arena, int64_t number)
{
    struct value *value = value_text(arena, format_number(arena, number));
    value->truth = number != 0;
    return value;
}

struct value *value_bool(struct arena *arena, bool truth)
{
    return new_value(arena, VALUE_BOOL, truth);
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

const struct value *value_get(const struct value *map, struct str name)
{
    if (map->type == VALUE_MAP)
        for (const struct item *item = map->first; item; item = item->next)
            if (str_equal(item->name, name))
                return item->value;
    return NULL;
}
