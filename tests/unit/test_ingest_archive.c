/* Archives and compressed files: what comes out of them, what is passed over, and what is a fault of the whole. */
#include "archive_fixture.h"

#include "base/arena.h"
#include "ingest/reader.h"

/* What was put: "name|kind|code or first bytes" a line. */
struct seen {
    struct buf list;
    struct err err;
    bool ok;
    size_t items, bytes;
};

static bool note(void *context, const struct item *item, struct err *err)
{
    struct seen *seen = context;
    (void)err;
    seen->items++;
    seen->bytes += item->text.n;
    if (item->kind == ITEM_REJECT)
        buf_printf(&seen->list, "%s|%s\n", item->name, item->code);
    else
        buf_printf(&seen->list, "%s|" STR_FMT "\n", item->name, STR_ARG(str_slice(item->text, 0, 12)));
    return true;
}

static struct seen split(const char *name, struct str bytes)
{
    struct seen seen = {0};
    const struct ingest_options options = {.format = "auto", .encoding = "auto"};
    struct stream *stream = stream_memory(bytes);
    const struct input input = {.name = name, .stream = stream, .options = &options};
    const struct sink sink = {note, &seen};
    buf_text(&seen.list, "");
    seen.ok = readers_split(&input, &sink, &seen.err);
    stream_close(stream);
    return seen;
}

static void assert_seen(const char *name, struct str bytes, const char *want)
{
    struct seen seen = split(name, bytes);
    if (!seen.ok)
        fprintf(stderr, "%s\n", seen.err.text);
    assert_true(seen.ok);
    assert_string_equal(seen.list.p, want);
    buf_free(&seen.list);
}

static void assert_fault(struct str bytes, const char *part)
{
    struct seen seen = split("a", bytes);
    assert_false(seen.ok);
    assert_int_equal(seen.err.kind, ERR_INPUT);
    if (!strstr(seen.err.text, part))
        fprintf(stderr, "\"%s\" is not in \"%s\"\n", part, seen.err.text);
    assert_non_null(strstr(seen.err.text, part));
    buf_free(&seen.list);
}

static const struct part PARTS[] = {
    {"b.md", {"first text", 10}},
    {"dir/a.txt", {"second", 6}},
    {"../../etc/x", {"third", 5}},
};
static const char PARTS_SEEN[] = "x!b.md|first text\nx!dir/a.txt|second\nx!../../etc/x|third\n";
static const char *const CODECS[] = {"none", "gzip", "zstd", "xz", "bzip2"};

static void every_tar_in_every_codec(void **state)
{
    (void)state;
    static const char *const formats[] = {"ustar", "pax", "gnutar", "v7tar"};
    for (size_t f = 0; f < 4; f++)
        for (size_t c = 0; c < 5; c++) {
            struct buf bytes = archive_of(PARTS, 3, formats[f], CODECS[c]);
            assert_seen("x", buf_view(&bytes), PARTS_SEEN);
            buf_free(&bytes);
        }
}

static void a_compressed_file_keeps_its_name(void **state)
{
    (void)state;
    for (size_t c = 1; c < 5; c++) {
        struct buf bytes = packed_of(STR("some text"), CODECS[c]);
        assert_seen("a.txt.z", buf_view(&bytes), "a.txt.z|some text\n");
        buf_free(&bytes);
        bytes = packed_of(STR(""), CODECS[c]);
        assert_seen("a.txt.z", buf_view(&bytes), "a.txt.z|empty-file\n");
        buf_free(&bytes);
    }
}

static void members_of_one_compressed_file_are_joined(void **state)
{
    (void)state;
    for (size_t c = 1; c < 5; c++) {
        struct buf one = packed_of(STR("some "), CODECS[c]), two = packed_of(STR("text"), CODECS[c]);
        buf_str(&one, buf_view(&two));
        assert_seen("a", buf_view(&one), "a|some text\n");
        buf_free(&one);
        buf_free(&two);
    }
    struct buf one = packed_of(STR("some text"), "gzip");
    buf_add(&one, "\0\0\0\0", 4); /* a tape's padding */
    assert_seen("a", buf_view(&one), "a|some text\n");
    buf_text(&one, "more");
    assert_fault(buf_view(&one), "other bytes behind");
    buf_free(&one);
}

