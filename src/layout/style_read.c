/* Style sheets as text: sections, keys and values, each error with its line. */
#include "layout/style_read.h"

#include "base/mem.h"
#include "base/suggest.h"

#include <ini.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ENTRIES = 5000 }; /* the house has some 400; styles are looked up one by one */

struct reader {
    struct arena *arena;
    const char *file;
    struct str rest;
    int line;
    struct style_entries *out;
    struct err *err;
};

bool style_fail(const struct style_entry *entry, struct err *err, const char *what)
{
    return err_set(err, ERR_CONFIG, "%s:%d: %s = %.60s: %s", entry->file, entry->line, entry->key, entry->value, what);
}

/* Feeds inih a line at a time, so that the line's number is known. */
static char *next_line(char *out, int size, void *self)
{
    struct reader *reader = self;
    struct str line;
    if (size < 2 || !reader->rest.n)
        return NULL;
    str_line(&reader->rest, &line);
    reader->line++;
    if (line.n >= (size_t)size - 1 || memchr(line.p, '\0', line.n)) {
        err_set(reader->err, ERR_CONFIG, "%s:%d: the line is too long, or no text", reader->file, reader->line);
        return NULL;
    }
    if (line.n)
        memcpy(out, line.p, line.n);
    out[line.n] = '\n';
    out[line.n + 1] = '\0';
    return out;
}

static int take_entry(void *self, const char *section, const char *key, const char *value)
{
    struct reader *reader = self;
    static const struct str sections[] = {{"page", 4},  {"colour", 6}, {"distance", 8}, {"note", 4},
                                          {"table", 5}, {"style", 5},  {"list", 4},     {"character", 9}};
    enum { SECTIONS = sizeof sections / sizeof *sections, MAY_BE_NAMED = 4, MUST_BE_NAMED = 5 };
    size_t blank = strcspn(section, " "), i = 0;
    struct str word = {section, blank};
    while (i < SECTIONS && !str_equal(word, sections[i]))
        i++;
    const char *name = section[blank] ? section + blank + 1 : "";
    if (i == SECTIONS || (*name ? i < MAY_BE_NAMED : i >= MUST_BE_NAMED)) {
        struct str near = suggest(word, sections, SECTIONS);
        return err_set(reader->err, ERR_CONFIG, "%s:%d: unknown section [%.60s]%s" STR_FMT "%s", reader->file,
                       reader->line, section, near.n ? "; did you mean [" : "", STR_ARG(near), near.n ? "]?" : "");
    }
    struct style_entries *out = reader->out;
    if (out->n == MOST_ENTRIES)
        return err_set(reader->err, ERR_CONFIG, "%s:%d: more than %d values in a style sheet", reader->file,
                       reader->line, MOST_ENTRIES);
    out->items = mem_grow(out->items, &out->room, out->n + 1, sizeof *out->items);
    out->items[out->n++] = (struct style_entry){
        .section = sections[i].p,
        .style = arena_copy(reader->arena, name, strlen(name)),
        .key = arena_copy(reader->arena, key, strlen(key)),
        .value = arena_copy(reader->arena, value, strlen(value)),
        .file = reader->file,
        .line = reader->line,
    };
    return 1;
}

bool style_entries_read(struct arena *arena, const struct style_layer *layer, struct style_entries *out,
                        struct err *err)
{
    int before = layer->first_line ? (int)layer->first_line - 1 : 0;
    struct reader reader = {arena, layer->file, layer->text, before, out, err};
    int line = ini_parse_stream(next_line, &reader, take_entry, &reader);
    if (line > 0 && !err->kind)
        err_set(err, ERR_CONFIG, "%s:%d: not [section] or key = value", layer->file, before + line);
    return !err->kind;
}

