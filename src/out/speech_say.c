/* The tree in the order of reading, an element a line. */
#include "out/speech_say.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_DEPTH = 32 }; /* lines are not indented further */

bool speech_is_inline(enum tag_kind kind)
{
    return kind == TAG_TEXT || kind == TAG_SPAN || kind == TAG_LINK || kind == TAG_REFERENCE || kind == TAG_CODE;
}

/* ---- words ---- */

/* A line break inside an element is a blank. */
static void add_words(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        buf_char(out, text.p[i] == '\n' ? ' ' : text.p[i]);
}

/* The paragraphs of a caption, its title and its unit, are read on. */
static void inner_text(struct speech *s, tag_id tag, bool bare, struct buf *out)
{
    add_words(out, speech_own(s, tag));
    for (tag_id child = tags_get(s->tags, tag)->first; child; child = tags_get(s->tags, child)->next) {
        const struct tag *it = tags_get(s->tags, child);
        if (it->seen && it->kind == TAG_P) {
            buf_text(out, it->previous ? " " : "");
            inner_text(s, child, bare, out);
        } else if (it->seen && (speech_is_inline(it->kind) || it->kind == TAG_FIGURE)) {
            speech_text(s, child, bare, out);
        }
    }
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct place *)a)->name, ((const struct place *)b)->name);
}

static struct place *find_place(const struct speech *s, struct str link)
{
    struct place key = {.name = str_slice(link, 1, link.n)};
    return s->n_places ? bsearch(&key, s->places, s->n_places, sizeof key, by_name) : NULL;
}

/* The first words of what a place is in: its heading, as a rule. */
static struct str title_of(struct speech *s, struct place *place)
{
    struct buf title = {0};
    tag_id tag = place->tag;
    if (place->title.p)
        return place->title;
    while (tag && speech_is_inline(tags_get(s->tags, tag)->kind))
        tag = tags_get(s->tags, tag)->parent;
    if (tag)
        inner_text(s, tag, true, &title);
    struct str all = str_trim(buf_view(&title)), head = str_head(all, 60);
    place->title = str_from(arena_printf(s->arena, STR_FMT "%s", STR_ARG(head), head.n < all.n ? "…" : ""));
    buf_free(&title);
    return place->title;
}

static void say_target(struct speech *s, struct str text, struct str link, struct buf *out)
{
    if (link.p[0] != '#') {
        if (!str_equal(text, link))
            buf_printf(out, " → " STR_FMT, STR_ARG(link));
        return;
    }
    struct place *place = find_place(s, link);
    if (!place)
        return;
    struct str title = title_of(s, place);
    buf_printf(out, " → %d쪽", place->page);
    if (title.n && str_find(text, title, 0) == SIZE_MAX)
        buf_printf(out, " “" STR_FMT "”", STR_ARG(title));
}

/* Words that say nothing once the sentence around them is not heard: readers list the links alone. */
static void check_link(struct speech *s, tag_id tag, struct str text, struct str link)
{
    static const char *const empty[] = {"여기",   "이곳",    "링크",   "클릭",       "바로가기",
                                        "더보기", "더 보기", "자세히", "보기",       "홈페이지",
                                        "here",   "link",    "more",   "click here", NULL};
    if (!text.n)
        speech_miss(s, tag, "링크", "들을 말이 없다 (" STR_FMT ")", STR_ARG(str_head(link, 80)));
    else if (str_is_any(text, empty))
        speech_miss(s, tag, "링크", "“" STR_FMT "”만 들으면 어디로 가는지 모른다", STR_ARG(text));
    else if (str_starts(text, STR("http://")) || str_starts(text, STR("https://")) || str_starts(text, STR("www.")))
        speech_miss(s, tag, "링크", "주소를 글자대로 읽는다 (" STR_FMT ")", STR_ARG(str_head(text, 80)));
}

/* Of a note. */
static bool is_call(struct str link)
{
    return str_starts(link, STR("#fn:"));
}

static void say_link(struct speech *s, tag_id tag, struct buf *out)
{
    struct str link = tags_get(s->tags, tag)->text;
    struct buf words = {0};
    inner_text(s, tag, true, &words);
    struct str text = str_trim(buf_view(&words));
    if (is_call(link)) {
        buf_printf(out, "[각주 " STR_FMT "]", STR_ARG(text));
    } else {
        s->counts[TAG_LINK]++;
        check_link(s, tag, text, link);
        buf_printf(out, "[링크: " STR_FMT, STR_ARG(text));
        say_target(s, text, link, out);
        buf_text(out, words.n && words.p[words.n - 1] == ' ' ? "] " : "]");
    }
    buf_free(&words);
}