/* Text that does not compress to nothing. */
static struct buf noise(size_t n)
{
    struct buf out = {0};
    uint32_t x = 1;
    for (size_t i = 0; i < n; i++) {
        x = x * 1664525 + 1013904223;
        buf_char(&out, (char)('a' + (x >> 24) % 26));
    }
    return out;
}

static void cut_short_is_a_fault(void **state)
{
    (void)state;
    struct buf text = noise(3000);
    for (size_t c = 1; c < 5; c++) {
        struct buf bytes = packed_of(buf_view(&text), CODECS[c]);
        for (size_t n = 14; n < bytes.n; n += 7) {
            struct seen seen = split("a", str_slice(buf_view(&bytes), 0, n));
            assert_false(seen.ok);
            assert_int_equal(seen.err.kind, ERR_INPUT);
            assert_non_null(strstr(seen.err.text, "cut short"));
            buf_free(&seen.list);
        }
        struct seen seen = split("a", str_slice(buf_view(&bytes), 0, bytes.n - 1));
        assert_false(seen.ok);
        buf_free(&seen.list);
        buf_free(&bytes);
    }
    buf_free(&text);
    struct buf tar = archive_of(PARTS, 3, "ustar", "none");
    for (size_t n = 512; n <= 6 * 512; n += 64) /* three headers, three texts, then two empty blocks */
        assert_fault(str_slice(buf_view(&tar), 0, n), "");
    assert_fault(str_slice(buf_view(&tar), 0, 2 * 512), "without end");
    buf_free(&tar);
}

static void damage_is_a_fault(void **state)
{
    (void)state;
    struct buf text = noise(3000);
    for (size_t c = 1; c < 5; c++) {
        struct buf bytes = packed_of(buf_view(&text), CODECS[c]);
        for (size_t at = bytes.n / 2; at < bytes.n - 20; at += 97) {
            bytes.p[at] = (char)(bytes.p[at] ^ 4);
            struct seen seen = split("a", buf_view(&bytes));
            if (c != 2) /* zstd as libarchive writes it has no checksum */
                assert_false(seen.ok);
            buf_free(&seen.list);
            bytes.p[at] = (char)(bytes.p[at] ^ 4);
        }
        buf_free(&bytes);
    }
    struct buf bytes = packed_of(buf_view(&text), "gzip");
    bytes.p[bytes.n - 6] ^= 1; /* the checksum itself */
    assert_fault(buf_view(&bytes), "incorrect data check");
    buf_free(&bytes);
    buf_free(&text);
    bytes = archive_of(PARTS, 3, "ustar", "none");
    bytes.p[2 * 512 + 5] ^= 1; /* the second member's header */
    assert_fault(buf_view(&bytes), "amaged tar archive");
    buf_free(&bytes);
}

