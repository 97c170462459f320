#include "base/err.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
    assert(kind != ERR_NONE);
    if (err->kind != ERR_NONE)
        return false;
    err->kind = kind;
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    utf8_tame(err->text); /* a name from outside must not drive the terminal */
    return false;
}
