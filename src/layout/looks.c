/* What the characters of a run look like: the paragraph's style under the run's flags and named style. */
#include "layout/shape.h"

bool look_same(const struct look *a, const struct look *b)
{
    return a->role == b->role && a->size == b->size && a->raise == b->raise && a->colour.r == b->colour.r &&
           a->colour.g == b->colour.g && a->colour.b == b->colour.b && str_equal(a->link, b->link) &&
           str_equal(a->language, b->language);
}

/* Strong text of a face with a strong one of its own; other faces stay. */
static enum font_role strong_role(enum font_role role)
{
    return role == ROLE_TEXT ? ROLE_STRONG : role == ROLE_SERIF ? ROLE_SERIF_STRONG : role;
}

static void apply(struct look *look, const struct character_style *character, float size)
{
    if (character->has_role)
        look->role = character->role == ROLE_STRONG ? strong_role(look->role) : character->role;
    if (character->has_colour)
        look->colour = character->colour;
    look->size *= character->size;
    look->raise += character->raise * size;
}

/* Code before strong, so that it stays in its own face; a named look before the link, which must look like one. */
struct look look_of(const struct shaper *s, const struct run *run, const struct text_style *style)
{
    static const struct {
        unsigned flag;
        enum character_id id;
    } flags[] = {{RUN_CODE, CHARACTER_CODE},
                 {RUN_STRONG, CHARACTER_STRONG},
                 {RUN_EMPHASIS, CHARACTER_EMPHASIS},
                 {RUN_SUPER, CHARACTER_SUP},
                 {RUN_SUB, CHARACTER_SUB}};
    struct look look = {style->role, style->size, 0, style->colour, run->link, run->language};
    for (size_t i = 0; i < sizeof flags / sizeof *flags && s->n_characters; i++)
        if (run->flags & flags[i].flag)
            apply(&look, &s->characters[flags[i].id], style->size);
    for (size_t i = 0; i < s->n_characters && run->style.n; i++)
        if (str_equal(run->style, str_from(s->characters[i].name)))
            apply(&look, &s->characters[i], style->size);
    if (run->link.n && s->n_characters)
        apply(&look, &s->characters[CHARACTER_LINK], style->size);
    return look;
}