const struct style_key *style_key_find(const struct style_entry *entry, const struct style_key *keys, size_t n,
                                       struct err *err)
{
    struct str names[64];
    for (size_t i = 0; i < n && i < 64; i++) {
        if (strcmp(keys[i].name, entry->key) == 0)
            return &keys[i];
        names[i] = str_from(keys[i].name);
    }
    struct str near = suggest(str_from(entry->key), names, n);
    err_set(err, ERR_CONFIG, "%s:%d: unknown key \"%.60s\" in [%s%s%s]%s" STR_FMT "%s", entry->file, entry->line,
            entry->key, entry->section, *entry->style ? " " : "", entry->style, near.n ? "; did you mean \"" : "",
            STR_ARG(near), near.n ? "\"?" : "");
    return NULL;
}

/* ---- values ---- */

float style_length(const char **text, float em)
{
    static const struct {
        const char *name;
        float points;
    } units[] = {{"pt", 1}, {"mm", 72 / 25.4F}, {"cm", 720 / 25.4F}, {"em", 0}};
    const char *at = *text;
    float value = 0, scale = 1, place = 0.1F;
    bool negative = *at == '-', digits = false;
    at += negative;
    for (; *at >= '0' && *at <= '9' && value < 1e6F; at++, digits = true)
        value = value * 10 + (float)(*at - '0');
    if (*at == '.')
        for (at++; *at >= '0' && *at <= '9'; at++, digits = true, place /= 10)
            value += place * (float)(*at - '0');
    if (!digits)
        return NAN;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strncmp(at, units[i].name, 2) != 0)
            continue;
        scale = units[i].points > 0 ? units[i].points : em;
        at += 2;
        break;
    }
    *text = at;
    return (negative ? -value : value) * scale;
}

static bool set_length(const struct style_entry *entry, float em, float least, float most, void *at, struct err *err)
{
    const char *text = entry->value;
    float value = style_length(&text, em);
    if (!isfinite(value) || *text)
        return style_fail(entry, err, "not a length such as 10.5, 20mm or 2em");
    if (value < least || value > most)
        return err_set(err, ERR_CONFIG, "%s:%d: %s = %.60s: not between %g and %g pt", entry->file, entry->line,
                       entry->key, entry->value, (double)least, (double)most);
    *(float *)at = value;
    return true;
}

static bool set_percent(const struct style_entry *entry, float *out, struct err *err)
{
    const char *text = entry->value;
    float value = style_length(&text, 0);
    if (!isfinite(value) || strcmp(text, "%") != 0 || fabsf(value) > 400)
        return style_fail(entry, err, "not a percentage such as 65% or -15%");
    *out = value / 100;
    return true;
}

