/* What the tests of the out room share: pages made by hand with glyphs that HarfBuzz shaped, and running other
 * programs. */
#ifndef TESTS_OUT_PAGE_H
#define TESTS_OUT_PAGE_H
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "layout/page.h"

#include <fcntl.h>
#include <hb-ot.h>
#include <hb.h>
#include <math.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

extern char **environ;

static const char NOTO[] = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"; /* face 1 is KR */
static const char NANUM[] = "/usr/share/fonts/truetype/nanum/NanumGothic.ttf";

struct test_face {
    struct face face;
    hb_face_t *hb;
    hb_font_t *font;
    char name[64];
};

/* False where the font is not installed. */
static inline bool test_face_open(struct test_face *f, const char *path, unsigned index, int id)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    *f = (struct test_face){0};
    if (!blob) {
        print_message("skipped: %s is not installed\n", path);
        return false;
    }
    f->hb = hb_face_create(blob, index);
    f->font = hb_font_create(f->hb);
    unsigned length, size = sizeof f->name;
    const char *bytes = hb_blob_get_data(blob, &length);
    hb_blob_t *cff = hb_face_reference_table(f->hb, HB_TAG('C', 'F', 'F', ' '));
    hb_ot_name_get_utf8(f->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, f->name);
    f->face = (struct face){
        .id = id,
        .name = {f->name, strlen(f->name)},
        .data = {bytes, length},
        .index = index,
        .units = hb_face_get_upem(f->hb),
        .glyphs = hb_face_get_glyph_count(f->hb),
        .is_cff = hb_blob_get_length(cff) > 0,
        .ascent = 880,
        .descent = -120,
        .cap_height = 733,
        .bbox = {-100, -250, 1100, 950},
        .weight = 400,
        .may_embed = true,
        .may_subset = true,
    };
    hb_blob_destroy(cff);
    hb_blob_destroy(blob);
    return true;
}

static inline void test_face_close(struct test_face *f)
{
    hb_font_destroy(f->font);
    hb_face_destroy(f->hb);
}

/* One line of text at (x, y), with `spread` points more at every space. Lives in the arena. */
static inline struct op test_text(struct arena *arena, const struct test_face *f, double size, double x, double y,
                                  const char *text, double spread)
{
    struct op op = {.kind = OP_TEXT, .x = (float)x, .y = (float)y, .size = (float)size, .face = &f->face};
    op.text = str_copy(arena, str_from(text));
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, op.text.p, (int)op.text.n, 0, (int)op.text.n);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(f->font, buffer, NULL, 0);
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &n);
    struct glyph *glyphs = ARENA_ARRAY(arena, n + 1, struct glyph);
    double scale = size / f->face.units;
    for (unsigned i = 0; i < n; i++)
        glyphs[i] = (struct glyph){
            .id = (uint16_t)info[i].codepoint,
            .natural = (uint16_t)hb_font_get_glyph_h_advance(f->font, info[i].codepoint),
            .advance = (float)(at[i].x_advance * scale + (op.text.p[info[i].cluster] == ' ' ? spread : 0)),
            .dx = (float)(at[i].x_offset * scale),
            .dy = (float)(-at[i].y_offset * scale),
            .cluster = info[i].cluster,
        };
    hb_buffer_destroy(buffer);
    op.glyphs = glyphs;
    op.n = n;
    return op;
}

/* Runs a program and takes its standard output. Returns its exit status, or -1 where it is not installed. */
static inline int test_run(const char *const argv[], struct buf *out)
{
    int ends[2];
    pid_t child;
    posix_spawn_file_actions_t files;
    if (pipe2(ends, O_CLOEXEC))
        return -1;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[1], 1);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(&child, argv[0], &files, NULL, (char **)(uintptr_t)argv, environ);
    posix_spawn_file_actions_destroy(&files);
    close(ends[1]);
    char part[4096];
    ssize_t got;
    while (!failed && (got = read(ends[0], part, sizeof part)) > 0)
        buf_add(out, part, (size_t)got);
    close(ends[0]);
    if (failed) {
        print_message("skipped: %s is not installed\n", argv[0]);
        return -1;
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* Writes bytes to a new temporary file; `path` is a template that ends in XXXXXX. */
static inline void test_write(char *path, struct str bytes)
{
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    for (size_t at = 0; at < bytes.n;) {
        ssize_t put = write(fd, bytes.p + at, bytes.n - at);
        assert_true(put > 0);
        at += (size_t)put;
    }
    close(fd);
}

#endif
