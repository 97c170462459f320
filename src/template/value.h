/* What a template can show: text, numbers, dates, yes and no, lists, maps. The inside of template.h's struct value. */
#ifndef TEMPLATE_VALUE_H
#define TEMPLATE_VALUE_H
#include "template/source.h"
#include "template/template.h"

struct value {
    enum value_type type;
    bool truth;      /* what a section asks: text that is not empty, a number not 0, a list with items, any map … */
    struct str text; /* of TEXT, NUMBER and DATE: what is printed without a filter */
    double number;   /* NUMBER; NAN for none */
    int64_t whole;   /* the same exactly, where decimals is 0 */
    int decimals;    /* NUMBER: those that it is known to */
    date_t date;
    struct item {
        struct str name; /* of a map's entry */
        const struct value *value;
        struct item *next;
    } * first, **end;
    size_t n;
};

bool value_is_scalar(const struct value *value);                         /* it has a text */
const struct value *value_get(const struct value *map, struct str name); /* NULL where absent */

/* Gives a map all entries of another one, after its own; neither may be added to afterwards. */
void value_share(struct value *map, const struct value *base);

/* Where rendered pieces go, with their place: template text and values apart. */
struct mustache_sink {
    void (*text)(void *user, struct str text, const char *file, size_t line);
    void (*value)(void *user, struct str value, const char *file, size_t line, bool raw); /* raw: {{{x}}} or {{&x}} */
    /* The list of that name, after ```table NAME. */
    void (*list)(void *user, const struct value *list, struct str name, const char *file, size_t line);
    size_t (*size)(void *user); /* bytes so far */
    void (*branch)(void *user); /* a section begins or ends; of a check alone */
    void *user;
};

struct mustache_options {
    bool strict; /* names, partials and filters that are wrong are errors; else they are empty, as the specification has
                    it, and there are no filters */
    const struct mustache_sink *sink;
    const struct template_loader *loader; /* NULL: no partials */
    struct diag_list *faults;             /* mistakes go here and the rest is rendered; NULL: the first one ends it */
    bool check; /* all branches of all sections are walked, once each: for mistakes, not for what comes out */
};

/* Renders Mustache. Errors: ERR_CONFIG "file:line: …", where file is `name` or that of the partial. */
bool mustache_render(struct arena *arena, const char *name, struct str text, const struct value *context,
                     const struct mustache_options *options, struct err *err);

/* template_make; where there is a list, it takes mistakes and as much as can be is made of the rest. */
bool template_list(struct arena *arena, const struct template_source *from, const struct value *context,
                   struct diag_list *list, struct doc *out, struct err *err);

/* Mustache as plain text with HTML escaping, for the specification's own tests. */
bool mustache_text(struct arena *arena, const char *name, struct str text, const struct value *context,
                   const struct template_loader *loader, struct buf *out, struct err *err);

#endif
