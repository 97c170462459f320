/* A template with a context → the document, and Mustache as plain text. */
#include "base/utf8.h"
#include "template/fault.h"
#include "template/value.h"

/* --- text mode --- */

static void plain_text(void *user, struct str text, const char *file, size_t line)
{
    (void)file;
    (void)line;
    buf_str(user, text);
}

static void plain_value(void *user, struct str value, const char *file, size_t line, bool raw)
{
    (void)file;
    (void)line;
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        const char *entity = raw        ? NULL
                             : c == '&' ? "&amp;"
                             : c == '<' ? "&lt;"
                             : c == '>' ? "&gt;"
                             : c == '"' ? "&quot;"
                                        : NULL;
        if (entity)
            buf_text(user, entity);
        else
            buf_char(user, c);
    }
}

static size_t plain_size(void *user)
{
    return ((struct buf *)user)->n;
}

bool mustache_text(struct arena *arena, const char *name, struct str text, const struct value *context,
                   const struct template_loader *loader, struct buf *out, struct err *err)
{
    const struct mustache_sink sink = {plain_text, plain_value, NULL, plain_size, NULL, out};
    const struct mustache_options options = {.sink = &sink, .loader = loader};
    return mustache_render(arena, name, text, context, &options, err);
}

/* --- the document --- */

static void source_sink_text(void *user, struct str text, const char *file, size_t line)
{
    source_text(user, text, file, line);
}

static void source_sink_value(void *user, struct str value, const char *file, size_t line, bool raw)
{
    (void)raw; /* a value is never markup, escaped or not */
    source_value(user, value, file, line);
}

static void source_sink_list(void *user, const struct value *list, struct str name, const char *file, size_t line)
{
    (void)name;
    source_put_list(user, list, file, line);
}

static size_t source_sink_size(void *user)
{
    const struct source *source = user;
    return source->text.n + source->value_bytes;
}

static size_t line_of(struct str text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += text.p[i] == '\n';
    return line;
}

bool template_clean(struct arena *arena, const char *file, struct str *text, const struct faults *faults)
{
    size_t bad = utf8_invalid(*text);
    if (bad != SIZE_MAX)
        return fault(faults, file, line_of(*text, bad), "not UTF-8"), false;
    if (str_starts(*text, STR("\xef\xbb\xbf")))
        *text = str_slice(*text, 3, text->n);
    *text = utf8_nfc(arena, *text);
    return true;
}

/* Front matter, then styles, then blocks: of a source that is filled. */
static bool finish(struct arena *arena, const struct template_source *from, struct source *source, struct doc *out,
                   struct err *err)
{
    size_t body_line;
    if (!front_matter(arena, source, out, &body_line, err))
        return false;
    const struct faults faults = {err, ERR_CONFIG, source->faults};
    if (from->styles && !(source->styles = from->styles(from->user, out, err)) && !fault_move(&faults))
        return false;
    return markdown_parse(arena, source, body_line, out, err);
}

bool template_list(struct arena *arena, const struct template_source *from, const struct value *context,
                   struct diag_list *list, struct doc *out, struct err *err)
{
    struct source source = {.name = from->name, .strict = true, .faults = list};
    const struct mustache_sink sink = {source_sink_text, source_sink_value, source_sink_list, source_sink_size, NULL,
                                       &source};
    const struct mustache_options options = {.strict = true, .sink = &sink, .loader = from->loader, .faults = list};
    const struct faults faults = {err, ERR_CONFIG, list};
    struct str text = from->text;
    *out = (struct doc){0};
    bool good = template_clean(arena, from->name, &text, &faults) &&
                mustache_render(arena, from->name, text, context, &options, err) &&
                finish(arena, from, &source, out, err);
    source_free(&source);
    return good;
}

bool template_make(struct arena *arena, const struct template_source *from, const struct value *context,
                   struct doc *out, struct err *err)
{
    return template_list(arena, from, context, NULL, out, err);
}

bool template_plain(struct arena *arena, const struct template_source *from, struct doc *out, struct err *err)
{
    struct source source = {.name = from->name};
    const struct faults faults = {err, ERR_INPUT, NULL};
    struct str text = from->text;
    *out = (struct doc){0};
    if (!template_clean(arena, from->name, &text, &faults))
        return false;
    source_text(&source, text, from->name, 1);
    bool good = finish(arena, from, &source, out, err);
    source_free(&source);
    return good;
}

static const struct style_list *these_styles(void *user, const struct doc *doc, struct err *err)
{
    (void)doc;
    (void)err;
    return user;
}

static struct template_source with_styles(const char *name, struct str text, const struct style_list *styles)
{
    return (struct template_source){
        .name = name, .text = text, .styles = styles ? these_styles : NULL, .user = (void *)(uintptr_t)styles};
}

bool template_render(struct arena *arena, const char *name, struct str text, const struct value *context,
                     const struct style_list *styles, struct doc *out, struct err *err)
{
    const struct template_source source = with_styles(name, text, styles);
    return template_make(arena, &source, context, out, err);
}

bool template_markdown(struct arena *arena, const char *name, struct str text, const struct style_list *styles,
                       struct doc *out, struct err *err)
{
    const struct template_source source = with_styles(name, text, styles);
    return template_plain(arena, &source, out, err);
}
