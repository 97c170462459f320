#include "data/data.h"

#include "data/embedded.h"

#include <string.h>

struct str data_file(const char *name)
{
    for (const struct embedded *file = embedded_files; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return (struct str){file->begin, (size_t)(file->end - file->begin)};
    return (struct str){NULL, 0};
}
