#include "base/json.h"

#include <assert.h>
#include <math.h>

static void quote(struct buf *out, struct str s)
{
    buf_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '\n')
            buf_text(out, "\\n");
        else if (c < 0x20 || c == 0x7f)
            buf_printf(out, "\\u%04x", c);
        else
            buf_char(out, (char)c);
    }
    buf_char(out, '"');
}

static void new_line(struct json *json)
{
    buf_char(json->out, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        buf_text(json->out, "  ");
}

static void member(struct json *json, const char *name)
{
    if (json->filled[json->depth])
        buf_char(json->out, ',');
    json->filled[json->depth] = true;
    if (json->indented && json->depth)
        new_line(json);
    if (name) {
        quote(json->out, str_from(name));
        buf_text(json->out, json->indented ? ": " : ":");
    }
}

void json_open(struct json *json, const char *name, char bracket)
{
    assert(json->depth < 32);
    member(json, name);
    buf_char(json->out, bracket);
    json->filled[++json->depth] = false;
}

void json_close(struct json *json, char bracket)
{
    assert(json->depth > 0);
    json->depth--;
    if (json->indented && json->filled[json->depth + 1])
        new_line(json);
    buf_char(json->out, bracket);
    if (json->depth == 0)
        json->filled[0] = false;
}

void json_str(struct json *json, const char *name, struct str value)
{
    member(json, name);
    quote(json->out, value);
}

void json_null_str(struct json *json, const char *name, struct str value)
{
    member(json, name);
    if (value.n)
        quote(json->out, value);
    else
        buf_text(json->out, "null");
}

void json_int(struct json *json, const char *name, int64_t value)
{
    member(json, name);
    buf_printf(json->out, "%lld", (long long)value);
}

void json_number(struct json *json, const char *name, double value, int decimals)
{
    member(json, name);
    if (isfinite(value))
        buf_printf(json->out, "%.*f", decimals, value + 0.0); /* no −0 */
    else
        buf_text(json->out, "null");
}

void json_real(struct json *json, const char *name, double value)
{
    json_number(json, name, value, 3);
}

void json_bool(struct json *json, const char *name, bool value)
{
    member(json, name);
    buf_text(json->out, value ? "true" : "false");
}
