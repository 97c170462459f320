/* Tables: comma-, semicolon- or tab-separated. */
#include "ingest/reader.h"

/* Separators of a line that stand outside double quotes. */
static size_t count_separators(struct str line, char separator)
{
    size_t n = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.n; i++) {
        quoted ^= separator == ',' && line.p[i] == '"';
        n += !quoted && line.p[i] == separator;
    }
    return n;
}

/* Columns of a table, tab- or comma-separated: every line has as many separators, and the first line names columns. 0
 * for a text. */
static size_t table_columns(struct str text, char separator)
{
    enum { LEAST_LINES = 3, LEAST_SEPARATORS = 4, LINES = 100 };
    struct str rest = text, line;
    size_t lines = 0, columns = 0;
    while (lines < LINES && str_line(&rest, &line)) {
        struct str trimmed = str_trim(line);
        if (!trimmed.n)
            continue;
        size_t n = count_separators(line, separator);
        if (lines++ == 0)
            columns = n;
        if (n < LEAST_SEPARATORS || n != columns || (lines == 1 && str_ends(trimmed, STR("."))))
            return 0;
    }
    return lines >= LEAST_LINES ? columns + 1 : 0;
}

bool delimited_detects(const struct head *head)
{
    return table_columns(head->text, '\t') || table_columns(head->text, ',');
}

bool delimited_split(const struct input *input, const struct sink *sink, struct err *err)
{
    return readers_reject(input, sink, 0, 0, "not-an-article", STR(""), err, "a table of separated columns");
}
