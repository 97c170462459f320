#include "layout/shape.h"

#include "base/mem.h"

#include <assert.h>
#include <hb-ot.h>
#include <string.h>

enum {
    TABLE_START = 1 << 10,
    MAX_CACHED = 1 << 16,  /* words; more and the cache starts afresh with the next text */
    MAX_CACHED_BYTES = 64, /* a longer word hardly comes twice */
    MAX_PROBES = 16,       /* a hostile text cannot make a chain of equal hashes longer */
};

struct shaper *shaper_new(struct fonts *fonts, struct diag_list *diag)
{
    struct shaper *s = mem_alloc(sizeof *s);
    *s = (struct shaper){
        .fonts = fonts, .diag = diag, .buffer = hb_buffer_create(), .cache = arena_new(), .scratch = arena_new()};
    s->korean = hb_language_from_string("ko", -1);
    s->table_size = TABLE_START;
    s->table = memset(mem_alloc(s->table_size * sizeof *s->table), 0, s->table_size * sizeof *s->table);
    return s;
}

void shaper_place(struct shaper *s, const char *place)
{
    s->place = place;
}

void shaper_characters(struct shaper *s, const struct character_style *characters, size_t n)
{
    s->characters = characters;
    s->n_characters = n;
}

void shaper_free(struct shaper *s)
{
    if (!s)
        return;
    if (s->line_iterator)
        ubrk_close(s->line_iterator);
    if (s->grapheme_iterator)
        ubrk_close(s->grapheme_iterator);
    for (size_t role = 0; role < ROLES; role++)
        mem_free(s->font_of[role]);
    mem_free(s->reported);
    mem_free(s->table);
    mem_free(s->units);
    mem_free(s->segments);
    mem_free(s->wide);
    hb_buffer_destroy(s->buffer);
    arena_free(s->cache);
    arena_free(s->scratch);
    mem_free(s);
}

