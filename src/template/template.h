/* Mustache over Markdown → doc. Values never pass through the Markdown parser, so they cannot become markup. */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H
#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "brief/brief.h"
#include "template/doc.h"

/* A Mustache context: text, numbers, dates, yes or no, lists and maps. Lives in an arena. */
enum value_type { VALUE_TEXT, VALUE_NUMBER, VALUE_DATE, VALUE_BOOL, VALUE_LIST, VALUE_MAP };
struct value;
struct value *value_text(struct arena *arena, struct str text);
struct value *value_number(struct arena *arena, int64_t number); /* without a filter: 1,234; false: 0 */
struct value *value_change(struct arena *arena, int64_t number); /* +3, −2, 0 */
/* At most AMOUNT_DECIMALS decimals, all of them printed. Not finite: no number, printed as nothing; false like 0. */
struct value *value_real(struct arena *arena, double number, int decimals);
struct value *value_percent(struct arena *arena, double share, int decimals); /* 0.2 is printed as 20.0% */
struct value *value_date(struct arena *arena, date_t date); /* 2024. 1. 16.; DATE_NONE is empty and false */
struct value *value_bool(struct arena *arena, bool truth);
struct value *value_list(struct arena *arena);
struct value *value_map(struct arena *arena);
void value_append(struct arena *arena, struct value *list, struct value *item);
void value_set(struct arena *arena, struct value *map, const char *name, struct value *item); /* name is borrowed */
/* Appends a value as indented JSON and a newline: numbers as numbers, dates as ISO strings, null where there is none.
 */
void value_json(const struct value *value, struct buf *out);

/* All that a template may use of a brief, as documented in templates/README.md. */
struct value *template_context(struct arena *arena, const struct brief *brief);
/* A brief made up to have one of everything, no list of it empty: for checking templates. */
struct brief *template_sample(struct arena *arena);

/* The styles that a text may name: of paragraphs and lists, and of stretches of text. */
struct style_list {
    const struct str *names;
    size_t n;
    const struct str *characters;
    size_t n_characters;
};

/* Where partials come from. */
struct template_loader {
    /* The text of the partial of that name, and its file for messages; both stay. False where there is none. */
    bool (*load)(void *user, struct str name, const char **file, struct str *text);
    void *user;
    struct str (*near)(void *user, struct str name); /* the one that is meant; empty for none. May be NULL */
};

struct template_source {
    const char *name; /* for messages */
    struct str text;
    const struct template_loader *loader; /* NULL: no partials */
    /* The styles that the text may name, once its front matter is read (doc->sheet). NULL ends it with an error. Is
     * NULL itself where any will do. */
    const struct style_list *(*styles)(void *user, const struct doc *doc, struct err *err);
    void *user;
};

/* Renders a template (Mustache in Markdown, with front matter) with a context. Errors: ERR_CONFIG "file:line: …" with a
 * suggestion where a tag, filter or style is unknown; that of `styles`. */
bool template_make(struct arena *arena, const struct template_source *source, const struct value *context,
                   struct doc *out, struct err *err);

/* Looks for all mistakes of a template and of its partials: those of a rendering with the sample, and those in the
 * branches of sections that it does not take, where a list's items have what any of the sample's has. Adds them to
 * `diag` with file and line, in that order: DIAG_REJECT "template", and warnings such as unknown-anchor. False where
 * there is one, or `err` is set. */
bool template_check(struct arena *arena, const struct template_source *source, const struct value *sample,
                    struct diag_list *diag, struct err *err);

/* Plain Markdown with front matter, no tags: for `briefgen render`. A {.name} that is no style stays text. */
bool template_plain(struct arena *arena, const struct template_source *source, struct doc *out, struct err *err);

/* Both without partials and with known styles; NULL: then any will do. */
bool template_render(struct arena *arena, const char *name, struct str text, const struct value *context,
                     const struct style_list *styles, struct doc *out, struct err *err);

bool template_markdown(struct arena *arena, const char *name, struct str text, const struct style_list *styles,
                       struct doc *out, struct err *err);

/* The 조사 that fits after `word`: form is the template's pair, "은(는)" or "(으)로" … See josa.c for the list. */
struct str josa_choose(struct str word, struct str form);

/* A doc as indented text, for golden files. */
void doc_dump(const struct doc *doc, struct buf *out);

#endif
