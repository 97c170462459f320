#include "base/diag.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <string.h>

__attribute__((format(printf, 1, 0))) static char *format_text(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = mem_alloc((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    utf8_tame(text);
    return text;
}

void diag_add(struct diag_list *list, enum diag_level level, const char *code, const char *place, size_t line,
              size_t column, const char *format, ...)
{
    list->items = mem_grow(list->items, &list->room, list->n + 1, sizeof *list->items);
    va_list args;
    va_start(args, format);
    char *text = format_text(format, args);
    va_end(args);
    char *where = NULL;
    if (place && *place) {
        where = mem_alloc(strlen(place) + 1);
        memcpy(where, place, strlen(place) + 1);
        utf8_tame(where);
    }
    list->items[list->n++] = (struct diag){level, code, where, line, column, text};
}

static void free_one(const struct diag *one)
{
    mem_free(one->place);
    mem_free(one->text);
}

void diag_drop_repeated(struct diag_list *list, size_t from)
{
    size_t n = from;
    for (size_t i = from; i < list->n; i++) {
        struct diag one = list->items[i];
        size_t same = 0;
        while (same < from && (strcmp(list->items[same].code, one.code) || strcmp(list->items[same].text, one.text)))
            same++;
        if (same < from)
            free_one(&one);
        else
            list->items[n++] = one;
    }
    list->n = n;
}

size_t diag_count(const struct diag_list *list, enum diag_level level)
{
    size_t count = 0;
    for (size_t i = 0; i < list->n; i++)
        count += list->items[i].level == level;
    return count;
}

void diag_print(const struct diag_list *list, FILE *out)
{
    static const char *const names[] = {"note", "warning", "rejected", "error"};
    for (size_t i = 0; i < list->n; i++) {
        const struct diag *d = &list->items[i];
        fputs("briefgen: ", out);
        if (d->place)
            fputs(d->place, out);
        if (d->place && d->line)
            fprintf(out, ":%zu", d->line);
        if (d->place && d->line && d->column)
            fprintf(out, ":%zu", d->column);
        fprintf(out, "%s%s: %s [%s]\n", d->place ? ": " : "", names[d->level], d->text, d->code);
    }
}

void diag_free(struct diag_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free_one(&list->items[i]);
    }
    mem_free(list->items);
    *list = (struct diag_list){0};
}