struct str shape_excerpt(struct str text)
{
    size_t n = text.n < 60 ? text.n : 60;
    while (n > 0 && n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
        n--;
    return str_slice(text, 0, n);
}

/* ---- one word ---- */

static unsigned features_of(uint32_t set, hb_feature_t out[4])
{
    unsigned n = 0;
    if (set & SHAPE_TABULAR)
        out[n++] = (hb_feature_t){HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    if (set & SHAPE_PLAIN) {
        out[n++] = (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
        out[n++] = (hb_feature_t){HB_TAG('c', 'a', 'l', 't'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    }
    return n;
}

static void shape_word(struct shaper *s, struct arena *arena, struct word *word)
{
    hb_buffer_t *buffer = s->buffer;
    hb_buffer_reset(buffer);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, (hb_script_t)word->script);
    hb_buffer_set_language(buffer, word->language);
    hb_buffer_add_utf8(buffer, word->text, (int)word->length, 0, (int)word->length);
    hb_feature_t features[4];
    hb_shape(word->font->hb, buffer, features, features_of(word->features, features));
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
    word->glyphs = ARENA_ARRAY(arena, n, struct word_glyph);
    word->n = n;
    for (unsigned i = 0; i < n; i++) {
        uint32_t id = info[i].codepoint < word->font->face.glyphs ? info[i].codepoint : 0; /* in a damaged font */
        bool lacks = id == 0; /* a mark that the font of its base has not: a box behind that */
        id = lacks ? font_box(word->font) : id;
        hb_position_t natural = hb_font_get_glyph_h_advance(word->font->hb, id);
        word->glyphs[i] = (struct word_glyph){.id = (uint16_t)id,
                                              .natural = (uint16_t)(natural < 0 ? 0 : natural),
                                              .advance = lacks ? natural : position[i].x_advance,
                                              .dx = lacks ? 0 : position[i].x_offset,
                                              .dy = lacks ? 0 : position[i].y_offset,
                                              .cluster = info[i].cluster};
    }
}

/* ---- the cache ---- */

static uint64_t key_hash(const struct word *key)
{
    uint64_t hash = str_hash((struct str){key->text, key->length});
    hash ^= ((uint64_t)key->font->face.id << 40) ^ ((uint64_t)key->script << 8) ^ key->features;
    return (hash ^ hash >> 29) * 0x9e3779b97f4a7c15u;
}

static bool same_key(const struct word *a, const struct word *b)
{
    return a->hash == b->hash && a->font == b->font && a->language == b->language && a->script == b->script &&
           a->features == b->features && a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/* The slot of the key, or an empty one; NULL where the chain is too long. */
static struct word **find_slot(struct word **table, size_t size, const struct word *key)
{
    size_t at = (size_t)(key->hash >> 20);
    for (size_t probe = 0; probe < MAX_PROBES; probe++) {
        struct word **slot = &table[(at + probe) & (size - 1)];
        if (!*slot || same_key(*slot, key))
            return slot;
    }
    return NULL;
}

static void grow_table(struct shaper *s)
{
    size_t size = s->table_size * 4;
    struct word **table = memset(mem_alloc(size * sizeof *table), 0, size * sizeof *table);
    for (size_t i = 0; i < s->table_size; i++) {
        struct word **slot = s->table[i] ? find_slot(table, size, s->table[i]) : NULL;
        if (slot)
            *slot = s->table[i];
    }
    mem_free(s->table);
    s->table = table;
    s->table_size = size;
}

static const struct word *word_for(struct shaper *s, struct word key)
{
    struct word **slot = NULL;
    if (key.length <= MAX_CACHED_BYTES && s->cached < MAX_CACHED) {
        key.hash = key_hash(&key);
        slot = find_slot(s->table, s->table_size, &key);
        if (slot && *slot)
            return *slot;
    }
    struct arena *arena = slot ? s->cache : s->scratch;
    struct word *word = ARENA_NEW(arena, struct word);
    *word = key;
    word->text = slot ? arena_copy(arena, key.text, key.length) : key.text;
    shape_word(s, arena, word);
    if (slot) {
        *slot = word;
        if (++s->cached * 2 > s->table_size)
            grow_table(s);
    }
    return word;
}

static void start_afresh_when_full(struct shaper *s)
{
    if (s->cached < MAX_CACHED)
        return;
    memset(s->table, 0, s->table_size * sizeof *s->table);
    arena_reset(s->cache);
    s->cached = 0;
}

/* ---- segments ---- */

/* Gives the glyphs of a shaped segment to its units. A unit without a glyph of its own (a ligature's tail) is bound to
 * the one before. */
static void distribute(struct shaper *s, const struct segment *segment, float scale)
{
    const struct word *word = segment->word;
    uint32_t start = s->units[segment->first].at, glyph = 0;
    for (uint32_t i = segment->first; i < segment->end; i++) {
        struct unit *unit = &s->units[i];
        uint32_t end = i + 1 < segment->end ? s->units[i + 1].at - start : UINT32_MAX;
        unit->glyph = glyph;
        int64_t advance = 0;
        for (; glyph < word->n && word->glyphs[glyph].cluster < end; glyph++)
            advance += word->glyphs[glyph].advance;
        unit->glyphs = glyph - unit->glyph;
        unit->width = (float)advance * scale;
        if (unit->glyphs == 0 && i > segment->first)
            unit->level = BREAK_NEVER;
    }
}

static void measure_spaces(struct shaper *s)
{
    const struct font *font = NULL;
    uint32_t look = UINT32_MAX;
    uint8_t place = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct unit *unit = &s->units[i];
        if (!(unit->flags & UNIT_SPACE))
            continue;
        if (!font || unit->look != look || unit->font != place) {
            look = unit->look;
            place = unit->font;
            font = fonts_at(s->fonts, s->looks[look].role, place);
        }
        unit->width = (float)font->space_advance * s->looks[look].size / (float)font->face.units;
        unit->glyphs = 1;
    }
}

static hb_language_t language_of(struct shaper *s, struct str tag)
{
    if (!tag.n)
        return s->korean;
    for (size_t i = 0; i < s->n_languages; i++)
        if (str_equal(tag, str_from(s->languages[i].tag)))
            return s->languages[i].value;
    if (s->n_languages == SHAPE_LANGUAGES || tag.n >= sizeof s->languages->tag)
        return s->korean;
    struct shape_language *new = &s->languages[s->n_languages++];
    memcpy(new->tag, tag.p, tag.n); /* zeros behind it */
    return new->value = hb_language_from_string(new->tag, -1);
}

void shape_segments(struct shaper *s)
{
    start_afresh_when_full(s);
    for (size_t i = 0; i < s->n_segments; i++) {
        struct segment *segment = &s->segments[i];
        const struct unit *first = &s->units[segment->first];
        const struct look *look = &s->looks[first->look];
        size_t end = segment->end < s->n ? s->units[segment->end].at : s->text.n;
        uint32_t features = s->features | (look->role == ROLE_MONO ? SHAPE_PLAIN : 0);
        hb_script_t script = segment->script == HB_SCRIPT_COMMON ? HB_SCRIPT_HANGUL : (hb_script_t)segment->script;
        segment->word = word_for(s, (struct word){.font = segment->font,
                                                  .language = language_of(s, look->language),
                                                  .script = script,
                                                  .features = features,
                                                  .length = (uint32_t)(end - first->at),
                                                  .text = s->text.p + first->at});
        distribute(s, segment, look->size / (float)segment->font->face.units);
    }
    measure_spaces(s);
}
