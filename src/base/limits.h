/* Every limit of the program on what it takes, in one place: the code uses LIMIT_…, `briefgen limits` lists them, and
 * README's table is checked against it. A new limit is one row here. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* X(NAME, value, "unit", "of what", "what happens beyond it", exit status) */
#define LIMITS(X)                                                                                                      \
    X(PAGE_BYTES, 16 << 20, "bytes", "a page of text, HTML or Markdown", "the page is set aside", 1)                   \
    X(PAGE_ELEMENTS, 20000, "elements", "HTML elements open at a time", "those inside end with the ones around them",  \
      0)                                                                                                               \
    X(BODY_LINES, 200000, "lines", "the body of an article", "the record is set aside", 1)                             \
    X(URL_BYTES, 2000, "bytes", "the address of an article", "the address is left out, with a warning", 0)             \
    X(ARTICLE_BYTES, (256 << 20) - 4096, "bytes", "an article with all its texts", "nothing is imported", 65)          \
    X(RECORD_BYTES, 16 << 20, "bytes", "a record in JSON or a feed", "the record is set aside", 1)                     \
    X(JSON_DEPTH, 32, "levels", "brackets in each other in JSON", "the record is set aside", 1)                        \
    X(JSON_VALUES, 100000, "values", "a record in JSON", "the record is set aside", 1)                                 \
    X(FEED_DEPTH, 256, "levels", "elements in each other in a feed", "the file is set aside", 65)                      \
    X(XML_TAG_BYTES, 1 << 20, "bytes", "a tag or comment in a feed or workbook", "the file is set aside", 65)          \
    X(TABLE_ROW_BYTES, 16 << 20, "bytes", "a row of CSV or TSV", "the file is set aside", 65)                          \
    X(TABLE_COLUMNS, 16384, "columns", "CSV or TSV", "the row is set aside", 1)                                        \
    X(MAP_PAIRS, 32, "columns", "one --map", "the command is refused", 64)                                             \
    X(NAME_BYTES, 1000, "bytes", "the name of a member of an archive", "its middle is not shown", 0)                   \
    X(SHEETS, 1024, "sheets", "a workbook", "the file is set aside", 65)                                               \
    X(SHEET_ROWS, 1048576, "rows", "a worksheet", "the file is set aside", 65)                                         \
    X(SHEET_COLUMNS, 16384, "columns", "a worksheet", "the file is set aside", 65)                                     \
    X(SHEET_ROW_BYTES, 4 << 20, "bytes", "the text of a worksheet's row", "the row is set aside", 1)                   \
    X(SHEET_GROWTH, 100, "times", "the text of a sheet to its own bytes, past 64 MiB", "the file is set aside", 65)    \
    X(SHEET_MERGES, 65536, "cells", "merged cells of a sheet", "further ones are taken as they stand", 0)              \
    X(STRING_BYTES, 256 << 10, "bytes", "a shared string of a workbook", "the file is set aside", 65)                  \
    X(CELL_FORMATS, 65536, "formats", "the cells of a workbook", "the file is set aside", 65)                          \
    X(BOOK_DEPTH, 64, "levels", "elements in each other in a workbook", "the file is set aside", 65)                   \
    X(CONTAINER_DEPTH, 3, "levels", "archives and compressed files in each other", "the inner one is set aside", 1)    \
    X(UNPACK_RATIO, 100, "times", "what is unpacked to what is packed, past 16 MiB (1 MiB for a member of a ZIP)",     \
      "the file is set aside", 65)                                                                                     \
    X(UNPACK_MEMORY, 128 << 20, "bytes", "the memory that unpacking xz asks for", "the file is set aside", 65)         \
    X(ZIP_MEMBERS, 300000, "members", "a ZIP archive", "the file is set aside", 65)                                    \
    X(ZIP_DIRECTORY_BYTES, 64 << 20, "bytes", "the directory of a ZIP archive", "the file is set aside", 65)           \
    X(FOLDER_DEPTH, 64, "levels", "folders in each other", "the inner one is set aside", 1)                            \
    X(DATABASE_PAGES, 1073741823, "pages", "the database, of 16 KiB each", "nothing is imported", 74)

enum {
#define LIMIT_VALUE(name, value, unit, of, beyond, status) LIMIT_##name = (value),
    LIMITS(LIMIT_VALUE)
#undef LIMIT_VALUE
};

#endif