/* "17", "162%", "least 17": RULES.md row 23. */
static bool set_leading(const struct style_entry *entry, struct text_style *text, struct err *err)
{
    const char *value = entry->value;
    bool least = strncmp(value, "least ", 6) == 0;
    if (least)
        value += 6;
    float leading = style_length(&value, text->size);
    if (*value == '%') {
        leading *= text->size / 100;
        value++;
    }
    if (!isfinite(leading) || *value)
        return style_fail(entry, err, "not a leading such as 160%, 17 or least 17");
    if (leading <= 0 || leading > 600)
        return style_fail(entry, err, "not more than 0 and at most 600 pt");
    text->leading = leading;
    text->leading_least = least;
    return true;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool read_colour(const char *name, const struct palette *palette, struct colour *out)
{
    for (size_t i = 0; palette && i < style_n_colours; i++) {
        if (strcmp(style_colours[i].name, name) != 0)
            continue;
        *out = *(const struct colour *)((const char *)palette + style_colours[i].offset);
        return true;
    }
    int digit[6];
    if (name[0] != '#' || strlen(name) != 7)
        return false;
    for (size_t i = 0; i < 6; i++)
        if ((digit[i] = hex(name[i + 1])) < 0)
            return false;
    *out = (struct colour){(uint8_t)(digit[0] * 16 + digit[1]), (uint8_t)(digit[2] * 16 + digit[3]),
                           (uint8_t)(digit[4] * 16 + digit[5])};
    return true;
}

static bool set_colour(const struct style_entry *entry, const char *name, const struct palette *palette,
                       struct colour *out, struct err *err)
{
    if (read_colour(name, palette, out))
        return true;
    struct str names[64], near = {0};
    for (size_t i = 0; i < style_n_colours; i++)
        names[i] = str_from(style_colours[i].name);
    if (palette)
        near = suggest(str_from(name), names, style_n_colours);
    return err_set(err, ERR_CONFIG, "%s:%d: %s = %.60s: not a colour such as #256ef4%s%s" STR_FMT "%s", entry->file,
                   entry->line, entry->key, entry->value, palette ? " or a name of [colour]" : "",
                   near.n ? "; did you mean " : "", STR_ARG(near), near.n ? "?" : "");
}

static bool set_edge(const struct style_entry *entry, const struct palette *palette, float em, struct edge *out,
                     struct err *err)
{
    const char *text = entry->value;
    *out = (struct edge){0};
    if (strcmp(text, "none") == 0)
        return true;
    out->width = style_length(&text, em);
    if (!isfinite(out->width) || out->width <= 0 || out->width > 20 || *text != ' ')
        return style_fail(entry, err, "not a width up to 20 pt and a colour, or none");
    return set_colour(entry, text + strspn(text, " "), palette, &out->colour, err);
}

static bool set_count(const struct style_entry *entry, int *out, struct err *err)
{
    const char *at = entry->value;
    bool negative = *at == '-';
    int value = 0;
    at += negative;
    size_t digits = strspn(at, "0123456789");
    if (!digits || at[digits] || digits > 4)
        return style_fail(entry, err, "not a number between -9999 and 9999");
    for (; *at; at++)
        value = value * 10 + (*at - '0');
    *out = negative ? -value : value;
    return true;
}

/* The place of a word in a NULL-terminated list, or -1 with an error that lists all of them. */
static int choose(const struct style_entry *entry, const char *const *words, struct err *err)
{
    char all[200] = "";
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], entry->value) == 0)
            return i;
        size_t n = strlen(all);
        snprintf(all + n, sizeof all - n, "%s%s", i ? ", " : "", words[i]);
    }
    err_set(err, ERR_CONFIG, "%s:%d: %s = %.60s: not one of %s", entry->file, entry->line, entry->key, entry->value,
            all);
    return -1;
}

/* "60mm, right 150mm, dots right 170mm, point 40" */
static bool set_tabs(const struct style_entry *entry, float em, struct text_style *text, struct err *err)
{
    static const char *const words[] = {"left ", "right ", "center ", "point "};
    const char *at = entry->value;
    text->n_tabs = 0;
    while (strcmp(entry->value, "none") != 0) {
        struct tab_stop stop = {0};
        at += strspn(at, " ");
        stop.dots = strncmp(at, "dots ", 5) == 0;
        at += stop.dots ? 5 : 0;
        for (unsigned i = 0; i < 4; i++) {
            if (strncmp(at, words[i], strlen(words[i])) != 0)
                continue;
            stop.how = i;
            at += strlen(words[i]);
            break;
        }
        stop.at = style_length(&at, em);
        float before = text->n_tabs ? text->tabs[text->n_tabs - 1].at : 0;
        if (!isfinite(stop.at) || stop.at <= before || stop.at > 2000 || text->n_tabs == MOST_TABS)
            return style_fail(entry, err, "not up to 8 tab stops from left to right, such as 60mm, dots right 170mm");
        text->tabs[text->n_tabs++] = stop;
        if (!*at)
            break;
        if (*at++ != ',')
            return style_fail(entry, err, "tab stops are parted by commas");
    }
    return true;
}

