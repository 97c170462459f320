# What a person mistypes or forgets: named, with what was meant or what there is, before anything is written.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
mkdir pages
sample_page pages/1.txt 시흥시 2024-01-16
sample_page pages/2.txt 포항시 2024-03-02
"$BIN" import --quiet --db t.db pages
brief() { "$BIN" --db t.db "$@"; }

# Options that take one of a known set
for option in "--format htm|html" "--as trase|trace" "--category boi|bio" "--category 바이어|바이오" "--lang kr|ko" \
    "--csv-encoding utf8|utf-8" "--all-regions citys|city" "--pdf plian|plain"; do
    given=${option%|*}
    expect "$given: what there is, and the nearest" 64 "error: $given: not one of .*; did you mean \"${option#*|}\"\?" \
        brief --month 2024-01 $given
done
expect "an import's format" 64 'error: --format jsno: not one of auto, xlsx.*did you mean "json"' "$BIN" import --format jsno pages
expect "an import's encoding" 64 'error: --encoding utf8: not one of auto, utf-8.*did you mean "utf-8"' "$BIN" import --encoding utf8 pages
expect "render --as" 64 'error: --as tree: not one of pdf, html' "$BIN" render --as tree pages/1.txt
expect "nothing near: no suggestion" 64 'not one of startup, bio, manufacturing, 창업, 바이오, 제조$' brief --month 2024-01 --category xyz
is "nothing has been written" "$(ls)" "$(printf 'err\nout\npages\nt.db')"

expect "options before the command" 64 'error: the command comes first: briefgen import' "$BIN" --db t.db import pages

# Kinds of what is set aside
expect "rejects --code: a slip" 64 'error: --code nobody: not one of attachment-only.*did you mean "no-body"' "$BIN" rejects --db t.db --code nobody
expect "a kind that the database happens not to have" 0 '0 set aside' "$BIN" rejects --db t.db --code no-body
expect "the one that has an option of its own" 64 '--excluded lists' "$BIN" rejects --db t.db --code excluded
expect "--excluded with a kind" 64 'of one kind' "$BIN" rejects --db t.db --excluded --code no-body
expect "--done: a slip" 64 'did you mean "no-body"' "$BIN" rejects --db t.db --done --import 1 --code nobody
expect "--done: a kind beside numbers" 64 '--code goes with --import' "$BIN" rejects --db t.db --done 1 --code no-body
"$BIN" import --quiet --db all.db "$ROOT/tests/hostile" "$ROOT/tests/corpus" "$ROOT/tests/fuzz" > out 2>&1
"$BIN" rejects --quiet --db all.db | tail -n +2 | cut -f 3 | sort -u > codes
unknown=
while read -r code; do "$BIN" rejects --quiet --db t.db --code "$code" > out 2>&1 || unknown="$unknown $code"; done < codes
is "every kind is known that the suite's inputs bring ($(wc -l < codes))" "$(($(wc -l < codes) > 10))$unknown" "1"

# A profile where no PDF is made
remember t.db
expect "--pdf beside other formats" 64 'error: --pdf archive: html,csv is no PDF' brief --month 2024-01 --pdf archive --format html,csv
for kind in trace doc tags; do
    expect "--pdf beside --as $kind" 64 "error: --pdf plain: $kind is no PDF" brief --month 2024-01 --pdf plain --as $kind
    expect "render likewise: $kind" 64 "error: --pdf plain: $kind is no PDF" "$BIN" render pages/1.txt --pdf plain --as $kind
done
expect "render -o X.html" 64 'html is no PDF' "$BIN" render pages/1.txt --pdf plain -o x.html
expect "of a variable nothing is said" 0 'brief-2024-01.html' env BRIEFGEN_PDF=archive "$BIN" --db t.db --month 2024-01 --format html --output html

# A period without any article
expect "a month between: what there is instead" 0 \
    'warning: t.db has no article of 2024-02: those with a date are of 2024-01-16 to 2024-03-02 \[no-articles\]' brief --month 2024-02
is "the brief is written all the same" "$(ls reports/2024-02 | grep -c pdf)" "1"
expect "a quarter" 0 'no article of 2023-Q1' brief --quarter 2023-Q1 --as doc
expect "its data" 0 'no article of 2025' "$BIN" data --db t.db --year 2025
brief --month 2024-02 --all-regions province --format csv > out 2> err
is "of a set once" "$? $(grep -c 'no article of' err)" "0 1"
is "not with --quiet" "$(brief --month 2024-02 --quiet 2>&1)" ""
is "not of a month that has some, though none in the region" "$(brief --month 2024-01 --region 부산 2>&1 | grep -c 'no article')" "0"
sample_page undated.txt 시흥시 ''
"$BIN" import --quiet --db undated.db undated.txt
expect "a database without a date" 0 'no article of 2024-02, nor any other with a certain date' "$BIN" --db undated.db --month 2024-02

# What briefgen has written is no article
brief --quiet --month 2024-01 --format pdf,csv,html,md,json,xlsx
brief --quiet --month 2024-01 --region 시흥 --format csv
cp pages/2.txt reports/2024-01/mine.txt
expect "a folder with briefs in it" 0 'written by briefgen, not read +[0-9]+, by the manifest' "$BIN" import --db own.db pages reports
is "its articles alone are in" "$("$BIN" articles --quiet --db own.db | tail -n +2 | wc -l)" "2"
is "also another file there" "$("$BIN" sources last --db own.db --quiet | grep -c mine.txt)" "1"
is "as many as there are" "$("$BIN" import --db own2.db reports --json | grep -o '"own":[0-9]*')" "\"own\":$(($(find reports -type f | wc -l) - 1))"
brief --quiet --month 2024-01
expect "also what the last run has not made anew" 0 '1 article added' "$BIN" import --db own3.db reports/2024-01
expect "one by its name" 1 'brief-2024-01.html: rejected: written by briefgen itself, .*own-output' "$BIN" import --db own4.db reports/2024-01/brief-2024-01.html
sed -i 's/"briefgen /"other /' reports/2024-01/manifest.json
expect "a manifest of another program is none" 1 'manifest.json:1: rejected' "$BIN" import --db own5.db reports/2024-01
finish
