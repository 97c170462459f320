/* The words of data/facts.tsv, and looking about among their marks. */
#include "analyze/facts.h"

#include "base/utf8.h"

#include <string.h>

static const char file[] = "data/facts.tsv";

static const char *const class_names[WORD_CLASSES] = {
    [WORD_AGENCY] = "agency", [WORD_BODY] = "body",   [WORD_FULL] = "full",         [WORD_OFFICE] = "office",
    [WORD_ZONE] = "zone",     [WORD_MONEY] = "money", [WORD_MODIFIER] = "modifier", [WORD_COUNT] = "count",
    [WORD_TARGET] = "target", [WORD_WHEN] = "when",   [WORD_HIDE] = "hide"};

static bool read_class(struct str name, enum word_class *out)
{
    for (int c = 0; c < WORD_CLASSES; c++)
        if (str_equal(name, str_from(class_names[c]))) {
            *out = (enum word_class)c;
            return true;
        }
    return false;
}

static bool read_side(struct str text, enum side *out)
{
    *out = str_equal(text, STR("before")) ? SIDE_BEFORE : str_equal(text, STR("after")) ? SIDE_AFTER : SIDE_BOTH;
    return *out != SIDE_BOTH || text.n == 0;
}

/* One digit: 1 is usual, 9 decides. */
static bool read_weight(struct str text, double *out)
{
    *out = text.n == 1 ? text.p[0] - '0' : 0;
    return *out >= 1 && *out <= 9;
}

static bool add_word(struct analyzer *analyzer, const struct tsv *tsv, size_t row, struct err *err)
{
    struct word *word = ARENA_NEW(analyzer->arena, struct word);
    struct str text = rules_unmarked(tsv_cell(tsv, row, tsv_column(tsv, "phrase")), &word->left, &word->right);
    word->key = tsv_cell(tsv, row, tsv_column(tsv, "key"));
    if (text.n == 0 || !read_class(tsv_cell(tsv, row, tsv_column(tsv, "class")), &word->class) ||
        !read_side(tsv_cell(tsv, row, tsv_column(tsv, "side")), &word->side) ||
        !read_weight(tsv_cell(tsv, row, tsv_column(tsv, "weight")), &word->weight))
        return err_set(err, ERR_CONFIG, "%s:%zu: empty phrase, unknown class or side, or bad weight", file,
                       tsv->lines[row]);
    if (word->class == WORD_MODIFIER) {
        analyzer->modifiers[analyzer->n_modifiers++] = text;
        return true;
    }
    struct phrase *phrase = rules_phrase(analyzer, text);
    if (phrase->words && (phrase->words->left != word->left || phrase->words->right != word->right))
        return err_set(err, ERR_CONFIG, "%s:%zu: other boundary marks than in the phrase's first row", file,
                       tsv->lines[row]);
    if (word->class == WORD_BODY && !str_equal(word->key, STR("national"))) {
        const char *unit = arena_copy(analyzer->arena, word->key.p, word->key.n);
        if (rules_unit(analyzer, unit) == UINT16_MAX)
            return err_set(err, ERR_CONFIG, "%s:%zu: unit '%s' is not in the region table", file, tsv->lines[row],
                           unit);
    }
    word->next = phrase->words;
    phrase->words = word;
    return true;
}

bool facts_load(struct analyzer *analyzer, struct err *err)
{
    static const char *const headers[] = {"phrase", "class", "key", "side", "weight", NULL};
    struct tsv tsv;
    if (!tsv_parse(analyzer->arena, file, data_file(file), &tsv, err) || !tsv_needs(&tsv, file, headers, err))
        return false;
    analyzer->modifiers = ARENA_ARRAY(analyzer->arena, tsv.rows, struct str);
    for (size_t row = 0; row < tsv.rows; row++)
        if (!add_word(analyzer, &tsv, row, err))
            return false;
    return true;
}

const struct word *word_of(const struct mark *mark, enum word_class class)
{
    const struct word *word = mark->phrase->words;
    while (word && word->class != class)
        word = word->next;
    return word;
}

/* Index of the first of `marks` that begins at or after `at`. */
static size_t first_from(const struct mark *marks, size_t n, size_t at)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks[middle].begin < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t words_from(const struct scan *scan, size_t at)
{
    return first_from(scan->words, scan->n_words, at);
}

