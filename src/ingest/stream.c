#include "ingest/stream.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

struct stream {
    int64_t (*read)(void *context, char *bytes, size_t n, struct err *err);
    void (*close)(void *context);
    void *context;
    char *buffer; /* NULL: `bytes` borrows all there is */
    size_t room;
    struct str bytes; /* buffered and not taken */
    uint64_t taken;
    struct meter *meter; /* or NULL */
    bool makes;          /* its bytes count as made, not as packed */
    bool ended;
};

struct file {
    int descriptor;
    char *name;
};

static int64_t read_file(void *context, char *bytes, size_t n, struct err *err)
{
    struct file *file = context;
    for (;;) {
        ssize_t got = read(file->descriptor, bytes, n);
        if (got >= 0)
            return got;
        if (errno != EINTR) {
            err_set(err, errno == EISDIR ? ERR_NO_INPUT : ERR_IO, "%s: %s", file->name, strerror(errno));
            return -1;
        }
    }
}

static void close_file(void *context)
{
    struct file *file = context;
    if (file->descriptor > STDIN_FILENO)
        close(file->descriptor);
    mem_free(file->name);
    mem_free(file);
}

struct stream *stream_from(int64_t (*read_bytes)(void *context, char *bytes, size_t n, struct err *err),
                           void (*close_context)(void *context), void *context)
{
    struct stream *stream = mem_alloc(sizeof *stream);
    *stream = (struct stream){.read = read_bytes, .close = close_context, .context = context};
    return stream;
}

struct stream *stream_open(const char *path, struct err *err)
{
    int descriptor = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        err_set(err, ERR_NO_INPUT, "%s: %s", path, strerror(errno));
        return NULL;
    }
    struct file *file = mem_alloc(sizeof *file);
    *file = (struct file){descriptor, mem_alloc(strlen(path) + 1)};
    memcpy(file->name, path, strlen(path) + 1);
    return stream_from(read_file, close_file, file);
}

struct stream *stream_memory(struct str bytes)
{
    struct stream *stream = stream_from(NULL, NULL, NULL);
    stream->bytes = bytes;
    stream->ended = true;
    return stream;
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    if (stream->close)
        stream->close(stream->context);
    mem_free(stream->buffer);
    mem_free(stream);
}

/* Room for at least a chunk behind what is buffered. */
static void make_room(struct stream *stream)
{
    if (stream->bytes.n > 0 && stream->bytes.p != stream->buffer)
        memmove(stream->buffer, stream->bytes.p, stream->bytes.n);
    if (stream->room - stream->bytes.n < CHUNK)
        stream->buffer = mem_grow(stream->buffer, &stream->room, mem_add(stream->bytes.n, CHUNK), 1);
    stream->bytes.p = stream->buffer;
}

void stream_count_packed(struct stream *stream, struct meter *meter)
{
    stream->meter = meter;
    meter->packed += stream->bytes.n;
}

void stream_count_made(struct stream *stream, struct meter *meter)
{
    stream->meter = meter;
    stream->makes = true;
}

/* Adds to the stream's meter. False for a bomb. */
static bool count(const struct stream *stream, uint64_t n, struct err *err)
{
    struct meter *meter = stream->meter;
    if (!meter)
        return true;
    *(stream->makes ? &meter->made : &meter->packed) += n;
    return !stream->makes || meter->made <= METER_FLOOR || meter->made / METER_RATIO <= meter->packed ||
           err_set(err, ERR_INPUT, "unpacks to more than %d times its size", METER_RATIO);
}

bool stream_fill(struct stream *stream, size_t least, struct str *bytes, struct err *err)
{
    while (stream->bytes.n < least && !stream->ended) {
        make_room(stream);
        size_t room = stream->room - stream->bytes.n, missing = least - stream->bytes.n;
        size_t most = missing > CHUNK ? missing : CHUNK; /* not all the room that doubling has made */
        int64_t got = stream->read(stream->context, stream->buffer + stream->bytes.n, most < room ? most : room, err);
        if (got < 0 || !count(stream, (uint64_t)got, err))
            return false;
        stream->ended = got == 0;
        stream->bytes.n += (size_t)got;
    }
    *bytes = stream->bytes;
    return true;
}

void stream_take(struct stream *stream, size_t n)
{
    struct str left = str_slice(stream->bytes, n, stream->bytes.n);
    stream->taken += stream->bytes.n - left.n;
    stream->bytes = left;
}

uint64_t stream_offset(const struct stream *stream)
{
    return stream->taken;
}

bool stream_all(struct stream *stream, size_t limit, struct buf *out, struct err *err)
{
    for (struct str bytes;;) {
        if (!stream_fill(stream, 1, &bytes, err))
            return false;
        if (bytes.n == 0)
            return true;
        if (bytes.n > limit - out->n)
            return err_set(err, ERR_INPUT, "more than %zu bytes", limit);
        buf_str(out, bytes);
        stream_take(stream, bytes.n);
    }
}
