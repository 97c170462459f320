/* Tar archives and, through the same library, the codecs that it knows. */
#include "ingest/archive.h"

#include "base/mem.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>

struct tar {
    struct archive *archive;
    struct stream *source;
    size_t lent;      /* bytes of source that the library looks at */
    uint64_t zeros;   /* with which what has been read ends */
    bool ended;       /* the library has seen the end of source */
    struct err fault; /* of reading source */
};

enum { BLOCK = 512 };

static bool fault(struct tar *tar, struct err *err)
{
    const char *reason = archive_error_string(tar->archive);
    if (tar->fault.kind)
        return err_set(err, tar->fault.kind, "%s", tar->fault.text);
    if (archive_errno(tar->archive) == ENOMEM)
        return err_set(err, ERR_MEMORY, "out of memory");
    return err_set(err, ERR_INPUT, "%s: %s", tar->ended ? "cut short" : "damaged", reason ? reason : "");
}

static la_ssize_t lend(struct archive *archive, void *context, const void **bytes)
{
    struct tar *tar = context;
    struct str there;
    stream_take(tar->source, tar->lent);
    tar->lent = 0;
    if (!stream_fill(tar->source, 1, &there, &tar->fault)) {
        archive_set_error(archive, EIO, "cannot be read");
        return -1;
    }
    size_t zeros = 0;
    while (zeros < there.n && there.p[there.n - 1 - zeros] == '\0')
        zeros++;
    tar->zeros = zeros == there.n ? tar->zeros + zeros : zeros;
    tar->lent = there.n;
    tar->ended = there.n == 0;
    *bytes = there.p;
    return (la_ssize_t)there.n;
}

static struct tar *open_with(struct stream *source, bool (*prepare)(struct archive *archive, enum packing packing),
                             enum packing packing, struct err *err)
{
    struct tar *tar = mem_alloc(sizeof *tar);
    *tar = (struct tar){.archive = archive_read_new(), .source = source};
    if (!tar->archive || !prepare(tar->archive, packing) ||
        archive_read_open(tar->archive, tar, NULL, lend, NULL) != ARCHIVE_OK) {
        if (tar->archive)
            fault(tar, err);
        else
            err_set(err, ERR_MEMORY, "out of memory");
        tar_close(tar);
        return NULL;
    }
    return tar;
}

void tar_close(struct tar *tar)
{
    if (!tar)
        return;
    archive_read_free(tar->archive);
    mem_free(tar);
}

/* The sum of a header's bytes, its own field as blanks, as that field has it in octal digits (POSIX pax, ustar). */
static bool is_header(const char *block)
{
    enum { FIELD = 148, FIELD_BYTES = 8 };
    unsigned sum = FIELD_BYTES * ' ', told = 0, digits = 0;
    for (size_t i = 0; i < BLOCK; i++)
        sum += i >= FIELD && i < FIELD + FIELD_BYTES ? 0 : (unsigned char)block[i];
    for (size_t i = FIELD; i < FIELD + FIELD_BYTES; i++)
        if (block[i] >= '0' && block[i] <= '7') {
            told = told * 8 + (unsigned)(block[i] - '0');
            digits++;
        } else if (block[i] != ' ' || digits) {
            break;
        }
    return digits && told == sum;
}

bool tar_detect(struct str head)
{
    static const char zeros[BLOCK];
    return head.n >= BLOCK &&
           (is_header(head.p) || (head.n >= 2 * BLOCK && head.n % BLOCK == 0 && !memcmp(head.p, zeros, BLOCK) &&
                                  !memcmp(head.p + BLOCK, zeros, BLOCK)));
}

static bool prepare_tar(struct archive *archive, enum packing packing)
{
    (void)packing;
    return archive_read_support_format_tar(archive) == ARCHIVE_OK &&
           archive_read_support_format_empty(archive) == ARCHIVE_OK &&
           archive_read_set_option(archive, "tar", "read_concatenated_archives", "1") == ARCHIVE_OK;
}

struct tar *tar_open(struct stream *stream, struct err *err)
{
    return open_with(stream, prepare_tar, PACKED_NOT, err);
}

static const char *oddity(struct archive_entry *entry)
{
    if (archive_entry_hardlink(entry))
        return "a link to another member";
    if (archive_entry_sparse_count(entry) > 0)
        return "a file with holes";
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG: return NULL;
    case AE_IFLNK: return "a symbolic link";
    case AE_IFDIR: return "a folder";
    default: return "a device, pipe or socket";
    }
}

bool tar_next(struct tar *tar, struct tar_member *member, bool *end, struct err *err)
{
    struct archive_entry *entry;
    int result = archive_read_next_header(tar->archive, &entry);
    *end = result == ARCHIVE_EOF;
    if (*end)
        return tar->fault.kind ? fault(tar, err)
                               : tar->zeros >= BLOCK || err_set(err, ERR_INPUT, "cut short: a tar archive without end");
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) /* a warning: that a name is no text of the C locale */
        return fault(tar, err);
    const char *name = archive_entry_pathname(entry);
    *member = (struct tar_member){name ? name : "", oddity(entry), archive_entry_filetype(entry) == AE_IFDIR};
    return true;
}

static int64_t read_data(void *context, char *bytes, size_t n, struct err *err)
{
    struct tar *tar = context;
    la_ssize_t got = archive_read_data(tar->archive, bytes, n);
    if (got >= 0)
        return got;
    fault(tar, err);
    return -1;
}

struct stream *tar_read(struct tar *tar)
{
    return stream_from(read_data, NULL, tar);
}

/* Codecs: an "archive" of one member that has no name. */

static bool prepare_codec(struct archive *archive, enum packing packing)
{
    int added = packing == PACKED_ZSTD ? archive_read_support_filter_zstd(archive)
                : packing == PACKED_XZ ? archive_read_support_filter_xz(archive)
                                       : archive_read_support_filter_bzip2(archive);
    return added == ARCHIVE_OK && archive_read_support_format_raw(archive) == ARCHIVE_OK &&
           archive_read_support_format_empty(archive) == ARCHIVE_OK;
}

static int64_t read_nothing(void *context, char *bytes, size_t n, struct err *err)
{
    (void)context, (void)bytes, (void)n, (void)err;
    return 0;
}

static void close_codec(void *context)
{
    tar_close(context);
}

struct stream *codec_open(struct stream *packed, enum packing packing, struct err *err)
{
    struct archive_entry *entry;
    struct tar *codec = open_with(packed, prepare_codec, packing, err);
    int result = codec ? archive_read_next_header(codec->archive, &entry) : ARCHIVE_FATAL;
    if (result == ARCHIVE_OK || result == ARCHIVE_EOF)
        return stream_from(result == ARCHIVE_OK ? read_data : read_nothing, close_codec, codec);
    if (codec)
        fault(codec, err);
    tar_close(codec);
    return NULL;
}
