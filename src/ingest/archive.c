/* What contains other inputs: ZIP and tar archives, compressed files. Members go back to detection one after the other,
 * as streams: nothing is written under a member's name, and no member is held as a whole. */
#include "ingest/archive.h"

#include "base/limits.h"

#include "ingest/reader.h"
#include "ingest/zipfile.h"

#include <string.h>
#include <strings.h>

enum { MOST_DEEP = LIMIT_CONTAINER_DEPTH /* containers in each other; a tar.gz is one */ };

static bool is_zip(struct str head)
{
    return str_starts(head, STR("PK\3\4")) || str_starts(head, STR("PK\5\6"));
}

bool archive_detects(const struct head *head)
{
    return is_zip(head->bytes) || inflate_detect(head->bytes) != PACKED_NOT || tar_detect(head->bytes);
}

/* Files that systems put beside those of people: hidden ones, the halves that macOS adds, thumbnails, and Office's
 * "~$name.xlsx" while it has the book open. */
bool archive_is_junk(const char *name)
{
    static const char *const names[] = {"Thumbs.db", "desktop.ini", "__MACOSX"};
    while (*name) {
        size_t n = strcspn(name, "/");
        if ((*name == '.' && !(n == 1 || (n == 2 && name[1] == '.'))) || (*name == '~' && name[1] == '$'))
            return true;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (n == strlen(names[i]) && strncasecmp(name, names[i], n) == 0)
                return true;
        name += n + (name[n] == '/');
    }
    return false;
}

/* An archive that is being read. */
struct container {
    const struct input *input; /* the archive itself, with a meter */
    const struct sink *sink;
    size_t members; /* that were looked into */
};

static struct input member_input(const struct container *c, const char *place, struct stream *stream)
{
    return (struct input){.name = place,
                          .stream = stream,
                          .options = c->input->options,
                          .depth = c->input->depth + 1,
                          .meter = c->input->meter};
}

/* Reads a member. A fault of it is one of the whole archive, which goes in whole or not at all: told with its name. */
static bool split_member(struct arena *arena, struct container *c, const char *name, struct stream *stream,
                         struct err *err)
{
    struct err fault = {0};
    const struct input input = member_input(c, arena_printf(arena, "%s!%s", c->input->name, name), stream);
    c->members++;
    if (readers_split(&input, c->sink, &fault))
        return true;
    const char *prefix = arena_printf(arena, "%s: ", name);
    bool named = strncmp(fault.text, prefix, strlen(prefix)) == 0;
    return fault.kind && err_set(err, fault.kind, "%s%s", fault.kind == ERR_INPUT && !named ? prefix : "", fault.text);
}

static bool pass_over(struct arena *arena, struct container *c, const char *name, const char *what, struct err *err)
{
    const struct input input = member_input(c, arena_printf(arena, "%s!%s", c->input->name, name), NULL);
    c->members++;
    return readers_reject(&input, c->sink, 0, 0, "no-file", STR(""), err, "%s: only plain files are read", what);
}

/* A word when nothing was in it. */
static bool end_of(const struct container *c, struct err *err)
{
    return c->members || readers_reject(c->input, c->sink, 0, 0, "empty-file", STR(""), err, "no files in it");
}

static bool split_tar_member(struct arena *arena, struct container *c, struct tar *tar, const struct tar_member *member,
                             struct err *err)
{
    const char *name = decode_name(arena, str_from(member->name)).p;
    if (member->is_folder || archive_is_junk(name))
        return true;
    if (member->oddity)
        return pass_over(arena, c, name, member->oddity, err);
    struct stream *stream = tar_read(tar);
    bool ok = split_member(arena, c, name, stream, err);
    stream_close(stream);
    return ok;
}

static bool split_tar(struct container *c, struct err *err)
{
    struct arena *arena = arena_new();
    struct tar *tar = tar_open(c->input->stream, err);
    struct tar_member member;
    bool ok = tar, end = false;
    while (ok && (ok = tar_next(tar, &member, &end, err)) && !end) {
        arena_reset(arena);
        ok = split_tar_member(arena, c, tar, &member, err);
    }
    tar_close(tar);
    arena_free(arena);
    return ok && end_of(c, err);
}

static bool split_zip_member(struct arena *arena, struct container *c, const struct zipfile *zip, size_t index,
                             struct err *err)
{
    struct str name = zipfile_name(arena, zip, index);
    if (!name.n || str_ends(name, STR("/")) || archive_is_junk(name.p))
        return true;
    struct stream *stream = zipfile_read(zip, index, err);
    if (!stream)
        return false;
    if (c->input->depth == 0)
        c->input->meter->packed += zipfile_packed(zip, index);
    stream_count_made(stream, c->input->meter);
    bool ok = split_member(arena, c, name.p, stream, err);
    stream_close(stream);
    return ok;
}

static bool split_zip(struct container *c, struct err *err)
{
    struct arena *arena = arena_new();
    struct zipfile *zip = zipfile_open(c->input->path, c->input->stream, 0, err);
    bool ok = zip, document = ok && xlsx_is(zip);
    for (size_t i = 0; ok && !document && i < zipfile_count(zip); i++) {
        arena_reset(arena);
        ok = split_zip_member(arena, c, zip, i, err);
    }
    if (document) /* whose first member does not tell so */
        ok = xlsx_split_zip(c->input, zip, c->sink, err);
    zipfile_close(zip);
    arena_free(arena);
    return ok && (document || end_of(c, err));
}

/* A compressed file keeps its name: what is inside is the same file. */
static bool split_packed(struct container *c, enum packing packing, struct err *err)
{
    struct stream *stream = inflate_open(c->input->stream, packing, err);
    struct str head;
    if (!stream)
        return false;
    struct input input = member_input(c, c->input->name, stream);
    stream_count_made(stream, input.meter);
    bool ok = stream_fill(stream, HEAD_BYTES, &head, err);
    if (ok && tar_detect(str_slice(head, 0, HEAD_BYTES))) {
        input.depth = c->input->depth;
        ok = split_tar(&(struct container){&input, c->sink, 0}, err);
    } else {
        ok = ok && readers_split(&input, c->sink, err);
    }
    stream_close(stream);
    return ok;
}

bool archive_split(const struct input *input, const struct sink *sink, struct err *err)
{
    struct meter meter = {0};
    struct input metered = *input;
    struct container container = {&metered, sink, 0};
    struct str head;
    if (input->depth >= MOST_DEEP)
        return readers_reject(input, sink, 0, 0, "too-deep", STR(""), err, "more than %d containers in each other",
                              MOST_DEEP);
    if (!stream_fill(input->stream, HEAD_BYTES, &head, err))
        return false;
    enum packing packing = inflate_detect(head);
    if (!metered.meter) {
        metered.meter = &meter;
        if (!is_zip(head))
            stream_count_packed(input->stream, &meter);
    }
    if (is_zip(head))
        return split_zip(&container, err);
    return packing == PACKED_NOT ? split_tar(&container, err) : split_packed(&container, packing, err);
}
