/* csv-cells [-l] FILE: reads a CSV table as strictly as RFC 4180 allows and prints it as tab-separated text (\t \n \r
 * \\ escaped), for the tests. The first breach is named by its byte and ends it with status 1. Ours must begin with a
 * byte order mark and end each row with CR LF; -l also takes what other programs write: no mark, LF. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct reader {
    FILE *in;
    long at; /* bytes read */
    bool lenient;
    const char *fault;
};

static int next(struct reader *r)
{
    int c = fgetc(r->in);
    r->at += c != EOF;
    return c;
}

static bool fail(struct reader *r, const char *fault)
{
    if (!r->fault)
        r->fault = fault;
    return false;
}

static void put(int c)
{
    switch (c) {
    case '\t': fputs("\\t", stdout); break;
    case '\n': fputs("\\n", stdout); break;
    case '\r': fputs("\\r", stdout); break;
    case '\\': fputs("\\\\", stdout); break;
    default: putchar(c);
    }
}

/* The rest of a cell in quotes; *end is the character after the closing one. */
static bool quoted(struct reader *r, int *end)
{
    for (;;) {
        int c = next(r);
        if (c == EOF)
            return fail(r, "quotes are not closed");
        if (c == '"' && (c = next(r)) != '"') {
            *end = c;
            return true;
        }
        put(c);
    }
}

static bool cell(struct reader *r, int c, int *end)
{
    if (c == '"')
        return quoted(r, end);
    for (; c != ',' && c != '\r' && c != '\n' && c != EOF; c = next(r)) {
        if (c == '"')
            return fail(r, "a quote inside a cell without quotes");
        put(c);
    }
    *end = c;
    return true;
}

/* One row; *columns is how many cells it had. */
static bool row(struct reader *r, int c, size_t *columns)
{
    for (*columns = 1;; (*columns)++) {
        int end;
        if (!cell(r, c, &end))
            return false;
        if (end == '\r')
            end = next(r) == '\n' ? '\n' : 'x';
        else if (end == '\n' && !r->lenient)
            return fail(r, "LF without CR");
        if (end == EOF)
            return fail(r, "the last row has no end");
        if (end == '\n') {
            putchar('\n');
            return true;
        }
        if (end != ',')
            return fail(r, "neither a comma nor the end of a row after a cell");
        putchar('\t');
        c = next(r);
    }
}

static bool table(struct reader *r)
{
    int c = next(r);
    if (c == 0xEF) {
        if (next(r) != 0xBB || next(r) != 0xBF)
            return fail(r, "not a byte order mark");
        c = next(r);
    } else if (!r->lenient) {
        return fail(r, "no byte order mark");
    }
    size_t width = 0, columns;
    for (; c != EOF; c = next(r)) {
        if (!row(r, c, &columns))
            return false;
        if (width && columns != width)
            return fail(r, "a row has more or fewer cells than the header");
        width = columns;
    }
    return width || fail(r, "no header");
}

int main(int argc, char **argv)
{
    bool lenient = argc == 3 && strcmp(argv[1], "-l") == 0;
    if (argc != 2 + lenient) {
        fputs("usage: csv-cells [-l] FILE\n", stderr);
        return 64;
    }
    struct reader r = {.in = fopen(argv[argc - 1], "rb"), .lenient = lenient};
    if (!r.in) {
        perror(argv[argc - 1]);
        return 66;
    }
    bool ok = table(&r);
    fclose(r.in);
    if (!ok)
        fprintf(stderr, "%s: byte %ld: %s\n", argv[argc - 1], r.at, r.fault);
    return !ok;
}
