/* Lines in braces: {.note}, {#anchor}, {.box title="맺음말"} … {.end}. */
#include "template/build.h"

#include "base/language.h"
#include "base/suggest.h"

enum { MAX_OPTIONS = 8 };

static const struct str containers[] = {{"keep", 4},  {"float", 5},   {"box", 3},
                                        {"cover", 5}, {"columns", 7}, {"turn", 4}};
static const struct str lists[] = {{"toc", 3}, {"figures", 7}, {"tables", 6}};
/* Keys of {… key=value}; layout knows what they mean for which block. */
static const struct str option_names[] = {{"title", 5}, {"widths", 6},   {"align", 5},         {"header", 6},
                                          {"total", 5}, {"subtotal", 8}, {"bars", 4},          {"spark", 5},
                                          {"none", 4},  {"split", 5},    {"spark-number", 12}, {"stub", 4},
                                          {"looks", 5}, {"n", 1},        {"levels", 6}};
enum {
    LISTS = sizeof lists / sizeof *lists,
    CONTAINERS = sizeof containers / sizeof *containers,
    OPTION_NAMES = sizeof option_names / sizeof *option_names,
};

struct source_place build_place(const struct build *build, int line)
{
    return source_place(build->source, build->line_offset + (size_t)(line > 0 ? line : 1));
}

bool build_fault(const struct build *build, int line, const char *format, ...)
{
    struct source_place place = build_place(build, line);
    struct faults faults = {build->err, source_error(build->source), build->source->faults};
    va_list arguments;
    va_start(arguments, format);
    bool on = fault_list(&faults, place.file, place.line, format, arguments);
    va_end(arguments);
    return on;
}

static bool one_of(struct str word, const struct str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(word, words[i]))
            return true;
    return false;
}

static bool known_style(const struct build *build, struct str name)
{
    const struct style_list *styles = build->source->styles;
    return !styles || one_of(name, styles->names, styles->n);
}

static struct str unquoted(struct str value)
{
    bool quoted = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';
    return quoted ? str_slice(value, 1, value.n - 1) : value;
}

bool attribute_is_language(struct str word)
{
    return str_starts(word, STR("lang="));
}

bool attribute_language(struct build *build, struct str word, struct str *out)
{
    if (!attribute_is_language(word))
        return false;
    *out = expand_text(build->arena, build->source, unquoted(str_slice(word, 5, word.n)));
    return !out->n || language_is_known(*out);
}

static bool read_option(struct build *build, struct str word, size_t equals, struct attributes *out)
{
    struct str key = str_slice(word, 0, equals), value = unquoted(str_slice(word, equals + 1, word.n));
    if (attribute_is_language(word))
        return attribute_language(build, word, &out->language);
    if (!one_of(key, option_names, OPTION_NAMES) || out->n_options == MAX_OPTIONS)
        return false;
    if (!out->options)
        out->options = ARENA_ARRAY(build->arena, MAX_OPTIONS, struct block_option);
    out->options[out->n_options++] =
        (struct block_option){str_copy(build->arena, key), expand_text(build->arena, build->source, value)};
    return true;
}

static bool read_word(struct build *build, struct str word, struct attributes *out)
{
    size_t equals = str_find(word, STR("="), 0);
    struct str name = str_slice(word, 1, word.n);
    if (word.p[0] != '.' && word.p[0] != '#')
        return equals != SIZE_MAX && equals > 0 && read_option(build, word, equals, out);
    if (!name.n)
        return false;
    if (word.p[0] == '#')
        out->anchor = expand_text(build->arena, build->source, name);
    else if (str_equal(name, STR("pagebreak")))
        out->page_break = true;
    else if (str_equal(name, STR("end")))
        out->end = true;
    else if (one_of(name, containers, CONTAINERS))
        out->container = str_copy(build->arena, name);
    else if (one_of(name, lists, LISTS))
        out->contents = str_copy(build->arena, name);
    else if (known_style(build, name))
        out->style = str_copy(build->arena, name);
    else
        return false;
    return true;
}

bool attribute_word(struct str *rest, struct str *word)
{
    size_t from = 0, to;
    while (from < rest->n && rest->p[from] == ' ')
        from++;
    bool quoted = false;
    for (to = from; to < rest->n && (quoted || rest->p[to] != ' '); to++)
        quoted ^= rest->p[to] == '"';
    *word = str_slice(*rest, from, to);
    *rest = str_slice(*rest, to, rest->n);
    return word->n > 0;
}

/* Whether the text is {…}, with what is inside. */
static bool braced(struct str text, struct str *inside)
{
    text = str_trim(text);
    *inside = str_slice(text, 1, text.n ? text.n - 1 : 0);
    return text.n >= 3 && text.n <= MAX_ATTRIBUTE && text.p[0] == '{' && text.p[text.n - 1] == '}';
}

bool attributes_read(struct build *build, struct str text, struct attributes *out)
{
    struct str rest, word;
    struct attributes found = {0};
    bool any = false;
    if (!braced(text, &rest))
        return false;
    while (attribute_word(&rest, &word)) {
        if (!read_word(build, word, &found))
            return false;
        any = true;
    }
    if (any)
        *out = found;
    return any;
}

/* What a word of {…} could have meant. */
static struct str nearest(struct build *build, struct str word)
{
    struct str name = str_slice(word, 1, word.n);
    size_t equals = str_find(word, STR("="), 0);
    if (word.p[0] != '.')
        return suggest(str_slice(word, 0, equals), option_names, OPTION_NAMES);
    const struct style_list *styles = build->source->styles;
    struct str near = suggest(name, containers, CONTAINERS);
    near = near.n ? near : suggest(name, lists, LISTS);
    return near.n || !styles ? near : suggest(name, styles->names, styles->n);
}

bool attributes_begin(struct str text)
{
    return str_starts(text, STR("{.")) || str_starts(text, STR("{lang="));
}

bool attributes_unknown(struct build *build, struct str text, int line)
{
    struct str rest, word;
    if (!braced(text, &rest) || !attributes_begin(str_trim(text)))
        return true;
    struct attributes scrap = {0};
    while (attribute_word(&rest, &word))
        if (!read_word(build, word, &scrap))
            break;
    if (!build->source->strict && !scrap.container.n) /* else its {.end} would be the fault that is named */
        return true;
    if (attribute_is_language(word))
        return build_fault(build, line, LANGUAGE_UNKNOWN, STR_ARG(expand_text(build->arena, build->source, word)));
    struct str near = word.n ? nearest(build, word) : STR("");
    return build_fault(build, line, "unknown style or option " STR_FMT " in " STR_FMT "%s" STR_FMT "%s", STR_ARG(word),
                       STR_ARG(str_trim(text)), near.n ? "; did you mean " : "", STR_ARG(near), near.n ? "?" : "");
}
