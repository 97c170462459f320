/* Sections [list NAME] and [character NAME] of a style sheet. */
#include "layout/style_read.h"

#include <stddef.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* As many names as a section can have. */
static size_t count(const struct style_entries *entries, const char *section)
{
    size_t n = 0;
    for (size_t i = 0; i < entries->n; i++)
        n += strcmp(entries->items[i].section, section) == 0;
    return n;
}

/* ---- lists ---- */

/* Words between blanks, [LIST_LEVELS] at most; *n is 0 where they are too many, too long or none. */
static void split(struct arena *arena, const char *text, const char *words[LIST_LEVELS], unsigned *n)
{
    *n = 0;
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        if (*n == LIST_LEVELS || length > MOST_MARK) {
            *n = 0;
            return;
        }
        words[(*n)++] = arena_copy(arena, text, length);
        text += length;
    }
}

static bool set_list(struct arena *arena, const struct style_entry *entry, const struct style_sheet *sheet,
                     struct list_style *list, struct err *err)
{
    static const struct style_key keys[] = {{.name = "marks"}, {.name = "numbers"}, {.name = "styles"}};
    const struct style_key *key = style_key_find(entry, keys, COUNT(keys), err);
    const char *words[LIST_LEVELS];
    unsigned n;
    if (!key)
        return false;
    split(arena, entry->value, words, &n);
    if (!n)
        return style_fail(entry, err, "not one to 9 short words with blanks between them");
    for (unsigned i = 0; i < n; i++) {
        if (key == &keys[0])
            list->marks[i] = words[i];
        else if (key == &keys[1])
            list->numbers[i] = words[i];
        else if (!(list->styles[i] = style_find(sheet, str_from(words[i]))))
            return style_fail(entry, err, "there is no style of one of these names");
    }
    *(key == &keys[0] ? &list->n_marks : key == &keys[1] ? &list->n_numbers : &list->n_styles) = n;
    return true;
}

bool style_lists_build(struct arena *arena, const struct style_entries *entries, struct style_sheet *sheet,
                       struct err *err)
{
    sheet->lists = ARENA_ARRAY(arena, count(entries, "list") + 1, struct list_style);
    sheet->lists[sheet->n_lists++] = (struct list_style){.name = "default", .marks = {"-"}, .numbers = {"1."}};
    sheet->lists[0].n_marks = sheet->lists[0].n_numbers = 1;
    for (size_t i = 0; i < 2 * entries->n; i++) { /* "default" first: what others do not say is as there */
        const struct style_entry *entry = &entries->items[i % entries->n];
        bool is_default = strcmp(entry->style, "default") == 0;
        if (strcmp(entry->section, "list") != 0 || is_default != (i < entries->n))
            continue;
        struct list_style *list = (struct list_style *)style_list(sheet, str_from(entry->style));
        if (!list) {
            list = &sheet->lists[sheet->n_lists++];
            *list = sheet->lists[0];
            list->name = entry->style;
        }
        if (!set_list(arena, entry, sheet, list, err))
            return false;
    }
    return true;
}

const struct list_style *style_list(const struct style_sheet *sheet, struct str name)
{
    for (size_t i = 0; i < sheet->n_lists; i++)
        if (str_equal(name, str_from(sheet->lists[i].name)))
            return &sheet->lists[i];
    return NULL;
}

/* ---- characters ---- */

static const char *const character_names[] = {
    [CHARACTER_STRONG] = "strong", [CHARACTER_EMPHASIS] = "emphasis", [CHARACTER_CODE] = "code",
    [CHARACTER_LINK] = "link",     [CHARACTER_SUP] = "sup",           [CHARACTER_SUB] = "sub",
};

static struct character_style *find(struct style_sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->n_characters; i++)
        if (strcmp(name, sheet->characters[i].name) == 0)
            return &sheet->characters[i];
    return NULL;
}

static bool set_character(struct arena *arena, const struct style_entry *entry, const struct palette *palette,
                          struct character_style *character, struct err *err)
{
    static const struct style_key keys[] = {
        {"font", VALUE_CHOICE_FONT, offsetof(struct character_style, role)},
        {"size", VALUE_PERCENT, offsetof(struct character_style, size)},
        {"colour", VALUE_COLOUR, offsetof(struct character_style, colour)},
        {"raise", VALUE_PERCENT, offsetof(struct character_style, raise)},
    };
    const struct style_key *key = style_key_find(entry, keys, COUNT(keys), err);
    if (!key || !style_value_set(arena, entry, key, palette, 0, character, err))
        return false;
    character->has_role = character->has_role || key == &keys[0];
    character->has_colour = character->has_colour || key == &keys[2];
    if (character->size < 0.1F)
        return style_fail(entry, err, "not at least 10%");
    return true;
}

/* Raised or lowered text stays on the sheet, even in the first or last line of a page. */
static bool check_raise(const struct style_sheet *sheet, const struct style_entry *last,
                        const struct character_style *character, struct err *err)
{
    for (size_t i = 0; i < sheet->n; i++) {
        const struct text_style *text = &sheet->styles[i].text;
        float raise = character->raise * text->size, above = sheet->page.top + style_baseline(text),
              below = sheet->page.bottom + text->leading - style_baseline(text);
        if (raise > above || -raise > below)
            return err_set(err, ERR_CONFIG, "%s: [character %s]: raise takes text of [style %s] off the page",
                           last->file, character->name, sheet->styles[i].name);
    }
    return true;
}

bool style_characters_build(struct arena *arena, const struct style_entries *entries, struct style_sheet *sheet,
                            struct err *err)
{
    sheet->characters =
        ARENA_ARRAY(arena, COUNT(character_names) + count(entries, "character"), struct character_style);
    for (size_t i = 0; i < COUNT(character_names); i++)
        sheet->characters[sheet->n_characters++] = (struct character_style){.name = character_names[i], .size = 1};
    for (size_t i = 0; i < entries->n; i++) {
        const struct style_entry *entry = &entries->items[i];
        if (strcmp(entry->section, "character") != 0)
            continue;
        struct character_style *character = find(sheet, entry->style);
        if (!character) {
            character = &sheet->characters[sheet->n_characters++];
            *character = (struct character_style){.name = entry->style, .size = 1};
        }
        if (!set_character(arena, entry, &sheet->palette, character, err))
            return false;
    }
    for (size_t i = 0; i < sheet->n_characters; i++)
        if (!check_raise(sheet, &entries->items[entries->n - 1], &sheet->characters[i], err))
            return false;
    return true;
}

/* ---- names ---- */

struct str *style_names(const struct style_sheet *sheet, struct arena *arena, size_t *n)
{
    struct str *all = ARENA_ARRAY(arena, sheet->n + sheet->n_tables + sheet->n_lists, struct str);
    *n = 0;
    for (size_t i = 0; i < sheet->n; i++)
        all[(*n)++] = str_from(sheet->styles[i].name);
    for (size_t i = 1; i < sheet->n_tables; i++) /* the first has no name */
        all[(*n)++] = str_from(sheet->tables[i].name);
    for (size_t i = 0; i < sheet->n_lists; i++)
        all[(*n)++] = str_from(sheet->lists[i].name);
    return all;
}

struct str *style_character_names(const struct style_sheet *sheet, struct arena *arena, size_t *n)
{
    struct str *all = ARENA_ARRAY(arena, sheet->n_characters, struct str);
    *n = sheet->n_characters;
    for (size_t i = 0; i < *n; i++)
        all[i] = str_from(sheet->characters[i].name);
    return all;
}
