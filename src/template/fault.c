#include "template/fault.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FAULTS = 500 };

/* A partial is walked wherever it is called. */
static bool is_known(const struct diag_list *list, const char *file, size_t line, const char *text)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].line == line && strcmp(list->items[i].place, file) == 0 &&
            strcmp(list->items[i].text, text) == 0)
            return true;
    return false;
}

bool fault_list(const struct faults *faults, const char *file, size_t line, const char *format, va_list arguments)
{
    char text[800];
    vsnprintf(text, sizeof text, format, arguments);
    struct diag_list *list = faults->list;
    if (!list)
        return err_set(faults->err, faults->kind, "%s:%zu: %s", file, line, text);
    if (is_known(list, file, line, text))
        return true;
    diag_add(list, DIAG_ERROR, "template", file, line, 0, "%s", text);
    return list->n < MAX_FAULTS || err_set(faults->err, faults->kind, "%s: more than %d mistakes", file, MAX_FAULTS);
}

bool fault(const struct faults *faults, const char *file, size_t line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    bool on = fault_list(faults, file, line, format, arguments);
    va_end(arguments);
    return on;
}

void fault_warn(struct diag_list *list, const char *code, const char *file, size_t line, const char *format, ...)
{
    char text[800];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (list && !is_known(list, file, line, text))
        diag_add(list, DIAG_WARNING, code, file, line, 0, "%s", text);
}

bool fault_move(const struct faults *faults)
{
    struct err err = *faults->err;
    size_t n = 0, line = 0;
    if (!faults->list || !err.kind)
        return !err.kind;
    *faults->err = (struct err){0};
    for (char *colon = err.text; !n && (colon = strchr(colon, ':')); colon++) {
        size_t digits = strspn(colon + 1, "0123456789");
        if (digits && digits < 10 && strncmp(colon + 1 + digits, ": ", 2) == 0) {
            line = strtoul(colon + 1, NULL, 10);
            n = (size_t)(colon - err.text) + digits + 3;
            *colon = '\0';
        }
    }
    char *colon = n ? NULL : strstr(err.text, ": "); /* "file: what", of the file as a whole */
    if (colon) {
        n = (size_t)(colon - err.text) + 2;
        *colon = '\0';
    }
    return fault(faults, n ? err.text : "", line, "%s", err.text + n);
}