static void junk_is_passed_over_in_silence(void **state)
{
    (void)state;
    static const char *const junk[] = {".DS_Store",   "a/.DS_Store", "__MACOSX/._b.md", "._b.md",    ".git/config",
                                       "x/Thumbs.db", "desktop.ini", "a/.hidden/b.md",  "thumbs.DB", "a/~$b.xlsx"};
    static const char *const good[] = {"a.md",         "./a.md",      "../a.md", "a/../b.md",
                                       "Thumbs.db.md", "x__MACOSX/a", "~a",      ""};
    struct part parts[11];
    for (size_t i = 0; i < 10; i++) {
        assert_true(archive_is_junk(junk[i]));
        parts[i] = (struct part){junk[i], STR("junk")};
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_false(archive_is_junk(good[i]));
    parts[10] = (struct part){"./good.txt", STR("good")};
    struct buf tar = archive_of(parts, 11, "ustar", "none");
    assert_seen("x", buf_view(&tar), "x!./good.txt|good\n");
    buf_free(&tar);
    tar = archive_of(parts, 10, "ustar", "gzip");
    assert_seen("x", buf_view(&tar), "x|empty-file\n");
    buf_free(&tar);
    tar = archive_of(parts, 0, "ustar", "none");
    assert_seen("x", buf_view(&tar), "x|empty-file\n");
    buf_free(&tar);
}

static void what_no_reader_takes_stops_nothing(void **state)
{
    (void)state;
    const struct part parts[] = {
        {"p.pdf", STR("%PDF-1.7 …")},         {"p.png", STR("\x89PNG\r\n")},       {"empty.txt", STR("")},
        {"p.7z", STR("7z\xbc\xaf\x27\x1c…")}, {"p.lz4", STR("\x04\x22\x4d\x18…")}, {"a.txt", STR("a text")}};
    struct buf tar = archive_of(parts, 6, "pax", "xz");
    assert_seen("x", buf_view(&tar),
                "x!p.pdf|unsupported-format\nx!p.png|unsupported-format\nx!empty.txt|empty-file\n"
                "x!p.7z|unsupported-format\nx!p.lz4|unsupported-format\nx!a.txt|a text\n");
    buf_free(&tar);
}

static void links_and_devices_are_named(void **state)
{
    (void)state;
    struct buf tar = archive_of(PARTS, 3, "ustar", "none");
    enum { TYPE = 156, SUM = 148 };
    static const char types[] = {'2', '1', '6'};
    for (size_t i = 0; i < sizeof types; i++) {
        char *header = tar.p, old = header[TYPE];
        unsigned sum = 8 * ' ';
        header[TYPE] = types[i];
        memset(header + 124, '0', 11); /* none of them has a size … */
        memcpy(header + 157, "b.md", 5);
        for (size_t k = 0; k < 512; k++)
            sum += k >= SUM && k < SUM + 8 ? 0 : (unsigned char)header[k];
        snprintf(header + SUM, 8, "%06o", sum);
        memmove(tar.p + 512, tar.p + 1024, tar.n - 1024); /* … nor data */
        tar.n -= 512;
        struct seen seen = split("x", buf_view(&tar));
        assert_true(seen.ok);
        assert_non_null(strstr(seen.list.p, "x!b.md|no-file\nx!dir/a.txt|second\n"));
        buf_free(&seen.list);
        tar.p[TYPE] = old;
        buf_free(&tar);
        tar = archive_of(PARTS, 3, "ustar", "none");
    }
    buf_free(&tar);
}

static void containers_nest_to_a_depth(void **state)
{
    (void)state;
    struct buf bytes = archive_of(PARTS, 1, "ustar", "gzip");
    static const char *const want[] = {"x!b.md|first text\n", "x!in!b.md|first text\n", "x!in!in!b.md|first text\n",
                                       "x!in!in!in|too-deep\n", "x!in!in!in|too-deep\n"};
    for (size_t i = 0; i < 5; i++) {
        assert_seen("x", buf_view(&bytes), want[i]);
        const struct part part = {"in", buf_view(&bytes)};
        struct buf outer = archive_of(&part, 1, i % 2 ? "pax" : "ustar", i % 2 ? "xz" : "gzip");
        buf_free(&bytes);
        bytes = outer;
    }
    buf_free(&bytes);
    bytes = packed_of(STR("text"), "gzip");
    for (size_t i = 0; i < 3; i++) {
        struct buf outer = packed_of(buf_view(&bytes), "gzip");
        buf_free(&bytes);
        bytes = outer;
    }
    assert_seen("x", buf_view(&bytes), "x|too-deep\n");
    buf_free(&bytes);
}

static void a_fault_inside_names_the_member(void **state)
{
    (void)state;
    struct buf gz = packed_of(STR("some text that is long enough to be cut"), "gzip");
    const struct part inner[] = {{"good.txt", STR("good")}, {"b.txt.gz", str_slice(buf_view(&gz), 0, gz.n - 3)}};
    struct buf tar = archive_of(inner, 2, "ustar", "zstd");
    assert_fault(buf_view(&tar), "b.txt.gz: cut short");
    const struct part outer = {"in.tar.zst", buf_view(&tar)};
    struct buf both = archive_of(&outer, 1, "ustar", "none");
    assert_fault(buf_view(&both), "in.tar.zst: b.txt.gz: cut short");
    buf_free(&both);
    buf_free(&tar);
    buf_free(&gz);
}

static void bombs_are_told_while_they_inflate(void **state)
{
    (void)state;
    enum { N = 60 << 20 };
    struct buf zeros = {0};
    memset(buf_room(&zeros, N), 'a', N);
    zeros.n = N;
    for (size_t c = 1; c < 5; c++) {
        struct buf bomb = packed_of(buf_view(&zeros), CODECS[c]);
        assert_fault(buf_view(&bomb), "unpacks to more than 100 times");
        struct buf outer = packed_of(buf_view(&bomb), "gzip"); /* each layer by itself may stay below */
        assert_fault(buf_view(&outer), "unpacks to more than 100 times");
        buf_free(&outer);
        const struct part parts[] = {{"a.txt", STR("text")}, {"bomb", buf_view(&bomb)}};
        outer = archive_of(parts, 2, "ustar", "none");
        assert_fault(buf_view(&outer), "bomb: unpacks to more than 100 times");
        buf_free(&outer);
        buf_free(&bomb);
    }
    /* Many that stay below the floor one by one. */
    struct buf small = packed_of(str_slice(buf_view(&zeros), 0, METER_FLOOR / 4), "zstd");
    struct part parts[12];
    for (size_t i = 0; i < 12; i++)
        parts[i] = (struct part){"small", buf_view(&small)};
    struct buf outer = archive_of(parts, 12, "ustar", "none");
    assert_fault(buf_view(&outer), "unpacks to more than 100 times");
    buf_free(&outer);
    buf_free(&small);
    buf_free(&zeros);
}

static void holes_are_no_content(void **state)
{
    (void)state;
    struct buf out = {0};
    struct archive *a = archive_write_new();
    archive_write_set_format_pax(a);
    archive_write_open(a, &out, NULL, archive_into, NULL);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, "huge.txt");
    archive_entry_set_size(entry, (la_int64_t)1 << 40);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_sparse_add_entry(entry, 0, 4);
    archive_write_header(a, entry);
    archive_write_data(a, "text", 4);
    archive_entry_free(entry);
    archive_write_close(a);
    archive_write_free(a);
    assert_seen("x", buf_view(&out), "x!huge.txt|no-file\n");
    buf_free(&out);
}

