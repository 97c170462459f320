/* Lines in braces: {.note}, {#anchor}, {.keep}. */
#include "template/build.h"

size_t build_line(const struct build *build, int line)
{
    return source_line(build->source, build->line_offset + (size_t)(line > 0 ? line : 1));
}

static bool known_style(struct str style)
{
    static const char *const styles[] = {"title", "subtitle", "note", "unit", "source", "caption"};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (str_equal(style, str_from(styles[i])))
            return true;
    return false;
}

static bool read_word(struct build *build, struct str word, struct attributes *out)
{
    struct str name = str_slice(word, 1, word.n);
    if (!name.n || (word.p[0] != '.' && word.p[0] != '#'))
        return false;
    if (word.p[0] == '#')
        out->anchor = expand_text(build->arena, build->source, name);
    else if (str_equal(name, STR("pagebreak")))
        out->page_break = true;
    else if (str_equal(name, STR("keep")))
        out->keep = true;
    else if (str_equal(name, STR("end")))
        out->end = true;
    else if (known_style(name))
        out->style = str_copy(build->arena, name);
    else
        return false;
    return true;
}

bool attributes_read(struct build *build, struct str text, struct attributes *out)
{
    text = str_trim(text);
    if (text.n < 3 || text.n > MAX_ATTRIBUTE || text.p[0] != '{' || text.p[text.n - 1] != '}')
        return false;
    struct str rest = str_slice(text, 1, text.n - 1), word;
    struct attributes found = {0};
    bool any = false;
    while (str_field(&rest, ' ', &word)) {
        if (!word.n)
            continue;
        if (!read_word(build, word, &found))
            return false;
        any = true;
    }
    if (any)
        *out = found;
    return any;
}

bool attributes_unknown(struct build *build, struct str text, int line)
{
    text = str_trim(text);
    if (!build->source->strict || !str_starts(text, STR("{.")) || !str_ends(text, STR("}")) || text.n > MAX_ATTRIBUTE)
        return true;
    return err_set(build->err, ERR_CONFIG,
                   "%s:%zu: unknown style " STR_FMT
                   "; there are title, subtitle, note, unit, source, caption, pagebreak, keep, end",
                   build->source->name, build_line(build, line), STR_ARG(text));
}
