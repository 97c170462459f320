/* For tests: ZIP archives made by libzip, and a way to make them lie. */
#ifndef TESTS_ZIP_FIXTURE_H
#define TESTS_ZIP_FIXTURE_H
#include "unit.h"

#include "base/str.h"

#include <string.h>
#include <zip.h>

struct part {
    const char *name, *text;
};

/* An archive of n members, deflated or stored; free with buf_free. */
static inline struct buf zip_of(const struct part *parts, size_t n, bool deflated)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(out, ZIP_CREATE | ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    zip_source_keep(out);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *text = zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        zip_int64_t at = zip_file_add(zip, parts[i].name, text, ZIP_FL_ENC_GUESS);
        assert_true(at >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)at, deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
        zip_file_set_mtime(zip, (zip_uint64_t)at, 1700000000, 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t stat;
    struct buf bytes = {0};
    assert_int_equal(zip_source_stat(out, &stat), 0);
    assert_int_equal(zip_source_open(out), 0);
    assert_int_equal(zip_source_read(out, buf_room(&bytes, stat.size), stat.size), (zip_int64_t)stat.size);
    bytes.n += stat.size;
    zip_source_close(out);
    zip_source_free(out);
    zip_error_fini(&error);
    return bytes;
}

/* Where the directory's entry `number` begins. */
static inline char *zip_entry(struct buf *zip, size_t number)
{
    size_t at = 0;
    for (;; at++) {
        at = str_find(buf_view(zip), STR("PK\1\2"), at);
        assert_true(at != SIZE_MAX);
        if (number-- == 0)
            return zip->p + at;
    }
}

static inline void zip_put32(char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(value >> 8 * i);
}

enum { ENTRY_FLAGS = 8, ENTRY_CRC = 16, ENTRY_PACKED = 20, ENTRY_SIZE = 24, ENTRY_LOCAL = 42 }; /* APPNOTE 4.3.12 */

#endif