static void names_are_shown_clean(void **state)
{
    (void)state;
    const struct part parts[] = {{"\xb0\xa1\xb3\xaa.txt", STR("cp949")},
                                 {"\xea\xb0\x80.txt", STR("utf-8")},
                                 {"\xe1\x84\x80\xe1\x85\xa1.txt", STR("decomposed")},
                                 {"\xff\xff.txt", STR("neither")},
                                 {"a\x1b[31m\nb.txt", STR("controls")}};
    struct buf tar = archive_of(parts, 5, "gnutar", "none");
    assert_seen("x", buf_view(&tar),
                "x!가나.txt|cp949\nx!가.txt|utf-8\nx!가.txt|decomposed\nx!\xef\xbf\xbd\xef\xbf\xbd.txt|neither\n"
                "x!a?[31m?b.txt|controls\n");
    buf_free(&tar);
}

static void archives_in_a_row_are_read_to_the_end(void **state)
{
    (void)state;
    struct buf one = archive_of(PARTS, 1, "ustar", "none"), two = archive_of(PARTS + 1, 1, "pax", "none");
    buf_str(&one, buf_view(&two));
    assert_seen("x", buf_view(&one), "x!b.md|first text\nx!dir/a.txt|second\n");
    buf_free(&one);
    buf_free(&two);
}

