/* A feed's bytes as UTF-8, piece by piece. */
#include "ingest/feed.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/encoding.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

enum { PIECE = 64 * 1024 };

struct text {
    struct stream *bytes;
    struct arena *arena; /* of out */
    struct str out;      /* decoded and not yet read */
    const char *encoding;
};

/* A piece up to the last byte that is no half of a character in any encoding of Korea. */
static size_t whole_characters(struct str piece)
{
    size_t n = piece.n;
    while (n > 0 && (unsigned char)piece.p[n - 1] >= 0x40)
        n--;
    return n;
}

static bool decode_piece(struct text *t, struct err *err)
{
    struct str piece;
    size_t bad;
    if (!stream_fill(t->bytes, PIECE, &piece, err))
        return false;
    if (piece.n >= PIECE) {
        piece = str_slice(piece, 0, PIECE);
        piece.n = whole_characters(piece);
        if (piece.n == 0)
            return err_set(err, ERR_INPUT, "byte %" PRIu64 ": not %s text", stream_offset(t->bytes), t->encoding);
    }
    arena_reset(t->arena);
    if (!utf8_decode(t->arena, piece, decode_icu_name(t->encoding), &t->out, &bad))
        return err_set(err, ERR_INPUT, "byte %" PRIu64 ": not valid %s", stream_offset(t->bytes) + bad, t->encoding);
    stream_take(t->bytes, piece.n);
    return true;
}

static int64_t read_text(void *context, char *bytes, size_t n, struct err *err)
{
    struct text *t = context;
    if (!t->out.n && !decode_piece(t, err))
        return -1;
    struct str now = str_slice(t->out, 0, n);
    if (now.n)
        memcpy(bytes, now.p, now.n);
    t->out = str_slice(t->out, now.n, t->out.n);
    return (int64_t)now.n;
}

static void close_text(void *context)
{
    struct text *t = context;
    arena_free(t->arena);
    mem_free(t);
}

/* The encoding in an XML declaration (XML 1.0, production 80); "" for none. */
static struct str declared(struct str head)
{
    size_t end = str_find(str_slice(head, 0, 400), STR("?>"), 0);
    if (!str_starts(head, STR("<?xml")) || end == SIZE_MAX)
        return STR("");
    struct str declaration = str_slice(head, 0, end);
    size_t at = str_find(declaration, STR("encoding"), 0);
    struct str rest = str_trim(str_slice(declaration, at == SIZE_MAX ? end : at + 8, end));
    rest = str_trim(str_slice(rest, str_starts(rest, STR("=")) ? 1 : rest.n, rest.n));
    if (!rest.n || (*rest.p != '"' && *rest.p != '\''))
        return STR("");
    struct str quote = str_slice(rest, 0, 1);
    rest = str_slice(rest, 1, rest.n);
    return str_slice(rest, 0, str_find(rest, quote, 0));
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] & 0x80)
            return false;
    return true;
}

static bool is_korean(struct str encoding)
{
    char name[32];
    snprintf(name, sizeof name, STR_FMT, STR_ARG(str_slice(encoding, 0, sizeof name - 1)));
    return strcmp(decode_icu_name(name), "windows-949") == 0;
}

/* By the first bytes: what is valid, and only where that says nothing the declaration. */
static const char *choose(struct str head)
{
    size_t bad = utf8_invalid(head);
    bool valid = bad == SIZE_MAX || (head.n >= HEAD_BYTES && bad + 4 > head.n); /* the head's end cuts a character */
    return !valid || (is_ascii(head) && is_korean(declared(str_trim(head)))) ? "cp949" : "utf-8";
}

bool feed_text_open(const struct input *input, struct stream **text, const char **encoding, struct err *err)
{
    struct str head;
    *text = NULL;
    *encoding = input->options->encoding;
    if (!stream_fill(input->stream, HEAD_BYTES, &head, err))
        return false;
    if (encoding_is_utf16(input->encoding)) { /* has been transcoded on its way here */
        *encoding = input->encoding;
        return true;
    }
    if (!*encoding || strcmp(*encoding, "auto") == 0)
        *encoding = choose(str_slice(head, 0, HEAD_BYTES));
    if (strcasecmp(*encoding, "utf-8") == 0 || strcasecmp(*encoding, "utf8") == 0)
        return true;
    if (strcmp(decode_icu_name(*encoding), "windows-949") == 0)
        *encoding = "cp949";
    struct text *t = mem_alloc(sizeof *t);
    *t = (struct text){.bytes = input->stream, .arena = arena_new(), .encoding = *encoding};
    *text = stream_from(read_text, close_text, t);
    return true;
}
