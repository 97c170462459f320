#include "ingest/spill.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct spill {
    size_t memory;
    struct buf bytes; /* all of them, or those that the file does not have yet */
    int file;         /* or -1 */
    uint64_t filed;
    char *window; /* [SPILL_WINDOW], of the file */
    uint64_t window_at;
    size_t window_n;
};

struct spill *spill_new(size_t memory)
{
    struct spill *spill = mem_alloc(sizeof *spill);
    *spill = (struct spill){.memory = memory, .file = -1};
    return spill;
}

void spill_free(struct spill *spill)
{
    if (!spill)
        return;
    if (spill->file >= 0)
        close(spill->file);
    buf_free(&spill->bytes);
    mem_free(spill->window);
    mem_free(spill);
}

uint64_t spill_size(const struct spill *spill)
{
    return spill->filed + spill->bytes.n;
}

static bool flush(struct spill *spill, struct err *err)
{
    if (!file_append(spill->file, buf_view(&spill->bytes), err))
        return false;
    spill->filed += spill->bytes.n;
    buf_clear(&spill->bytes);
    return true;
}

bool spill_add(struct spill *spill, struct str bytes, struct err *err)
{
    buf_str(&spill->bytes, bytes);
    if (spill->bytes.n <= (spill->file < 0 ? spill->memory : SPILL_WINDOW))
        return true;
    if (spill->file >= 0)
        return flush(spill, err);
    spill->file = file_temporary(err);
    if (spill->file < 0 || !flush(spill, err))
        return false;
    buf_free(&spill->bytes);
    spill->window = mem_alloc(SPILL_WINDOW);
    return true;
}

/* Reads far ahead where reading goes on from where it was, else little more than is wanted. */
static bool move_window(struct spill *spill, uint64_t at, size_t n, struct err *err)
{
    bool goes_on = at >= spill->window_at && at <= spill->window_at + spill->window_n;
    size_t want = goes_on || n > SPILL_WINDOW / 2 ? SPILL_WINDOW : n + 4096;
    if (want > spill->filed - at)
        want = (size_t)(spill->filed - at);
    spill->window_at = at;
    spill->window_n = 0;
    while (spill->window_n < want) {
        ssize_t got =
            pread(spill->file, spill->window + spill->window_n, want - spill->window_n, (off_t)(at + spill->window_n));
        if (got == 0 || (got < 0 && errno != EINTR))
            return err_set(err, ERR_IO, "temporary file: %s", got == 0 ? "became shorter" : strerror(errno));
        spill->window_n += got > 0 ? (size_t)got : 0;
    }
    return true;
}

bool spill_get(struct spill *spill, uint64_t at, size_t n, struct str *out, struct err *err)
{
    if (at >= spill->filed) {
        *out = str_slice(buf_view(&spill->bytes), (size_t)(at - spill->filed), (size_t)(at - spill->filed) + n);
        return true;
    }
    if (at + n > spill->filed && !flush(spill, err))
        return false;
    bool inside = at >= spill->window_at && at + n <= spill->window_at + spill->window_n;
    if (!inside && !move_window(spill, at, n, err))
        return false;
    *out = (struct str){spill->window + (at - spill->window_at), n};
    return true;
}