static void a_large_member_is_a_stream(void **state)
{
    (void)state;
    struct buf records = {0};
    for (int i = 0; i < 100000; i++)
        buf_printf(&records, "{\"title\":\"%d\",\"body\":\"text %d of many\"}\n", i, i * 7919);
    const struct part parts[] = {{"r.jsonl", buf_view(&records)}, {"a.txt", STR("behind it")}};
    struct buf tar = archive_of(parts, 2, "ustar", "zstd");
    struct seen seen = split("x", buf_view(&tar));
    assert_true(seen.ok);
    assert_true(seen.bytes > records.n - 200000); /* newlines may go */
    assert_non_null(strstr(seen.list.p, "x!a.txt|behind it\n"));
    buf_free(&seen.list);
    buf_free(&tar);
    buf_free(&records);
}

static void zip_archives_are_read_alike(void **state)
{
    (void)state;
    struct buf zip = archive_of(PARTS, 3, "zip", "none");
    assert_seen("x", buf_view(&zip), PARTS_SEEN);
    const struct part parts[] = {{"in.zip", buf_view(&zip)}, {"__MACOSX/._b", STR("junk")}, {"a.txt", STR("a text")}};
    for (int i = 0; i < 2; i++) {
        struct buf outer = archive_of(parts, 3, i ? "ustar" : "zip", i ? "xz" : "none");
        assert_seen("x", buf_view(&outer),
                    "x!in.zip!b.md|first text\nx!in.zip!dir/a.txt|second\nx!in.zip!../../etc/x|third\n"
                    "x!a.txt|a text\n");
        buf_free(&outer);
    }
    buf_free(&zip);
    zip = archive_of(PARTS, 0, "zip", "none");
    assert_seen("x", buf_view(&zip), "x|empty-file\n");
    buf_free(&zip);
}

static void documents_are_no_archives(void **state)
{
    (void)state;
    const struct part word[] = {{"[Content_Types].xml", STR("<Types/>")}, {"word/document.xml", STR("<w/>")}};
    const struct part hangul[] = {{"mimetype", STR("application/hwp+zip")}, {"Contents/section0.xml", STR("<s/>")}};
    struct buf zip = archive_of(word, 2, "zip", "none");
    assert_seen("x", buf_view(&zip), "x|unsupported-format\n");
    buf_free(&zip);
    zip = archive_of(hangul, 2, "zip", "none");
    assert_seen("x", buf_view(&zip), "x|unsupported-format\n");
    buf_free(&zip);
}

static void faulty_zip_members_are_named(void **state)
{
    (void)state;
    struct buf gz = packed_of(STR("some text that is long enough to be cut"), "gzip");
    const struct part parts[] = {{"good.txt", STR("good")}, {"b.txt.gz", str_slice(buf_view(&gz), 0, gz.n - 3)}};
    struct buf zip = archive_of(parts, 2, "zip", "none");
    assert_fault(buf_view(&zip), "b.txt.gz: cut short");
    size_t at = str_find(buf_view(&zip), STR("PK\1\2"), 0);
    zip.p[at + 8] |= 1; /* general purpose flags: encrypted */
    struct seen seen = split("a", buf_view(&zip));
    assert_false(seen.ok);
    assert_int_equal(strncmp(seen.err.text, "good.txt: ", 10), 0);
    assert_null(strstr(seen.err.text + 1, "good.txt")); /* once */
    buf_free(&seen.list);
    buf_free(&zip);
    buf_free(&gz);
}

static void zip_bombs_too(void **state)
{
    (void)state;
    enum { N = 60 << 20 };
    struct buf zeros = {0};
    memset(buf_room(&zeros, N), 'a', N);
    zeros.n = N;
    const struct part part = {"a.txt", buf_view(&zeros)};
    struct buf zip = archive_of(&part, 1, "zip", "none"), gz = packed_of(buf_view(&zeros), "zstd");
    assert_fault(buf_view(&zip), "a.txt: unpacks to more than 100 times");
    const struct part inner = {"b.gz", buf_view(&gz)};
    struct buf outer = archive_of(&inner, 1, "zip", "none");
    assert_fault(buf_view(&outer), "b.gz: unpacks to more than 100 times");
    buf_free(&outer);
    buf_free(&zip);
    buf_free(&gz);
    buf_free(&zeros);
}

