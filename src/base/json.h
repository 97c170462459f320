/* JSON writing: append-only, always valid UTF-8, compact unless asked. */
#ifndef BASE_JSON_H
#define BASE_JSON_H
#include "base/str.h"

#include <stdbool.h>

/* A writer puts the commas itself: open/close nest up to 32 deep. */
struct json {
    struct buf *out;
    unsigned depth;
    bool indented;   /* each member on a line of its own */
    bool filled[33]; /* has the container at this depth a member already */
};

void json_open(struct json *json, const char *name,
               char bracket);                     /* '{' or '['; name NULL inside arrays and at the top */
void json_close(struct json *json, char bracket); /* '}' or ']' */
void json_str(struct json *json, const char *name, struct str value);
void json_null_str(struct json *json, const char *name, struct str value); /* null for the empty string */
void json_int(struct json *json, const char *name, int64_t value);
void json_real(struct json *json, const char *name, double value); /* three decimals; null unless finite */
void json_number(struct json *json, const char *name, double value, int decimals); /* null unless finite */
void json_bool(struct json *json, const char *name, bool value);

#endif
