/* What fenced blocks of data share, and "cards": one line a card, fields between |. */
#include "base/mem.h"
#include "template/build.h"

enum { FIELDS = 4 };

bool fence_field(struct str *rest, struct str *field)
{
    size_t i = 0;
    if (!rest->p)
        return false;
    while (i < rest->n && (rest->p[i] != '|' || (i && rest->p[i - 1] == '\\')))
        i++;
    *field = str_trim(str_slice(*rest, 0, i));
    *rest = i < rest->n ? str_slice(*rest, i + 1, rest->n) : (struct str){0};
    return true;
}

struct str fence_expand(struct build *build, struct str field)
{
    struct buf plain = {0};
    for (size_t i = 0; i < field.n; i++)
        if (field.p[i] != '\\' || i + 1 >= field.n || field.p[i + 1] != '|')
            buf_char(&plain, field.p[i]);
    struct str result = expand_text(build->arena, build->source, buf_view(&plain));
    buf_free(&plain);
    return result;
}

bool fence_split(struct str line, struct str *field, size_t most)
{
    for (size_t i = 0; i < most; i++)
        if (!fence_field(&line, &field[i]))
            field[i] = STR("");
    return !line.p;
}

bool build_cards(struct build *build, struct block *block, struct str text, int line)
{
    struct str one, field[FIELDS];
    size_t room = 0;
    struct card *cards = NULL;
    bool good = true;
    while (good && str_line(&text, &one)) {
        line++;
        if (!str_trim(one).n)
            continue;
        if (!fence_split(one, field, FIELDS))
            good = build_fault(build, line, "a card has at most four fields: label | value | note | link");
        cards = mem_grow(cards, &room, block->n_cards + 1, sizeof *cards);
        cards[block->n_cards++] = (struct card){fence_expand(build, field[0]), fence_expand(build, field[1]),
                                                fence_expand(build, field[2]), build_link(build, field[3], line)};
    }
    block->cards = ARENA_ARRAY(build->arena, block->n_cards, struct card);
    for (size_t i = 0; i < block->n_cards; i++)
        block->cards[i] = cards[i];
    mem_free(cards);
    return good;
}
