/* make-hostile OUTDIR: writes the bad inputs that are too large to keep. See README.md. */
#include "base/err.h"
#include "base/file.h"
#include "base/str.h"

#include "../unit/tiny_font.h"

static void repeat(struct buf *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buf_text(out, text);
}

static void make_huge_line(struct buf *out)
{
    buf_text(out, "양산시, 창업 지원\n");
    repeat(out, "창업바이오제조", 50000);
}

static void make_combining(struct buf *out)
{
    buf_text(out, "양산시, 창업 지원 e");
    repeat(out, "\xCC\x81", 10000);
    buf_text(out, "\n양산시가 창업기업을 돕는다고 10일 밝혔다.\n");
}

static void make_many_lines(struct buf *out)
{
    repeat(out, "지역소식\n", 200000);
}

static void make_deep(struct buf *out)
{
    buf_text(out, "{\"id\": \"d\", \"title\": ");
    repeat(out, "[", 100000);
    repeat(out, "]", 100000);
    buf_text(out, ", \"body\": \"x\"}\n");
}

static void make_many_keys(struct buf *out)
{
    buf_text(out, "{\"id\": \"k\", \"title\": \"창업\", \"body\": \"양산시가 창업을 돕는다.\"");
    for (unsigned i = 0; i < 50000; i++)
        buf_printf(out, ", \"title%u\": \"\"", i % 1000);
    buf_text(out, "}\n");
}

static void make_huge_number(struct buf *out)
{
    buf_text(out, "{\"id\": ");
    repeat(out, "9", 10000);
    buf_text(out, ", \"title\": 1e");
    repeat(out, "9", 10000);
    buf_text(out, ", \"body\": \"x\", \"date\": -");
    repeat(out, "0", 10000);
    buf_text(out, "}\n");
}

static void make_digits(struct buf *out)
{
    buf_text(out, "등록 ");
    repeat(out, "2024.13.45 99:99 20-", 5000);
    buf_char(out, '\n');
}

static void make_blank_lines(struct buf *out)
{
    buf_text(out,
             "양산시, 창업 지원\n\n양산시가 창업기업을 돕는다고 10일 밝혔다. 시는 서른 곳을 뽑아 입주 공간과 자금을 "
             "지원할 계획이다.\n");
    repeat(out, "\n", 199000);
}

/* Marks that are taken off the start of a text, one after another. */
static void make_marks(struct buf *out)
{
    buf_text(out, "{\"id\": \"m\", \"title\": \"");
    repeat(out, "- ", 300000);
    buf_text(out, "\", \"body\": \"");
    repeat(out, "- ", 300000);
    buf_text(out, "양산시가 창업기업을 돕는다고 10일 밝혔다.\"}\n");
}

/* Names of several places, and a column of regions as long as the text. */
static void make_regions(struct buf *out)
{
    buf_text(out, "{\"id\": \"r\", \"title\": \"창업 지원\", \"region\": \"");
    repeat(out, "가람,", 150000);
    buf_text(out, "\", \"body\": \"구청이 창업기업을 돕는다고 10일 밝혔다. ");
    repeat(out, "남구·", 120000);
    buf_text(out, "\"}\n");
}

static void make_one_word(struct buf *out)
{
    buf_text(
        out,
        "{\"id\": \"w\", \"title\": \"양산시, 창업 지원\", \"body\": \"양산시가 창업기업을 돕는다고 10일 밝혔다. ");
    repeat(out, "창업바이오제조", 50000);
    buf_text(out, "\"}\n");
}

static void make_bom_only(struct buf *out)
{
    buf_text(out, "\xEF\xBB\xBF");
}

static void make_utf16_odd(struct buf *out)
{
    buf_add(out, "\xFF\xFE\x3D\xCC\xC5\xC5\x20", 7);
}

/* Has no □, nor another sign that can stand for a character that it lacks. */
static void make_no_box(struct buf *out)
{
    tiny_add(&(struct tiny){.family = "NoBox", .postscript = "NoBox"}, out);
}

/* Its licence forbids embedding. */
static void make_restricted(struct buf *out)
{
    tiny_add(&(struct tiny){.family = "Restricted", .postscript = "Restricted", .fs_type = 0x0002}, out);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*make)(struct buf *out);
    } files[] = {
        {"huge-line.txt", make_huge_line},   {"combining.txt", make_combining},
        {"many-lines.txt", make_many_lines}, {"deep.jsonl", make_deep},
        {"many-keys.jsonl", make_many_keys}, {"huge-number.jsonl", make_huge_number},
        {"digits.txt", make_digits},         {"bom-only.txt", make_bom_only},
        {"utf16-odd.txt", make_utf16_odd},   {"blank-lines.txt", make_blank_lines},
        {"marks.jsonl", make_marks},         {"regions.jsonl", make_regions},
        {"one-word.jsonl", make_one_word},   {"no-box.ttf", make_no_box},
        {"restricted.ttf", make_restricted},
    };
    struct err err = {0};
    if (argc != 2) {
        fputs("usage: make-hostile OUTDIR\n", stderr);
        return ERR_USAGE;
    }
    bool done = file_make_directory(argv[1], &err);
    for (size_t i = 0; done && i < sizeof files / sizeof files[0]; i++) {
        struct buf path = {0}, bytes = {0};
        buf_printf(&path, "%s/%s", argv[1], files[i].name);
        files[i].make(&bytes);
        done = file_publish(path.p, buf_view(&bytes), &err);
        buf_free(&bytes);
        buf_free(&path);
    }
    if (!done) {
        fprintf(stderr, "make-hostile: error: %s\n", err.text);
        return (int)err.kind;
    }
    return 0;
}
