#include "ingest/zipfile.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"
#include "ingest/decode.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

struct zipfile {
    int file; /* or -1: memory */
    struct str memory;
    uint64_t size;
    zip_t *zip;
};

static bool zip_fault(zip_error_t *error, const char *member, struct err *err)
{
    enum err_kind kind = ERR_INPUT;
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY)
        kind = ERR_MEMORY;
    else if (zip_error_system_type(error) == ZIP_ET_SYS)
        kind = ERR_IO;
    return err_set(err, kind, "%s%s%s", member, *member ? ": " : "", zip_error_strerror(error));
}

/* Bytes of the archive; all of them or ERR_INPUT. */
static bool read_at(const struct zipfile *zip, uint64_t at, char *bytes, size_t n, struct err *err)
{
    if (at > zip->size || n > zip->size - at)
        return err_set(err, ERR_INPUT, "the ZIP archive is cut short");
    if (zip->file < 0 && n > 0)
        memcpy(bytes, zip->memory.p + at, n);
    for (size_t done = 0; zip->file >= 0 && done < n;) {
        ssize_t got = pread(zip->file, bytes + done, n - done, (off_t)(at + done));
        if (got == 0)
            return err_set(err, ERR_INPUT, "the ZIP archive became shorter while it was read");
        if (got < 0 && errno != EINTR)
            return err_set(err, ERR_IO, "%s", strerror(errno));
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

static uint64_t little(const char *p, size_t bytes)
{
    uint64_t value = 0;
    while (bytes > 0)
        value = value << 8 | (unsigned char)p[--bytes];
    return value;
}

/* Where the central directory is (APPNOTE 4.3.16, 4.3.14, 4.3.15). */
struct directory {
    uint64_t at, size, count;
};

enum { END = 22, END64 = 56, LOCATOR = 20, ENTRY = 46, LOCAL = 30, SHORT_MAX = 0xffff };

static bool find_zip64(const struct zipfile *zip, uint64_t end, struct directory *out, struct err *err)
{
    char locator[LOCATOR], record[END64];
    if (end < LOCATOR)
        return true;
    if (!read_at(zip, end - LOCATOR, locator, LOCATOR, err))
        return false;
    if (memcmp(locator, "PK\6\7", 4) != 0)
        return true;
    if (!read_at(zip, little(locator + 8, 8), record, END64, err))
        return false;
    if (memcmp(record, "PK\6\6", 4) != 0)
        return err_set(err, ERR_INPUT, "the ZIP archive's end record is missing");
    *out = (struct directory){little(record + 48, 8), little(record + 40, 8), little(record + 32, 8)};
    return true;
}

static bool find_directory(const struct zipfile *zip, struct directory *out, struct err *err)
{
    size_t n = zip->size < END + SHORT_MAX ? (size_t)zip->size : END + SHORT_MAX;
    char *tail = mem_alloc(n + 1);
    bool ok = read_at(zip, zip->size - n, tail, n, err);
    size_t at = n < END ? 0 : n - END + 1;
    while (ok && at > 0 && !(memcmp(tail + at - 1, "PK\5\6", 4) == 0 && at - 1 + END + little(tail + at + 19, 2) <= n))
        at--;
    if (ok && at == 0) {
        ok = err_set(err, ERR_INPUT, "no ZIP archive, or cut short: its directory is missing");
    } else if (ok) {
        const char *end = tail + at - 1;
        *out = (struct directory){little(end + 16, 4), little(end + 12, 4), little(end + 10, 2)};
        ok = find_zip64(zip, zip->size - n + at - 1, out, err);
    }
    mem_free(tail);
    if (ok && (out->at > zip->size || out->size > zip->size - out->at || out->count > out->size / ENTRY))
        return err_set(err, ERR_INPUT, "the ZIP archive is cut short, or its directory is damaged");
    if (ok && (out->count > ZIPFILE_MEMBERS || out->size > ZIPFILE_DIRECTORY))
        return err_set(err, ERR_INPUT, "%" PRIu64 " members in a ZIP archive, the limit is %d", out->count,
                       ZIPFILE_MEMBERS);
    return ok;
}

/* The bytes of the archive that a member takes at least: local header, name, data. */
struct span {
    uint64_t at, end, packed;
};

/* A size or offset that may stand in the zip64 extra field (APPNOTE 4.5.3), which gives them in a fixed order. */
static uint64_t wide(uint64_t value, struct str *extra)
{
    if (value != UINT32_MAX || extra->n < 8)
        return value;
    value = little(extra->p, 8);
    *extra = str_slice(*extra, 8, extra->n);
    return value;
}

static struct str zip64_extra(struct str extra)
{
    while (extra.n >= 4) {
        size_t n = (size_t)little(extra.p + 2, 2);
        if (little(extra.p, 2) == 1)
            return str_slice(extra, 4, 4 + n);
        extra = str_slice(extra, 4 + n, extra.n);
    }
    return STR("");
}

/* Takes an entry off *rest (APPNOTE 4.3.12). */
static bool take_entry(struct str *rest, struct span *out)
{
    if (rest->n < ENTRY || memcmp(rest->p, "PK\1\2", 4) != 0)
        return false;
    const char *p = rest->p;
    size_t name = (size_t)little(p + 28, 2), extra = (size_t)little(p + 30, 2), comment = (size_t)little(p + 32, 2);
    if (rest->n - ENTRY < name + extra + comment)
        return false;
    struct str more = zip64_extra(str_slice(*rest, ENTRY + name, ENTRY + name + extra));
    wide(little(p + 24, 4), &more);
    out->packed = wide(little(p + 20, 4), &more);
    out->at = wide(little(p + 42, 4), &more);
    *rest = str_slice(*rest, ENTRY + name + extra + comment, rest->n);
    if (out->packed > UINT64_MAX / 2 || out->at > UINT64_MAX / 4)
        return false;
    out->end = out->at + LOCAL + name + out->packed;
    return true;
}

static bool read_spans(const struct zipfile *zip, const struct directory *directory, struct span *spans,
                       struct err *err)
{
    char *bytes = mem_alloc(directory->size + 1);
    struct str rest = {bytes, directory->size};
    bool ok = read_at(zip, directory->at, bytes, directory->size, err);
    for (size_t i = 0; ok && i < directory->count; i++)
        if (!take_entry(&rest, &spans[i]) || spans[i].end > directory->at)
            ok = err_set(err, ERR_INPUT, "the ZIP archive's directory is damaged at entry %zu", i + 1);
    mem_free(bytes);
    return ok;
}

static int by_start(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

/* Members that share bytes make a small file unpack to any size. */
static bool check_overlap(struct span *spans, size_t n, struct err *err)
{
    qsort(spans, n, sizeof *spans, by_start);
    for (size_t i = 1; i < n; i++)
        if (spans[i].at < spans[i - 1].end)
            return err_set(err, ERR_INPUT, "members of the ZIP archive overlap at byte %" PRIu64, spans[i].at);
    return true;
}

/* libzip looks for the directory in its own way: it must have found the one whose members have been checked. */
static bool agrees(const struct zipfile *zip, const struct span *spans, size_t n)
{
    bool same = zip_get_num_entries(zip->zip, 0) == (zip_int64_t)n;
    for (size_t i = 0; same && i < n; i++) {
        zip_stat_t stat;
        same = zip_stat_index(zip->zip, i, 0, &stat) == 0 && stat.comp_size == spans[i].packed;
    }
    return same;
}

static bool open_zip(struct zipfile *zip, struct err *err)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = NULL;
    FILE *file = zip->file >= 0 ? fdopen(dup(zip->file), "rb") : NULL;
    if (zip->file < 0)
        source = zip_source_buffer_create(zip->memory.p, zip->memory.n, 0, &error);
    else if (file)
        source = zip_source_filep_create(file, 0, -1, &error);
    else
        zip_error_set(&error, ZIP_ER_OPEN, errno);
    if (source)
        zip->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    else if (file)
        fclose(file);
    if (!zip->zip) {
        zip_fault(&error, "", err);
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return zip->zip;
}

static struct zipfile *open_checked(struct zipfile zip, struct err *err)
{
    struct directory directory = {0};
    struct span *spans = NULL;
    bool ok = find_directory(&zip, &directory, err);
    if (ok) {
        spans = mem_alloc(mem_mul(directory.count + 1, sizeof *spans));
        ok = read_spans(&zip, &directory, spans, err) && open_zip(&zip, err);
    }
    if (ok && !agrees(&zip, spans, directory.count))
        ok = err_set(err, ERR_INPUT, "the ZIP archive has two directories that contradict each other");
    ok = ok && check_overlap(spans, directory.count, err);
    mem_free(spans);
    struct zipfile *result = mem_alloc(sizeof *result);
    *result = zip;
    if (ok)
        return result;
    zipfile_close(result);
    return NULL;
}

/* What is left of a stream, in a file without a name; -1 on error. */
static int spool(struct stream *stream, uint64_t limit, struct err *err)
{
    int file = file_temporary(err);
    uint64_t size = 0;
    for (struct str bytes; file >= 0;) {
        bool ok = stream_fill(stream, 1, &bytes, err);
        if (ok && bytes.n == 0)
            return file;
        if (ok && limit && bytes.n > limit - size)
            ok = err_set(err, ERR_INPUT, "more than %" PRIu64 " bytes", limit);
        if (!ok || !file_append(file, bytes, err)) {
            close(file);
            return -1;
        }
        size += bytes.n;
        stream_take(stream, bytes.n);
    }
    return -1;
}

struct zipfile *zipfile_open(const char *path, struct stream *stream, uint64_t limit, struct err *err)
{
    struct str bytes;
    if (!path && !stream_fill(stream, ZIPFILE_IN_MEMORY, &bytes, err))
        return NULL;
    if (!path && bytes.n < ZIPFILE_IN_MEMORY && (!limit || bytes.n <= limit))
        return zipfile_memory(bytes, err);
    struct zipfile zip = {.file = path ? open(path, O_RDONLY | O_CLOEXEC) : spool(stream, limit, err)};
    struct stat status;
    if (zip.file < 0) {
        if (path)
            err_set(err, ERR_NO_INPUT, "%s: %s", path, strerror(errno));
        return NULL;
    }
    if (fstat(zip.file, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(zip.file);
        err_set(err, ERR_NO_INPUT, "%s: not a regular file", path ? path : "temporary file");
        return NULL;
    }
    zip.size = (uint64_t)status.st_size;
    return open_checked(zip, err);
}

struct zipfile *zipfile_memory(struct str bytes, struct err *err)
{
    return open_checked((struct zipfile){.file = -1, .memory = bytes, .size = bytes.n}, err);
}

void zipfile_close(struct zipfile *zip)
{
    if (!zip)
        return;
    if (zip->zip)
        zip_discard(zip->zip);
    if (zip->file >= 0)
        close(zip->file);
    mem_free(zip);
}

size_t zipfile_count(const struct zipfile *zip)
{
    return (size_t)zip_get_num_entries(zip->zip, 0);
}

struct str zipfile_name(struct arena *arena, const struct zipfile *zip, size_t member)
{
    const char *raw = zip_get_name(zip->zip, member, ZIP_FL_ENC_RAW);
    return decode_name(arena, str_from(raw ? raw : ""));
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c == '\\' ? '/' : c;
}

size_t zipfile_find(const struct zipfile *zip, struct str name)
{
    for (size_t i = 0, n = zipfile_count(zip); i < n; i++) {
        const char *raw = zip_get_name(zip->zip, i, ZIP_FL_ENC_RAW);
        struct str other = str_from(raw);
        size_t at = 0;
        while (at < other.n && at < name.n && fold(other.p[at]) == fold(name.p[at]))
            at++;
        if (at == other.n && at == name.n)
            return i;
    }
    return SIZE_MAX;
}

uint64_t zipfile_packed(const struct zipfile *zip, size_t member)
{
    zip_stat_t stat;
    return zip_stat_index(zip->zip, member, 0, &stat) == 0 ? stat.comp_size : 0;
}

struct member {
    zip_file_t *file;
    struct arena *arena;
    const char *name;
    uint64_t size, packed; /* as the directory says; `packed` bytes are there, so that it bounds what is read */
    uint64_t got;
};

static int64_t read_member(void *context, char *bytes, size_t n, struct err *err)
{
    struct member *member = context;
    int64_t got = zip_fread(member->file, bytes, n);
    if (got < 0) {
        zip_fault(zip_file_get_error(member->file), member->name, err);
        return -1;
    }
    member->got += (uint64_t)got;
    if (member->got > ZIPFILE_RATIO_FLOOR && member->got / ZIPFILE_RATIO > member->packed)
        err_set(err, ERR_INPUT, "%s: unpacks to more than %d times its size", member->name, ZIPFILE_RATIO);
    else if (got == 0 ? member->got != member->size : member->got > member->size)
        err_set(err, ERR_INPUT, "%s: holds %s than the %" PRIu64 " bytes that the directory says", member->name,
                got == 0 ? "less" : "more", member->size);
    else
        return got;
    return -1;
}

static void close_member(void *context)
{
    struct member *member = context;
    if (member->file)
        zip_fclose(member->file);
    arena_free(member->arena);
}

struct stream *zipfile_read(const struct zipfile *zip, size_t index, struct err *err)
{
    struct arena *arena = arena_new();
    struct member *member = ARENA_NEW(arena, struct member);
    zip_stat_t stat;
    member->arena = arena;
    member->name = zipfile_name(arena, zip, index).p;
    if (zip_stat_index(zip->zip, index, 0, &stat) == 0) {
        member->size = stat.size;
        member->packed = stat.comp_size;
        if (stat.encryption_method != ZIP_EM_NONE)
            err_set(err, ERR_INPUT, "%s: is encrypted; remove the password first", member->name);
        else
            member->file = zip_fopen_index(zip->zip, index, 0);
    }
    if (member->file)
        return stream_from(read_member, close_member, member);
    zip_fault(zip_get_error(zip->zip), member->name, err);
    close_member(member);
    return NULL;
}

struct whole {
    const struct zipfile *zip;
    uint64_t at;
};

static int64_t read_whole(void *context, char *bytes, size_t n, struct err *err)
{
    struct whole *whole = context;
    if (n > whole->zip->size - whole->at)
        n = (size_t)(whole->zip->size - whole->at);
    if (!read_at(whole->zip, whole->at, bytes, n, err))
        return -1;
    whole->at += n;
    return (int64_t)n;
}

struct stream *zipfile_stream(const struct zipfile *zip)
{
    struct whole *whole = mem_alloc(sizeof *whole);
    *whole = (struct whole){zip, 0};
    return stream_from(read_whole, mem_free, whole);
}
