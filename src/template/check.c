/* All mistakes of a template. It is rendered with a sample; then all its branches are walked, and what can be told of a
 * stretch of text alone is looked at: styles, and data tables that no tag interrupts. */
#include "template/check.h"

#include "base/mem.h"
#include "template/value.h"

#include <string.h>

struct checker {
    const struct template_source *from;
    struct source source; /* nothing but where the text comes from */
    struct build build;
    const struct value *list; /* of the ```table that has begun */
    struct str list_name;
    struct fence_check fence;
};

/* The lines of the build are those of the file from that one on. */
static void stand_at(struct checker *checker, const char *file, size_t line, size_t n)
{
    struct source *source = &checker->source;
    source->lines = mem_grow(source->lines, &source->lines_room, n, sizeof *source->lines);
    source->n_lines = n;
    for (size_t i = 0; i < n; i++)
        source->lines[i] = (struct source_place){file, line + i};
}

static void check_table(struct checker *checker, struct str text, const char *file, size_t line)
{
    size_t end = str_find(text, STR("\n```"), 0);
    const struct value *list = checker->list;
    checker->list = NULL;
    if (!list || end == SIZE_MAX || !str_starts(text, STR("\n")))
        return;
    struct block block = {0};
    struct str body = str_slice(text, 1, end + 1);
    size_t n = 1;
    for (size_t i = 0; i < body.n; i++)
        n += body.p[i] == '\n';
    stand_at(checker, file, line, n);
    build_data_table(&checker->build, &block, checker->list_name, list, body, 1);
}

static void check_text(void *user, struct str text, const char *file, size_t line)
{
    struct checker *checker = user;
    struct attributes unused;
    struct str one;
    fence_check_text(&checker->fence, text, file, line);
    check_table(checker, text, file, line);
    for (; str_line(&text, &one); line++) {
        struct str trimmed = str_trim(one);
        stand_at(checker, file, line, 1);
        if (attributes_begin(trimmed) && !attributes_read(&checker->build, trimmed, &unused))
            attributes_unknown(&checker->build, trimmed, 1);
        spans_names(&checker->build, one, 1);
    }
}

static void check_value(void *user, struct str value, const char *file, size_t line, bool raw)
{
    struct checker *checker = user;
    (void)raw;
    fence_check_value(&checker->fence, value, file, line);
    checker->list = NULL; /* a table with a tag in it: only a rendering knows it */
}

static void check_list(void *user, const struct value *list, struct str name, const char *file, size_t line)
{
    struct checker *checker = user;
    (void)file;
    (void)line;
    checker->list = list;
    checker->list_name = name;
}

static void check_branch(void *user)
{
    fence_check_branch(&((struct checker *)user)->fence);
}

static size_t check_size(void *user)
{
    (void)user;
    return 0;
}

/* Takes the line of the last mistake in the list out of a sheet. False where it is none of the sheet's. */
static bool take_out(struct arena *arena, struct doc *doc, const struct diag *mistake)
{
    size_t from = 0, line = doc->sheet_line;
    if (!doc->sheet.n || strcmp(mistake->place, doc->sheet_file) != 0 || mistake->line < line)
        return false;
    for (; line < mistake->line && from < doc->sheet.n; line++)
        from = str_find(doc->sheet, STR("\n"), from) + 1;
    if (from >= doc->sheet.n)
        return false;
    char *rest = arena_copy(arena, doc->sheet.p, doc->sheet.n);
    for (; from < doc->sheet.n && rest[from] != '\n'; from++)
        rest[from] = ' ';
    doc->sheet.p = rest;
    return true;
}

/* The styles, also for the second look. A sheet is read again without each line that is wrong. */
static const struct style_list *keep_styles(void *user, const struct doc *doc, struct err *err)
{
    struct checker *checker = user;
    struct diag_list *found = checker->source.faults;
    const struct template_source *from = checker->from;
    const struct faults faults = {err, ERR_CONFIG, found};
    const struct style_list *styles;
    struct doc rest = *doc;
    while (!(styles = from->styles(from->user, &rest, err))) {
        size_t before = found->n;
        if (!fault_move(&faults) || found->n == before || !take_out(checker->build.arena, &rest, &found->items[before]))
            break;
    }
    return checker->source.styles = styles;
}

static void add_notes(const struct doc *doc, struct diag_list *diag)
{
    static const char *const what[] = {"is not defined", "is called by nothing", "is defined again"};
    for (size_t i = 0; i < doc->n_note_faults; i++)
        diag_add(diag, DIAG_WARNING, "note", doc->note_faults[i].file, doc->note_faults[i].line, 0,
                 "the note [^" STR_FMT "] %s", STR_ARG(str_head(doc->note_faults[i].name, 80)),
                 what[doc->note_faults[i].kind]);
}

/* The template's own mistakes first, then those of each partial; by line. */
static bool comes_before(const struct diag *a, const struct diag *b, const char *own)
{
    bool a_own = strcmp(a->place, own) == 0, b_own = strcmp(b->place, own) == 0;
    int order = a_own != b_own ? (int)b_own - (int)a_own : strcmp(a->place, b->place);
    if (!order)
        order = (a->line > b->line) - (a->line < b->line);
    return order < 0;
}

static void sort_faults(struct diag_list *list, const char *own)
{
    for (size_t i = 1; i < list->n; i++) { /* some hundred at most */
        struct diag one = list->items[i];
        size_t at = i;
        for (; at > 0 && comes_before(&one, &list->items[at - 1], own); at--)
            list->items[at] = list->items[at - 1];
        list->items[at] = one;
    }
}

bool template_check(struct arena *arena, const struct template_source *from, const struct value *sample,
                    struct diag_list *diag, struct err *err)
{
    struct checker checker = {.from = from, .source = {.name = from->name, .strict = true}};
    const struct mustache_sink sink = {check_text, check_value, check_list, check_size, check_branch, &checker};
    struct diag_list found = {0};
    const struct mustache_options options = {
        .strict = true, .sink = &sink, .loader = from->loader, .faults = &found, .check = true};
    const struct faults faults = {err, ERR_CONFIG, &found};
    struct template_source rendered = *from;
    struct doc doc;
    struct str text = from->text;
    if (from->styles)
        rendered.styles = keep_styles;
    rendered.user = &checker;
    checker.source.faults = &found;
    checker.fence.source = checker.source;
    checker.fence.build = (struct build){.arena = arena, .source = &checker.fence.source, .err = err};
    checker.build = (struct build){.arena = arena, .source = &checker.source, .err = err};
    if (template_list(arena, &rendered, sample, &found, &doc, err))
        add_notes(&doc, &found);
    if (!err->kind && template_clean(arena, from->name, &text, &faults))
        mustache_render(arena, from->name, text, sample, &options, err);
    sort_faults(&found, from->name);
    for (size_t i = 0; i < found.n; i++)
        diag_add(diag, found.items[i].level, found.items[i].code, found.items[i].place, found.items[i].line, 0, "%s",
                 found.items[i].text);
    bool good = !err->kind && !diag_count(&found, DIAG_ERROR);
    diag_free(&found);
    fence_check_free(&checker.fence);
    anchors_free(&checker.build.anchors);
    source_free(&checker.source);
    return good;
}
