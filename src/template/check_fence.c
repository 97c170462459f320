/* Cards and charts in all branches of a template, line by line as they are walked. What a line says depends on nothing
 * but itself as long as no section begins or ends in it; rows of a chart with series also depend on the other rows:
 * only a rendering knows them. */
#include "template/check.h"

static bool is_chart(struct str info)
{
    return str_equal(info, STR("chart")) || str_starts(info, STR("chart "));
}

static void begin_line(struct fence_check *fence)
{
    fence->from = fence->source.text.n;
    fence->mixed = false;
}

static void forget(struct fence_check *fence)
{
    fence->source.text.n = fence->source.n_lines = fence->source.slots.n = 0;
}

static size_t ticks_of(struct str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == '`')
        n++;
    return n;
}

/* Whether the line may be looked at without the others. */
static bool stands_alone(const struct fence_check *fence, struct str line)
{
    static const struct str kinds[] = {{"chart bar", 9}, {"chart map", 9}, {"cards", 5}};
    bool rows = false;
    for (size_t i = 0; i < 3; i++)
        rows = rows || str_equal(fence->info, kinds[i]);
    return !fence->mixed && (rows || chart_is_option(line) || str_find(line, STR("|"), 0) == SIZE_MAX);
}

static void finish(struct fence_check *fence)
{
    struct block block = {0};
    struct str text = str_copy(fence->build.arena, buf_view(&fence->source.text));
    if (is_chart(fence->info))
        build_chart(&fence->build, &block, fence->info, text, 1);
    else if (str_equal(fence->info, STR("cards")))
        build_cards(&fence->build, &block, text, 1);
    fence->ticks = 0;
}

static void end_line(struct fence_check *fence)
{
    struct buf *text = &fence->source.text;
    struct str all = buf_view(text), line = str_trim(str_slice(all, fence->from, all.n));
    bool deep = str_starts(str_slice(all, fence->from, all.n), STR("    ")); /* an example as code, or in a list */
    size_t ticks = deep ? 0 : ticks_of(line);
    if (fence->ticks && ticks >= fence->ticks && ticks == line.n) {
        finish(fence);
        forget(fence);
    } else if (fence->ticks && !stands_alone(fence, line)) {
        text->n = fence->from; /* an empty line, which counts */
        buf_char(text, '\n');
    } else if (!fence->ticks && ticks >= 3) {
        size_t last = fence->source.n_lines - 1;
        fence->ticks = fence->mixed ? 0 : ticks;
        fence->info = str_copy(fence->build.arena, str_trim(str_slice(line, ticks, line.n)));
        fence->source.lines[0] = fence->source.lines[last]; /* the fence's line is the first */
        text->n = 0;
        fence->source.n_lines = 1;
    } else if (!fence->ticks) {
        forget(fence);
    }
    begin_line(fence);
}

void fence_check_text(struct fence_check *fence, struct str text, const char *file, size_t line)
{
    while (text.n) {
        size_t end = str_find(text, STR("\n"), 0);
        source_text(&fence->source, str_slice(text, 0, end == SIZE_MAX ? text.n : end + 1), file, line++);
        if (end == SIZE_MAX)
            return;
        end_line(fence);
        text = str_slice(text, end + 1, text.n);
    }
}

void fence_check_value(struct fence_check *fence, struct str value, const char *file, size_t line)
{
    source_value(&fence->source, value, file, line);
}

void fence_check_branch(struct fence_check *fence)
{
    fence->mixed = fence->mixed || fence->source.text.n > fence->from;
}

void fence_check_free(struct fence_check *fence)
{
    source_free(&fence->source);
    anchors_free(&fence->build.anchors);
}