/* Inline elements are nested three deep at most, for there is no link in a link. */
void speech_text(struct speech *s, tag_id tag, bool bare, struct buf *out)
{
    const struct tag *it = tags_get(s->tags, tag);
    if (it->kind == TAG_LINK && it->active && !bare) {
        say_link(s, tag, out);
    } else if (it->kind == TAG_LINK && bare && is_call(it->text)) {
        return;
    } else if (it->kind == TAG_FIGURE) {
        s->counts[TAG_FIGURE] += !bare;
        buf_printf(out, "[그림: " STR_FMT "] ", STR_ARG(it->text));
    } else if (it->kind == TAG_SPAN && it->text.n && !bare) {
        buf_printf(out, "[" STR_FMT ": ", STR_ARG(it->text));
        inner_text(s, tag, bare, out);
        buf_char(out, ']');
    } else {
        inner_text(s, tag, bare, out);
    }
}

/* ---- lines ---- */

void speech_end(struct speech *s)
{
    struct str line = str_trim(buf_view(&s->line));
    if (line.n)
        buf_printf(&s->out, "%*s" STR_FMT "\n", 2 * (s->line_depth < MOST_DEPTH ? s->line_depth : MOST_DEPTH), "",
                   STR_ARG(line));
    buf_clear(&s->line);
    s->labelled = false;
}

void speech_line(struct speech *s, const char *label)
{
    speech_end(s);
    s->line_depth = s->depth;
    buf_text(&s->line, label);
}

void speech_miss(struct speech *s, tag_id tag, const char *what, const char *format, ...)
{
    va_list arguments;
    char text[400];
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct str whole = str_head(str_from(text), sizeof text - 4);
    buf_printf(&s->missed, "  %d쪽 %s: " STR_FMT "\n", s->heard[tag].page, what, STR_ARG(whole));
    s->n_missed++;
}

/* ---- elements ---- */

static size_t seen_children(const struct speech *s, tag_id tag, enum tag_kind kind)
{
    size_t n = 0;
    for (tag_id child = tags_get(s->tags, tag)->first; child; child = tags_get(s->tags, child)->next)
        n += tags_get(s->tags, child)->kind == kind && tags_get(s->tags, child)->seen;
    return n;
}

static void say_list(struct speech *s, tag_id tag)
{
    enum tag_numbering numbering = tags_get(s->tags, tag)->numbering;
    const char *marks = numbering >= NUMBERING_DECIMAL ? " (번호)" : numbering ? " (글머리표)" : "";
    speech_line(s, "");
    buf_printf(&s->line, "목록 %zu개%s", seen_children(s, tag, TAG_LI), marks);
}

static void say_contents(struct speech *s, tag_id tag)
{
    speech_line(s, "");
    buf_printf(&s->line, "차례 %zu개", seen_children(s, tag, TAG_TOCI));
}

static void say_item(struct speech *s, tag_id tag)
{
    const tag_id parent = tags_get(s->tags, tag)->parent;
    struct heard *list = &s->heard[parent];
    bool counts = tags_get(s->tags, parent)->numbering >= NUMBERING_DECIMAL && seen_children(s, tag, TAG_LBL);
    speech_line(s, "항목");
    list->items++;
    if (!counts) /* its mark does not */
        buf_printf(&s->line, " %zu", list->items);
    buf_text(&s->line, ": ");
    s->labelled = true;
}

/* "1) " or "○ " of an item or note. */
static void say_mark(struct speech *s, tag_id tag)
{
    bool note = tags_get(s->tags, tags_get(s->tags, tag)->parent)->kind == TAG_NOTE;
    if (s->line.n >= 2 && s->labelled)
        s->line.n -= 2; /* ": " */
    buf_char(&s->line, ' ');
    speech_text(s, tag, note, &s->line); /* a note's mark leads back to its call */
    buf_text(&s->line, ": ");
    s->labelled = true;
}

/* The alternative stands for all that is drawn; only its links can be reached. */
static void say_figure(struct speech *s, tag_id tag)
{
    const struct tag *it = tags_get(s->tags, tag);
    s->counts[TAG_FIGURE]++;
    speech_line(s, "그림: ");
    add_words(&s->line, it->text);
    if (!str_trim(it->text).n)
        speech_miss(s, tag, "그림", "대체 텍스트가 없다");
    speech_end(s);
    s->depth++;
    for (tag_id child = it->first; child; child = tags_get(s->tags, child)->next) {
        const struct tag *inner = tags_get(s->tags, child);
        if (!inner->seen || (inner->kind != TAG_CAPTION && !(inner->kind == TAG_LINK && inner->active)))
            continue;
        speech_line(s, inner->kind == TAG_CAPTION ? "제목: " : "");
        speech_text(s, child, false, &s->line);
        speech_end(s);
    }
    s->depth--;
}

