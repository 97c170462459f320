#include "layout/style.h"

#define MM(x) ((float)((x)*72.0 / 25.4))

const struct sheet sheet = {
    .width = 595.276F,
    .height = 841.89F,
    .top = MM(23),
    .right = MM(20),
    .bottom = MM(21),
    .left = MM(20),
    .head = MM(14),
    .head_rule = MM(16.5),
    .foot = MM(286),
};

#define PRIMARY_50                                                                                                     \
    {                                                                                                                  \
        0x25, 0x6e, 0xf4                                                                                               \
    }
#define PRIMARY_60                                                                                                     \
    {                                                                                                                  \
        0x0b, 0x50, 0xd0                                                                                               \
    }
#define PRIMARY_80                                                                                                     \
    {                                                                                                                  \
        0x05, 0x25, 0x61                                                                                               \
    }
#define GRAY_90                                                                                                        \
    {                                                                                                                  \
        0x1e, 0x21, 0x24                                                                                               \
    }
#define GRAY_70                                                                                                        \
    {                                                                                                                  \
        0x46, 0x4c, 0x53                                                                                               \
    }
#define GRAY_50                                                                                                        \
    {                                                                                                                  \
        0x6d, 0x78, 0x82                                                                                               \
    }
#define GRAY_20                                                                                                        \
    {                                                                                                                  \
        0xcd, 0xd1, 0xd5                                                                                               \
    }
#define GRAY_5                                                                                                         \
    {                                                                                                                  \
        0xf4, 0xf5, 0xf6                                                                                               \
    }
#define DANGER_50                                                                                                      \
    {                                                                                                                  \
        0xde, 0x34, 0x12                                                                                               \
    }
#define SUCCESS_50                                                                                                     \
    {                                                                                                                  \
        0x22, 0x87, 0x38                                                                                               \
    }

const struct palette palette = {
    .primary_50 = PRIMARY_50,
    .primary_60 = PRIMARY_60,
    .primary_80 = PRIMARY_80,
    .gray_90 = GRAY_90,
    .gray_70 = GRAY_70,
    .gray_50 = GRAY_50,
    .gray_20 = GRAY_20,
    .gray_5 = GRAY_5,
    .danger_50 = DANGER_50,
    .success_50 = SUCCESS_50,
};

#define SET(r, s, l, ...) .role = (r), .size = (s), .leading = (l), .colour = __VA_ARGS__

const struct text_style style_head = {SET(ROLE_TEXT, 8, 12, GRAY_50), .align = ALIGN_LEFT, .keep_words = true};
const struct text_style style_foot = {SET(ROLE_TEXT, 9, 12, GRAY_50), .align = ALIGN_CENTER};
const struct text_style style_mark = {SET(ROLE_TEXT, 10.5F, 17, PRIMARY_80), .tabular = true};
const struct text_style style_code = {SET(ROLE_MONO, 8.5F, 13, GRAY_90)};
const struct text_style style_card_label = {SET(ROLE_TEXT, 9, 13, GRAY_50), .keep_words = true};
const struct text_style style_card_value = {SET(ROLE_STRONG, 20, 28, PRIMARY_80), .keep_words = true};
const struct text_style style_card_note = {SET(ROLE_TEXT, 9, 13, GRAY_70), .keep_words = true};
const struct text_style style_chart_label = {SET(ROLE_TEXT, 9, 12, GRAY_90), .align = ALIGN_RIGHT, .keep_words = true};
const struct text_style style_chart_value = {SET(ROLE_TEXT, 9, 12, GRAY_70), .keep_words = true, .tabular = true};

const float style_hairline = 0.5F;
const float style_list_gap = 2;
const float style_list_after = 8;
const float style_object_after = 12;
const float style_quote_indent = 16;
const float style_quote_bar = 2;
const float style_code_pad = 8;

static const struct block_style headings[] = {
    {"h1", {SET(ROLE_STRONG, 16, 24, PRIMARY_80), .keep_words = true}, 24, 8, true, false, true},
    {"h2", {SET(ROLE_STRONG, 13, 20, PRIMARY_60), .keep_words = true}, 18, 6, true, false, true},
    {"h3", {SET(ROLE_STRONG, 11, 18, GRAY_90), .keep_words = true}, 14, 4, true, false, true},
    {"h4", {SET(ROLE_STRONG, 10.5F, 17, GRAY_70), .keep_words = true}, 12, 4, true, false, true},
};

static const struct block_style paragraphs[] = {
    {"", {SET(ROLE_TEXT, 10.5F, 17, GRAY_90), .justify = true}, 0, 6, false, false, false},
    /* A paragraph that is strong from end to end is the title of what follows. */
    {"run-in", {SET(ROLE_TEXT, 10.5F, 17, GRAY_90), .keep_words = true}, 10, 2, true, false, true},
    {"title", {SET(ROLE_STRONG, 22, 32, PRIMARY_80), .keep_words = true}, 0, 4, true, false, true},
    {"subtitle", {SET(ROLE_TEXT, 12, 20, GRAY_50), .keep_words = true}, 0, 24, true, false, true},
    {"lead", {SET(ROLE_TEXT, 12, 20, GRAY_90), .justify = true}, 0, 12, false, false, false},
    {"caption", {SET(ROLE_STRONG, 9.5F, 14, GRAY_90), .keep_words = true}, 12, 4, true, false, true},
    {"unit", {SET(ROLE_TEXT, 8.5F, 12, GRAY_50), .align = ALIGN_RIGHT, .keep_words = true}, 8, 4, true, false, true},
    {"note", {SET(ROLE_TEXT, 8.5F, 13, GRAY_50), .keep_words = true}, 4, 12, false, true, false},
    {"source", {SET(ROLE_TEXT, 8.5F, 13, GRAY_50), .keep_words = true}, 4, 12, false, true, false},
    {"center",
     {SET(ROLE_TEXT, 10.5F, 17, GRAY_90), .align = ALIGN_CENTER, .keep_words = true},
     0,
     6,
     false,
     false,
     false},
    {"right",
     {SET(ROLE_TEXT, 10.5F, 17, GRAY_90), .align = ALIGN_RIGHT, .keep_words = true},
     0,
     6,
     false,
     false,
     false},
};

const struct block_style *style_heading(int level)
{
    int last = (int)(sizeof headings / sizeof *headings) - 1;
    int i = level < 1 ? 0 : level - 1;
    return &headings[i > last ? last : i];
}

const struct block_style *style_paragraph(struct str name)
{
    for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++) {
        if (str_equal(name, str_from(paragraphs[i].name)))
            return &paragraphs[i];
    }
    return NULL;
}

struct cell_style style_cell(size_t columns)
{
    struct cell_style cell = {{SET(ROLE_TEXT, 9, 13, GRAY_90), .keep_words = true}, 6, 3};
    if (columns >= 8) {
        cell.text.size = 8.5F;
        cell.text.leading = 12;
        cell.pad_x = 4;
    }
    if (columns >= 12) {
        cell.text.size = 8;
        cell.pad_x = 3;
    }
    return cell;
}

float style_baseline(const struct text_style *style)
{
    return (style->leading - style->size) / 2 + 0.88F * style->size;
}
