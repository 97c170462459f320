/* What every unit test needs: cmocka with its prerequisites, and a message for tests that cannot run here. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define SKIP(reason)                                                                                                   \
    do {                                                                                                               \
        fprintf(stderr, "SKIP %s: %s\n", __func__, reason);                                                            \
        skip();                                                                                                        \
    } while (0)

#endif
