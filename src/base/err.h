/* One error per operation: the first failure wins, and it names the object it concerns. */
#ifndef BASE_ERR_H
#define BASE_ERR_H
#include <stdarg.h>
#include <stdbool.h>

/* Kinds are exit statuses, after sysexits.h. */
enum err_kind {
    ERR_NONE = 0,
    ERR_USAGE = 64,
    ERR_INPUT = 65,
    ERR_NO_INPUT = 66,
    ERR_INTERNAL = 70,
    ERR_MEMORY = 71,
    ERR_CREATE = 73,
    ERR_IO = 74,
    ERR_LOCKED = 75,
    ERR_CONFIG = 78,
};

struct err {
    enum err_kind kind; /* ERR_NONE until something failed */
    char text[1000];    /* message without "briefgen: error: ", UTF-8, control characters already replaced */
};

/* Records a failure unless one is recorded already. Always returns false, so that callers write
 * `return err_set(err, …);`. Break here in a debugger to stop at the first failure of any operation. */
bool err_set(struct err *err, enum err_kind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
