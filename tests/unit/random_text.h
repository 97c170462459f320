/* Random text of everything that means something to Mustache, Markdown, HTML, URIs or the template room, and of code
 * points from all planes. */
#ifndef TESTS_RANDOM_TEXT_H
#define TESTS_RANDOM_TEXT_H
#include "base/arena.h"
#include "base/str.h"
#include "random_below.h"

/* Any but surrogates; the planes of private use more often than chance has it. */
static uint32_t random_code_point(void)
{
    static const struct {
        uint32_t from, n;
    } ranges[] = {{0, 0x80},       {0x80, 0x180},    {0x1100, 0x100},  {0x2000, 0x70},  {0x3000, 0x100},
                  {0xac00, 11172}, {0xe000, 0x1900}, {0xff00, 0x100},  {0xf0000, 0x20}, {0xffff0, 0x10},
                  {0x100000, 4},   {0x10fff0, 0x10}, {0x1f300, 0x400}, {0, 0xd800},     {0x10000, 0x100000}};
    size_t i = random_below(sizeof ranges / sizeof *ranges);
    return ranges[i].from + (uint32_t)random_below(ranges[i].n);
}

static struct str random_value(struct arena *in)
{
    static const char *const pieces[] = {"*",
                                         "**",
                                         "_",
                                         "`",
                                         "```",
                                         "|",
                                         "\\",
                                         "[",
                                         "]",
                                         "(",
                                         ")",
                                         "<",
                                         ">",
                                         "&amp;",
                                         "&",
                                         "#",
                                         "# ",
                                         "- ",
                                         "1. ",
                                         "> ",
                                         "---",
                                         "\n",
                                         "\n\n",
                                         "\t",
                                         " ",
                                         "  ",
                                         "{{x}}",
                                         "{{",
                                         "}}",
                                         "{.note}",
                                         "{#a}",
                                         "!",
                                         "~~",
                                         "\"",
                                         "'",
                                         "은(는)",
                                         "(으)로",
                                         "<b>",
                                         "<!--",
                                         "-->",
                                         "<br>",
                                         "한글",
                                         "가",
                                         "漢字",
                                         "a",
                                         "1",
                                         "http://x.kr",
                                         "\x01",
                                         "\xc2\xa0",
                                         "\xe2\x80\xa8",
                                         "\xef\xbb\xbf",
                                         "\xf3\xb0\x80\x80",
                                         "\xf3\xb0\x80\x81",
                                         "\xf4\x80\x80\x80",
                                         "\xf4\x8f\xbf\xbd",
                                         "\xf0\x9f\x98\x80",
                                         "=",
                                         ":---|",
                                         "title=",
                                         "unit=",
                                         "\r\n",
                                         "\\|",
                                         "www.x.kr",
                                         "~~~",
                                         "| --- |",
                                         "[^a]",
                                         "[^a]: ",
                                         "]{.sup}",
                                         "{.end}",
                                         "{.box}",
                                         "{{>x}}",
                                         "{{#x}}",
                                         "{{/x}}",
                                         "x|원",
                                         "```table x\n",
                                         "columns=",
                                         "->",
                                         "&#x41;",
                                         "javascript:",
                                         "\xe2\x80\xae",
                                         "\xe2\x81\xa6",
                                         "\xe2\x80\x8b",
                                         "\xe2\x80\x8d",
                                         "\xcc\x81",
                                         "\xe1\x84\x80\xe1\x85\xa1",
                                         "\xc2\xad",
                                         "\x7f",
                                         "\xc2\x85",
                                         "\xe3\x80\x80",
                                         "\xef\xbf\xbe",
                                         "\xf3\xbf\xbf\xbf",
                                         "[page]\n",
                                         "%41",
                                         "@",
                                         "$"};
    struct buf text = {0};
    for (size_t n = 1 + random_below(12); n > 0; n--)
        if (random_below(4))
            buf_text(&text, pieces[random_below(sizeof pieces / sizeof *pieces)]);
        else
            buf_utf8(&text, random_code_point());
    struct str result = str_copy(in, buf_view(&text));
    buf_free(&text);
    return result;
}

#endif
