/* Mistakes in a template or text: the first one is the error, or, for a check, all are listed. */
#ifndef TEMPLATE_FAULT_H
#define TEMPLATE_FAULT_H
#include "base/diag.h"
#include "base/err.h"

#include <stdarg.h>

struct faults {
    struct err *err;
    enum err_kind kind;
    struct diag_list *list; /* NULL: stop at the first */
};

/* Notes "file:line: what". Says whether to go on: where there is a list that is not too long. */
bool fault(const struct faults *faults, const char *file, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool fault_list(const struct faults *faults, const char *file, size_t line, const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));
/* The same as a warning, which only a list takes. */
void fault_warn(struct diag_list *list, const char *code, const char *file, size_t line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Moves an error "file:line: what", if there is one, to the list. False where there is no list. */
bool fault_move(const struct faults *faults);

#endif
