/* Title and body of a page against the lines that a reader has marked. */
#include "eval/eval.h"

#include "base/mem.h"

#include <string.h>

/* Blanks of all kinds are one: a title may be broken over lines. */
static bool occurs(struct str text, struct str words)
{
    size_t at = 0;
    for (size_t from = 0; from < text.n; from++) {
        size_t k = from;
        for (at = 0; at < words.n && k < text.n; k++) {
            if (text.p[k] == words.p[at])
                at++;
            else if (text.p[k] != ' ' && text.p[k] != '\n' && text.p[k] != '\t')
                break;
        }
        if (words.n && at == words.n)
            return true;
    }
    return false;
}

static size_t number(struct str *text)
{
    size_t n = 0;
    while (text->n && text->p[0] >= '0' && text->p[0] <= '9' && n < SIZE_MAX / 20) {
        n = n * 10 + (size_t)(text->p[0] - '0');
        *text = str_slice(*text, 1, text->n);
    }
    return n;
}

/* Marks the lines of "14-30,33,40:5-90" with `mark`; what is said of bytes is passed over. */
static void mark_lines(struct str list, unsigned char mark, unsigned char *marks, size_t n)
{
    struct str item;
    while (list.n > 0 && str_field(&list, ',', &item)) {
        item = str_trim(item);
        size_t from = number(&item), to = from;
        if (str_starts(item, STR("-"))) {
            item = str_slice(item, 1, item.n);
            to = number(&item);
        }
        for (size_t line = from; from > 0 && line <= to && line <= n; line++)
            marks[line - 1] |= mark;
    }
}

static size_t count_lines(struct str text)
{
    size_t n = 0;
    struct str line;
    while (str_line(&text, &line))
        n++;
    return n;
}

bool eval_title_right(const struct eval_label *label, const struct eval_got *got)
{
    size_t n = count_lines(got->raw);
    unsigned char *marks = mem_alloc(n + 1);
    struct buf wanted = {0};
    struct str rest = got->raw, line;
    memset(marks, 0, n + 1);
    mark_lines(label->title_lines, 1, marks, n);
    for (size_t i = 0; str_line(&rest, &line); i++)
        if (marks[i])
            buf_printf(&wanted, STR_FMT "\n", STR_ARG(line));
    bool right = occurs(wanted.n ? buf_view(&wanted) : got->raw, got->title);
    buf_free(&wanted);
    mem_free(marks);
    return right;
}

void eval_score_body(const struct eval_label *label, const struct eval_got *got, struct eval_prf *sum)
{
    enum { WANTED = 1, FOUND = 2, EITHER = 4 };
    size_t n = count_lines(got->raw);
    unsigned char *marks;
    struct str rest = got->raw, line;
    if (!got->body_lines.n || !label->body_lines.n)
        return;
    marks = mem_alloc(n + 1);
    memset(marks, 0, n + 1);
    mark_lines(label->body_lines, WANTED, marks, n);
    mark_lines(label->either_lines, EITHER, marks, n);
    mark_lines(got->body_lines, FOUND, marks, n);
    for (size_t i = 0; str_line(&rest, &line); i++) {
        size_t bytes = str_trim(line).n;
        sum->tp += (marks[i] & WANTED) && (marks[i] & FOUND) ? bytes : 0;
        sum->fn += (marks[i] & WANTED) && !(marks[i] & FOUND) ? bytes : 0;
        sum->fp += marks[i] == FOUND ? bytes : 0;
    }
    mem_free(marks);
}
