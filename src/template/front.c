/* Front matter: "key: value" lines, then sections of a style sheet, between two lines of three hyphens. */
#include "base/language.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "template/source.h"
#include "template/write.h"

#include <stddef.h>

static const struct {
    struct str key;
    size_t offset;
} keys[] = {
    {{"title", 5}, offsetof(struct doc, title)},
    {{"subtitle", 8}, offsetof(struct doc, subtitle)},
    {{"author", 6}, offsetof(struct doc, author)},
    {{"subject", 7}, offsetof(struct doc, subject)},
    {{"keywords", 8}, offsetof(struct doc, keywords)},
    {{"lang", 4}, offsetof(struct doc, language)},
    {{"running_head", 12}, offsetof(struct doc, running_head)},
    {{"created", 7}, offsetof(struct doc, created)},
};
enum { KEYS = sizeof keys / sizeof *keys };

static struct str unquoted(struct str value)
{
    if (value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\'') && value.p[value.n - 1] == value.p[0])
        return str_slice(value, 1, value.n - 1);
    return value;
}

static bool set_key(struct arena *arena, struct source *source, struct doc *doc, struct str line, size_t number,
                    struct err *err)
{
    struct str name[KEYS];
    size_t colon = str_find(line, STR(":"), 0);
    if (!str_trim(line).n || line.p[0] == '#')
        return true;
    struct str key = str_trim(str_slice(line, 0, colon == SIZE_MAX ? line.n : colon));
    for (size_t i = 0; i < KEYS; i++) {
        name[i] = keys[i].key;
        if (colon == SIZE_MAX || !str_equal(key, keys[i].key))
            continue;
        struct str value = unquoted(str_trim(str_slice(line, colon + 1, line.n)));
        struct str text = expand_text(arena, source, value);
        if (keys[i].offset == offsetof(struct doc, language) && text.n && !language_is_known(text)) {
            doc->unknown_language = text;
            return !source->strict || source_fault(source, err, number, "lang: " LANGUAGE_UNKNOWN, STR_ARG(text));
        }
        *(struct str *)((char *)doc + keys[i].offset) = text;
        return true;
    }
    if (!source->strict) /* other programs put other keys there */
        return true;
    struct str near = suggest(key, name, KEYS);
    return source_fault(source, err, number, "unknown front matter \"" STR_FMT "\"%s" STR_FMT "%s", STR_ARG(key),
                        near.n ? "; did you mean \"" : "", STR_ARG(near), near.n ? "\"?" : "");
}

static bool is_fence(struct str line)
{
    return line.n >= 3 && str_equal(str_trim(line), STR("---")) && line.p[0] == '-';
}

/* The sections, line for line as they are in the file: what a tag took off leaves empty lines. */
static void take_sheet(struct arena *arena, struct source *source, struct doc *doc, struct str rest, size_t number,
                       size_t close)
{
    struct source_place place = source_place(source, number);
    struct buf sheet = {0};
    struct str line;
    doc->sheet_file = place.file;
    doc->sheet_line = place.line;
    for (size_t lines = 0; number < close && str_line(&rest, &line); number++, lines++) {
        place = source_place(source, number);
        for (; place.file == doc->sheet_file && doc->sheet_line + lines < place.line; lines++)
            buf_char(&sheet, '\n');
        buf_str(&sheet, expand_text(arena, source, line));
        buf_char(&sheet, '\n');
    }
    doc->sheet = str_copy(arena, buf_view(&sheet));
    buf_free(&sheet);
}

size_t front_matter_take(struct str *text)
{
    struct str rest = *text, line;
    if (!str_line(&rest, &line) || !is_fence(line))
        return 0;
    for (size_t lines = 2; str_line(&rest, &line); lines++)
        if (is_fence(line)) {
            *text = rest;
            return lines;
        }
    return 0;
}

bool front_matter(struct arena *arena, struct source *source, struct doc *doc, size_t *body_line, struct err *err)
{
    struct str rest = buf_view(&source->text), line;
    size_t number = 1, close = 0;
    *body_line = 1;
    doc->language = STR("ko");
    if (!str_line(&rest, &line) || !is_fence(line))
        return true;
    for (struct str ahead = rest; !close && str_line(&ahead, &line);) {
        number++;
        close = is_fence(line) ? number : 0;
    }
    if (!close)
        return !source->strict || source_fault(source, err, 1, "front matter without its closing ---");
    *body_line = close + 1;
    for (number = 2; number < close; number++) {
        struct str here = rest;
        if (!str_line(&rest, &line))
            break;
        if (str_starts(line, STR("["))) {
            take_sheet(arena, source, doc, here, number, close);
            break;
        }
        if (!set_key(arena, source, doc, line, number, err))
            return false;
    }
    return true;
}