static void what_needs_too_much_memory_is_refused(void **state)
{
    (void)state;
    struct buf xz = packed_of(STR("some text"), "xz");
    assert_seen("x", buf_view(&xz), "x|some text\n");
    enum { BITS = 16 }; /* header 12, block header's size and flags, filter, its size: then the dictionary's bits */
    assert_int_equal(xz.p[BITS - 2], 0x21);
    xz.p[BITS] = 30;
    assert_fault(buf_view(&xz), ""); /* 128 MiB would do, but the block header's checksum does not */
    xz.p[BITS] = 31;
    assert_fault(buf_view(&xz), "needs 192 MiB of memory");
    xz.p[BITS] = 40;
    assert_fault(buf_view(&xz), "needs 4095 MiB of memory");
    buf_free(&xz);
}

static void a_member_too_large_for_a_page_stops_nothing(void **state)
{
    (void)state;
    struct buf text = noise(100000);
    const struct part parts[] = {{"large.txt", buf_view(&text)}, {"a.txt", STR("a text")}};
    struct buf tar = archive_of(parts, 2, "ustar", "gzip");
    const struct ingest_options options = {.format = "auto", .encoding = "auto", .file_limit = 99999};
    struct seen seen = {0};
    struct stream *stream = stream_memory(buf_view(&tar));
    const struct input input = {.name = "x", .stream = stream, .options = &options};
    const struct sink sink = {note, &seen};
    assert_true(readers_split(&input, &sink, &seen.err));
    assert_string_equal(seen.list.p, "x!large.txt|too-large\nx!a.txt|a text\n");
    stream_close(stream);
    buf_free(&seen.list);
    buf_free(&tar);
    buf_free(&text);
}

static bool stop(void *context, const struct item *item, struct err *err)
{
    (void)item;
    return ++*(int *)context < 2 || (context == NULL && err_set(err, ERR_IO, "never"));
}

static void the_sink_can_stop_it(void **state)
{
    (void)state;
    struct buf tar = archive_of(PARTS, 3, "ustar", "gzip");
    const struct ingest_options options = {.format = "auto", .encoding = "auto"};
    struct stream *stream = stream_memory(buf_view(&tar));
    const struct input input = {.name = "x", .stream = stream, .options = &options};
    int calls = 0;
    const struct sink sink = {stop, &calls};
    struct err err = {0};
    assert_false(readers_split(&input, &sink, &err));
    assert_int_equal(calls, 2);
    assert_int_equal(err.kind, ERR_NONE);
    stream_close(stream);
    buf_free(&tar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tar_in_every_codec),
        cmocka_unit_test(a_compressed_file_keeps_its_name),
        cmocka_unit_test(members_of_one_compressed_file_are_joined),
        cmocka_unit_test(cut_short_is_a_fault),
        cmocka_unit_test(damage_is_a_fault),
        cmocka_unit_test(junk_is_passed_over_in_silence),
        cmocka_unit_test(what_no_reader_takes_stops_nothing),
        cmocka_unit_test(links_and_devices_are_named),
        cmocka_unit_test(containers_nest_to_a_depth),
        cmocka_unit_test(a_fault_inside_names_the_member),
        cmocka_unit_test(bombs_are_told_while_they_inflate),
        cmocka_unit_test(holes_are_no_content),
        cmocka_unit_test(names_are_shown_clean),
        cmocka_unit_test(archives_in_a_row_are_read_to_the_end),
        cmocka_unit_test(a_large_member_is_a_stream),
        cmocka_unit_test(zip_archives_are_read_alike),
        cmocka_unit_test(documents_are_no_archives),
        cmocka_unit_test(faulty_zip_members_are_named),
        cmocka_unit_test(zip_bombs_too),
        cmocka_unit_test(what_needs_too_much_memory_is_refused),
        cmocka_unit_test(a_member_too_large_for_a_page_stops_nothing),
        cmocka_unit_test(the_sink_can_stop_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
