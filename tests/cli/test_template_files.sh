# A user's template: parts beside it and built in, another template with some blocks changed, its own style sheet.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db sample.db "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1
mkdir mine
as_doc() { "$BIN" --month 2024-01 --db sample.db --as doc --template "$@" 2>&1; }

printf '%s\n' '---' '[page]' 'left = 40mm' '[style 우리]' 'size = 9' '---' '' '{.우리}' '{{기간}}' '' '{{>꼬리}}' > mine/a.md
printf '%s\n' '{.note}' '끝 {{기준일|요일}}' > mine/꼬리.md
is "a style and a part of one's own" "$(as_doc mine/a.md | tail -n 2 | cut -d: -f1)" "$(printf 'paragraph .우리\nparagraph .note')"
sed 's/우리}/우라}/' mine/a.md > mine/b.md
is "a style that is not there" "$(as_doc mine/b.md)" "briefgen: error: mine/b.md:8: unknown style or option .우라 in {.우라}; did you mean 우리?"
sed 's/size = 9/size = -9/' mine/a.md > mine/b.md
is "a size that is none" "$(as_doc mine/b.md)" "briefgen: error: mine/b.md:5: size = -9: not between 1 and 300 pt"
sed 's/꼬리/꼬라/' mine/a.md > mine/b.md
is "a part that is not there" "$(as_doc mine/b.md)" "briefgen: error: mine/b.md:11: {{>꼬라}}: there is no 꼬라.md beside the template, nor built in; did you mean {{>꼬리}}?"
printf '%s\n' '{{!첫 줄}}' '{{기간|원}}' > mine/꼬리.md
is "a mistake in a part" "$(as_doc mine/a.md)" "briefgen: error: mine/꼬리.md:2: {{기간|원}}: the filter 원 is for a number; this is text"
printf '{{>꼬리}}{{>../a}}' > mine/꼬리.md
is "a part without end" "$(as_doc mine/a.md)" "briefgen: error: mine/꼬리.md:1: {{>꼬리}}: partials in partials deeper than 32; does it call itself?"
printf '{{>../a}}' > mine/꼬리.md
is "a part elsewhere" "$(as_doc mine/a.md)" "briefgen: error: mine/꼬리.md:1: {{>../a}}: there is no ../a.md beside the template, nor built in; did you mean {{>a}}?"

# A file of the same name as a built-in template changes that one.
printf '{{<monthly}}{{/monthly}}\n' > mine/monthly.md
is "a template on top of the built-in one" "$(as_doc mine/monthly.md | cksum)" "$(as_doc monthly | cksum)"

# A part is checked where the whole templates call it: it uses names of the lists there.
for part in $("$BIN" template list | grep ^part-); do "$BIN" template check "$part"; done > parts 2>&1
is "built-in parts have no mistakes" "$(grep -v '^templates/part-.*: no mistakes, where it is used: [a-z, ]*$' parts)$([ -s parts ] || echo none)" ""
"$BIN" template show part-city-row | sed 's/{{도시코드}}/{{도시코두}}/' > mine/part-city-row.md
expect "a mistake in a part of one's own" 78 '^briefgen: mine/part-city-row.md:1: error: unknown tag .*; did you mean \{\{도시코드\}\}\?' "$BIN" template check mine/part-city-row.md
expect "which alone is named" 78 '^briefgen: error: mine/part-city-row.md: 1 mistake$' "$BIN" template check mine/part-city-row.md
printf '{{도시}}\n' > mine/part-nobody.md
expect "a part that nobody calls" 78 'unknown tag \{\{도시\}\}; it is of the items of .*\{\{#도시목록\}\}' "$BIN" template check mine/part-nobody.md
rm mine/part-*.md

# --style lies on top of the template's own sheet.
printf '[page]\nleft = wide\n' > over.ini
is "a user's sheet on top" "$(as_doc mine/monthly.md --style over.ini)" "briefgen: error: over.ini:2: left = wide: not a length such as 10.5, 20mm or 2em"
printf '%s\n' '---' '[page]' 'left = 40mm' '---' '' '가' > c.md
printf '[page]\nleft = 20mm\n' > over.ini
"$BIN" render c.md --as trace > own 2> /dev/null
"$BIN" render c.md --as trace --style over.ini > over 2> /dev/null
sed -i 2d c.md && sed -i 2d c.md && "$BIN" render c.md --as trace --style over.ini > house 2> /dev/null
is "and wins" "$(cmp -s own over; echo $?) $(cmp over house)" "1 "

# What the built-in templates say to those who hear them
for template in monthly summary quarterly; do
    "$BIN" --month 2024-01 --db sample.db --template "$template" --dump-tags > heard 2> /dev/null
    is "$template, read aloud: nothing is missed" "$(tail -n 1 heard)" "듣는 사람이 놓치는 것: 없음"
    is "$template: --as tags is the same" "$("$BIN" --month 2024-01 --db sample.db --template "$template" --as tags 2> /dev/null | cmp - heard 2>&1)" ""
done
finish