static void say_heading(struct speech *s, tag_id tag, int level)
{
    speech_line(s, "");
    s->line_depth -= tags_get(s->tags, tags_get(s->tags, tag)->parent)->kind == TAG_SECT;
    buf_printf(&s->line, "제목 %d: ", level);
    speech_text(s, tag, false, &s->line);
    s->counts[TAG_H1]++;
}

static const char *label_of(enum tag_kind kind)
{
    switch (kind) {
    case TAG_PART: return "표지";
    case TAG_QUOTE: return "인용";
    case TAG_TITLE: return "문서 제목: ";
    case TAG_P: return "문단: ";
    case TAG_CAPTION: return "표·그림 제목: ";
    case TAG_NOTE: return "각주: ";
    case TAG_TOCI: return "차례 항목: ";
    default: return NULL;
    }
}

/* Begins what an element says; says whether what is in it follows as lines of their own, or goes on behind. */
static bool enter(struct speech *s, tag_id tag)
{
    enum tag_kind kind = tags_get(s->tags, tag)->kind;
    const char *label = label_of(kind);
    if (speech_is_inline(kind)) {
        s->line_depth = s->line.n ? s->line_depth : s->depth;
        speech_text(s, tag, false, &s->line);
        s->labelled = false;
        return false;
    }
    switch (kind) {
    case TAG_TABLE: return speech_table(s, tag), false;
    case TAG_FIGURE: return say_figure(s, tag), false;
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6: return say_heading(s, tag, (int)(kind - TAG_H1) + 1), false;
    case TAG_LBL: return say_mark(s, tag), false;
    case TAG_L: say_list(s, tag); break;
    case TAG_TOC: say_contents(s, tag); break;
    case TAG_LI: say_item(s, tag); break;
    default:
        if (label && !(kind == TAG_P && s->labelled))
            speech_line(s, label);
        if (kind != TAG_LBODY)
            s->labelled = kind == TAG_NOTE || kind == TAG_TOCI;
    }
    s->counts[kind]++;
    struct str own = speech_own(s, tag);
    add_words(&s->line, own);
    s->labelled = s->labelled && !own.n;
    return true;
}

/* Does what is in it stand further right? */
static bool indents(enum tag_kind kind)
{
    return kind == TAG_SECT || kind == TAG_LI || kind == TAG_L || kind == TAG_NOTE || kind == TAG_PART ||
           kind == TAG_QUOTE || kind == TAG_TOC || kind == TAG_TOCI;
}

static void leave(struct speech *s, tag_id tag)
{
    enum tag_kind kind = tags_get(s->tags, tag)->kind;
    if (!speech_is_inline(kind) && kind != TAG_LBL)
        speech_end(s);
}

/* Lists and quotes are as deep as the document has them: without a call a level. */
static void walk(struct speech *s)
{
    for (tag_id tag = TAGS_ROOT; tag;) {
        const struct tag *it = tags_get(s->tags, tag);
        if (it->seen && enter(s, tag) && it->first) {
            s->depth += indents(it->kind);
            tag = it->first;
            continue;
        }
        for (leave(s, tag); tag && !it->next; leave(s, tag)) {
            tag = it->parent;
            if (!tag)
                return;
            it = tags_get(s->tags, tag);
            s->depth -= indents(it->kind);
        }
        tag = it->next;
    }
}

static void say_numbers(struct speech *s)
{
    static const struct {
        enum tag_kind kind;
        const char *name;
    } kinds[] = {{TAG_H1, "제목"},     {TAG_P, "문단"},    {TAG_L, "목록"},   {TAG_TABLE, "표"},
                 {TAG_FIGURE, "그림"}, {TAG_LINK, "링크"}, {TAG_NOTE, "각주"}};
    buf_text(&s->out, "\n모두:");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        buf_printf(&s->out, "%s %s %zu개", i ? "," : "", kinds[i].name, s->counts[kinds[i].kind]);
    buf_printf(&s->out, "\n듣는 사람이 놓치는 것:%s\n", s->n_missed ? "" : " 없음");
    buf_str(&s->out, buf_view(&s->missed));
}

void speech_tree(struct speech *s)
{
    buf_printf(&s->out, "문서 (" STR_FMT "): " STR_FMT "\n", STR_ARG(s->info->language), STR_ARG(s->info->title));
    if (!s->info->title.n)
        speech_miss(s, TAGS_ROOT, "문서", "제목(title)이 없다");
    if (s->n_places)
        qsort(s->places, s->n_places, sizeof *s->places, by_name);
    walk(s);
    speech_end(s);
    say_numbers(s);
}