bool facts_breaks(struct str text, size_t from, size_t to)
{
    static const char *const bullets[] = {"▲", "△", "▶", "▷", "■", "□", "◆", "◇", "●", "○", "※", "☞", NULL};
    to = to < text.n ? to : text.n;
    for (size_t i = from; i < to; i++) {
        char c = text.p[i];
        if (c == '\n' || c == ';' || c == '?' || c == '!')
            return true;
        if (c == '.' && (i + 1 >= text.n || text.p[i + 1] < '0' || text.p[i + 1] > '9'))
            return true;
        if (c == '\xe2' && str_starts_any(str_slice(text, i, i + 3), bullets))
            return true;
    }
    return false;
}

uint32_t facts_next(struct str text, size_t at)
{
    if (at < text.n && text.p[at] == ' ')
        at++;
    return at < text.n ? utf8_next(text, &at) : 0;
}

size_t facts_prefix(struct str text, const char *word)
{
    size_t i = 0;
    while (i < text.n && word[i] && text.p[i] == word[i])
        i++;
    return word[i] ? 0 : i;
}

bool facts_take(struct str text, size_t *at, struct str word)
{
    size_t from = *at < text.n && text.p[*at] == ' ' ? *at + 1 : *at;
    if (!str_starts(str_slice(text, from, text.n), word))
        return false;
    *at = from + word.n;
    return true;
}

bool facts_take_any(struct str text, size_t *at, const char *const *words)
{
    size_t from = *at < text.n && text.p[*at] == ' ' ? *at + 1 : *at, n = 0;
    struct str rest = str_slice(text, from, text.n);
    for (; n == 0 && *words; words++)
        n = facts_prefix(rest, *words);
    if (n > 0)
        *at = from + n;
    return n > 0;
}

bool facts_word_before(struct str text, size_t at, struct str word)
{
    size_t end = at > 0 && text.p[at - 1] == ' ' ? at - 1 : at;
    /* lists of words are tried in turn: most fail at their last byte */
    return end >= word.n && text.p[end - 1] == word.p[word.n - 1] &&
           str_equal(str_slice(text, end - word.n, end), word);
}

void facts_add(struct facts *facts, struct finding finding, int most)
{
    for (size_t i = 0; i < facts->out->n; i++) {
        const struct finding *old = &facts->out->items[i];
        if (old->kind != finding.kind)
            continue;
        if (str_equal(old->value, finding.value))
            return;
        finding.rank++;
    }
    if (finding.rank < most)
        findings_add(facts->out, finding);
}

bool facts_ends_name(struct str text, size_t end, const char *const *more)
{
    static const char *const particles[] = {
        "은", "는", "이",   "가",   "와",     "과",     "을",   "를",   "의",   "에",   "로",   "으로",
        "도", "만", "나",   "이나", "에서",   "에서도", "서",   "까지", "부터", "에도", "에는", "에게",
        "등", "및", "라는", "보다", "에서는", "로부터", "측은", "처럼", "인",   NULL};
    struct str rest = str_slice(text, end, end + 24);
    size_t run = scan_hangul_run(rest, 0);
    if (run == 0)
        return true;
    for (size_t i = 0; run <= 9 && particles[i]; i++)
        if (facts_prefix(rest, particles[i]) == run)
            return true;
    return str_starts_any(rest, more);
}

size_t facts_word_begin(struct str text, size_t at)
{
    size_t begin = at;
    while (begin > 0 && at - begin < 60) {
        size_t before = begin;
        if (!utf8_is_letter(utf8_previous(text, &before)))
            break;
        begin = before;
    }
    return begin;
}

const struct mark *facts_place_at(const struct scan *scan, size_t at, size_t to)
{
    size_t i = first_from(scan->names, scan->n_names, at);
    const struct mark *mark = i < scan->n_names ? &scan->names[i] : NULL;
    if (!mark || mark->begin != at || mark->end > to)
        return NULL;
    enum name_kind kind = mark->phrase->name->kind;
    return kind == NAME_NONE || kind == NAME_VENUE || kind == NAME_UNIVERSITY ? NULL : mark;
}
