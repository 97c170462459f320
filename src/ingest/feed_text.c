/* A feed's bytes as UTF-8, piece by piece. */
#include "ingest/feed.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

enum { PIECE = 64 * 1024 };

struct text {
    struct stream *bytes;
    struct arena *arena; /* of out */
    struct str out;      /* decoded and not yet read */
    char encoding[64];
};

static bool is_utf16(const struct text *t)
{
    return strncasecmp(t->encoding, "utf-16", 6) == 0;
}

/* How much of a piece is whole characters: up to the last byte that is no half of one in any encoding of Korea (below
 * 0x40), or the last UTF-16 unit that begins no pair. */
static size_t whole_characters(const struct text *t, struct str piece)
{
    size_t n = piece.n;
    if (!is_utf16(t)) {
        while (n > 0 && (unsigned char)piece.p[n - 1] >= 0x40)
            n--;
        return n;
    }
    n -= n % 2;
    unsigned char high = n ? (unsigned char)piece.p[strcasecmp(t->encoding, "utf-16be") == 0 ? n - 2 : n - 1] : 0;
    return high >= 0xd8 && high < 0xdc ? n - 2 : n;
}

static bool decode_piece(struct text *t, struct err *err)
{
    struct str piece;
    size_t bad;
    if (!stream_fill(t->bytes, PIECE, &piece, err))
        return false;
    if (piece.n >= PIECE) {
        piece = str_slice(piece, 0, PIECE);
        piece.n = whole_characters(t, piece);
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

/* Of the first bytes: marks and patterns, then what is valid, and only where that says nothing the declaration. */
static struct str choose(struct str head)
{
    if (str_starts(head, STR("\xff\xfe")) || str_starts(head, (struct str){"<\0", 2}))
        return STR("utf-16le");
    if (str_starts(head, STR("\xfe\xff")) || str_starts(head, (struct str){"\0<", 2}))
        return STR("utf-16be");
    size_t bad = utf8_invalid(head);
    struct str named = declared(str_starts(head, STR("\xef\xbb\xbf")) ? str_slice(head, 3, head.n) : str_trim(head));
    bool names_utf8 = !named.n || (named.n >= 3 && strncasecmp(named.p, "utf", 3) == 0) ||
                      (named.n == 8 && strncasecmp(named.p, "us-ascii", 8) == 0);
    if (bad == SIZE_MAX || (head.n >= HEAD_BYTES && bad + 4 > head.n)) /* a character that the head's end cuts */
        return is_ascii(head) && !names_utf8 ? named : STR("utf-8");
    return names_utf8 ? STR("cp949") : named;
}

bool feed_text_open(struct stream *bytes, const char *asked, struct stream **text, struct err *err)
{
    struct str head, name = str_from(asked);
    *text = NULL;
    if (!stream_fill(bytes, HEAD_BYTES, &head, err))
        return false;
    if (!asked || strcmp(asked, "auto") == 0)
        name = choose(str_slice(head, 0, HEAD_BYTES));
    if (name.n < 9 && name.n > 3 && strncasecmp(name.p, "utf", 3) == 0 && name.p[name.n - 1] == '8')
        return true;
    struct text *t = mem_alloc(sizeof *t);
    *t = (struct text){.bytes = bytes, .arena = arena_new()};
    snprintf(t->encoding, sizeof t->encoding, STR_FMT, STR_ARG(str_slice(name, 0, sizeof t->encoding - 1)));
    *text = stream_from(read_text, close_text, t);
    return true;
}
