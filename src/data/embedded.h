/* The table that the Makefile generates from the files named in its EMBED variable; read through data_file. */
#ifndef DATA_EMBEDDED_H
#define DATA_EMBEDDED_H
#include <stddef.h>

struct embedded {
    const char *name, *begin, *end; /* name NULL ends the table; *end is NUL */
};
extern const struct embedded embedded_files[];

#endif
