/* For tests: tar archives and compressed files in memory, made by libarchive. */
#ifndef TESTS_ARCHIVE_FIXTURE_H
#define TESTS_ARCHIVE_FIXTURE_H
#include "unit.h"

#include "base/str.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

struct part {
    const char *name;
    struct str text;
};

static inline la_ssize_t archive_into(struct archive *archive, void *context, const void *bytes, size_t n)
{
    (void)archive;
    buf_add(context, bytes, n);
    return (la_ssize_t)n;
}

/* format: "ustar", "pax", "gnutar", "v7tar", "raw"; codec: "gzip", "zstd", "xz", "bzip2", "none". Free with buf_free.
 */
static inline struct buf archive_of(const struct part *parts, size_t n, const char *format, const char *codec)
{
    struct buf out = {0};
    struct archive *a = archive_write_new();
    assert_int_equal(archive_write_set_format_by_name(a, format), ARCHIVE_OK);
    if (strcmp(codec, "none") != 0)
        assert_int_equal(archive_write_add_filter_by_name(a, codec), ARCHIVE_OK);
    if (strcmp(codec, "none") != 0)
        archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open(a, &out, NULL, archive_into, NULL), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, parts[i].name);
        archive_entry_set_size(entry, (la_int64_t)parts[i].text.n);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        assert_true(archive_write_header(a, entry) >= ARCHIVE_WARN);
        if (parts[i].text.n)
            assert_int_equal(archive_write_data(a, parts[i].text.p, parts[i].text.n), parts[i].text.n);
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    return out;
}

/* One text, compressed. */
static inline struct buf packed_of(struct str text, const char *codec)
{
    const struct part part = {"data", text};
    return archive_of(&part, 1, "raw", codec);
}

#endif