static bool set_choice(const struct style_entry *entry, enum style_value value, void *at, struct err *err)
{
    static const char *const aligns[] = {"left", "center", "right", "justify", NULL};
    static const char *const words[] = {"cut", "keep", NULL};
    static const char *const figures[] = {"normal", "tabular", NULL};
    static const char *const yes[] = {"no", "yes", NULL};
    static const char *const heads[] = {"none", "title", "text", "chapter", "section", NULL};
    static const char *const sides[] = {"one", "two", NULL};
    static const char *const numbers[] = {"document", "page", NULL};
    static const char *const places[] = {"none",        "head-left",    "head-center",  "head-right",
                                         "head-inside", "head-outside", "foot-left",    "foot-center",
                                         "foot-right",  "foot-inside",  "foot-outside", NULL};
    static const char *const verticals[] = {"top", "middle", "bottom", NULL};
    int i = choose(entry,
                   value == VALUE_CHOICE_FONT       ? font_role_names
                   : value == VALUE_CHOICE_ALIGN    ? aligns
                   : value == VALUE_CHOICE_WORDS    ? words
                   : value == VALUE_CHOICE_FIGURES  ? figures
                   : value == VALUE_CHOICE_PLACE    ? places
                   : value == VALUE_CHOICE_HEAD     ? heads
                   : value == VALUE_CHOICE_SIDES    ? sides
                   : value == VALUE_CHOICE_NUMBERS  ? numbers
                   : value == VALUE_CHOICE_VERTICAL ? verticals
                                                    : yes,
                   err);
    if (i < 0)
        return false;
    if (value == VALUE_CHOICE_FONT) {
        *(enum font_role *)at = (enum font_role)i;
    } else if (value == VALUE_CHOICE_PLACE) {
        *(enum number_place *)at = (enum number_place)i;
    } else if (value == VALUE_CHOICE_VERTICAL) {
        *(enum vertical *)at = (enum vertical)i;
    } else if (value == VALUE_CHOICE_HEAD) {
        *(enum head_text *)at = (enum head_text)i;
    } else if (value == VALUE_CHOICE_ALIGN) {
        struct text_style *text = at;
        text->justify = i == 3;
        text->align = i == 3 ? ALIGN_LEFT : (enum align)i;
    } else {
        *(bool *)at = i == 1;
    }
    return true;
}

bool style_value_set(struct arena *arena, const struct style_entry *entry, const struct style_key *key,
                     const struct palette *palette, float em, void *base, struct err *err)
{
    void *at = (char *)base + key->offset;
    switch (key->value) {
    case VALUE_LENGTH: return set_length(entry, em, 0, 2000, at, err);
    case VALUE_SIGNED: return set_length(entry, em, -2000, 2000, at, err);
    case VALUE_SIZE: return set_length(entry, em, 1, 300, at, err);
    case VALUE_LEADING: return set_leading(entry, at, err);
    case VALUE_COLOUR: return set_colour(entry, entry->value, palette, at, err);
    case VALUE_FILL: {
        struct block_style *style = base;
        style->filled = strcmp(entry->value, "none") != 0;
        return !style->filled || set_colour(entry, entry->value, palette, &style->fill, err);
    }
    case VALUE_EDGE: return set_edge(entry, palette, em, at, err);
    case VALUE_TABS: return set_tabs(entry, em, at, err);
    case VALUE_COUNT: return set_count(entry, at, err);
    case VALUE_TEXT: *(struct str *)at = str_copy(arena, str_from(entry->value)); return true;
    case VALUE_PERCENT: return set_percent(entry, at, err);
    case VALUE_NUMBER:
        *(const char **)at = strcmp(entry->value, "none") ? entry->value : NULL;
        return strlen(entry->value) <= MOST_MARK || style_fail(entry, err, "longer than a number may be");
    case VALUE_CHOICE_FONT:
    case VALUE_CHOICE_ALIGN:
    case VALUE_CHOICE_WORDS:
    case VALUE_CHOICE_FIGURES:
    case VALUE_CHOICE_PLACE:
    case VALUE_CHOICE_VERTICAL:
    case VALUE_CHOICE_HEAD:
    case VALUE_CHOICE_SIDES:
    case VALUE_CHOICE_NUMBERS:
    case VALUE_YES: return set_choice(entry, key->value, at, err);
    case VALUE_STYLE: break;
    }
    return false;
}
