# Tables of the user's own (--data DIR): what is in them counts, mistakes are named with file and line, and articles of
# any shape move no figure of another.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
DATA=$ROOT/src/data
mkdir tables
doctor() { "$BIN" doctor --data tables --db none.db; }
# broken NAME FILE LINE PATTERN: `doctor` with only that table in the folder names the file and the line.
broken() {
    expect "$1" 78 "tables/$2:$3: .*$4" doctor
    rm -f tables/*
}
line_of() { sed -n '$=' "tables/$1"; }

expect "an empty folder" 78 "tables: holds none of" doctor
expect "no folder" 78 "nowhere: not a folder" "$BIN" doctor --data nowhere
{ cat "$DATA/taxonomy.tsv"; printf 'Bad Key\t이름\tname\n'; } > tables/taxonomy.tsv
broken "a bad key of a category" taxonomy.tsv "$(line_of taxonomy.tsv)" "key"
{ cat "$DATA/taxonomy.tsv"; printf 'bio\t바이오\tbio\n'; } > tables/taxonomy.tsv
broken "a category twice" taxonomy.tsv "$(line_of taxonomy.tsv)" "twice"
{ cat "$DATA/taxonomy.tsv"; printf 'one cell\n'; } > tables/taxonomy.tsv
broken "a row with too few cells" taxonomy.tsv "$(line_of taxonomy.tsv)" "cells"
{ cat "$DATA/regions.tsv"; tail -n 1 "$DATA/regions.tsv" | sed 's/^[^\t]*/xyz/'; } > tables/regions.tsv
broken "a bad code of a region" regions.tsv "$(line_of regions.tsv)" ""
{ cat "$DATA/population.tsv"; printf '41391\t2025-12-31\t1\n'; } > tables/population.tsv
broken "residents of an unknown unit" population.tsv "$(line_of population.tsv)" "did you mean"
{ cat "$DATA/population.tsv"; printf '41390\t2025-12-31\t-1\n'; } > tables/population.tsv
broken "a negative number of residents" population.tsv "$(line_of population.tsv)" "whole number"
{ cat "$DATA/population.tsv"; printf '41390\t2024-12-31\t1\n'; } > tables/population.tsv
broken "residents of a unit and day twice" population.tsv "$(line_of population.tsv)" "already in line"
grep -v '^41390.2023-12-31' "$DATA/population.tsv" > tables/population.tsv
expect "a city without residents" 78 "tables/population.tsv: no residents of 41390 경기도 시흥시 at 2023-12-31" doctor
rm -f tables/population.tsv
{ cat "$DATA/cues.tsv"; printf '새말\tobject\tnothing\t1\n'; } > tables/cues.tsv
broken "a cue of an unknown category" cues.tsv "$(line_of cues.tsv)" "nothing"
{ cat "$DATA/cues.tsv"; printf '새말\tobject\tbio\theavy\n'; } > tables/cues.tsv
broken "a cue with a bad weight" cues.tsv "$(line_of cues.tsv)" "heavy"
{ cat "$DATA/aliases.tsv"; printf '새마을\t99999\tplace\n'; } > tables/aliases.tsv
broken "an alias of an unknown unit" aliases.tsv "$(line_of aliases.tsv)" "99999"
printf 'category\tfeature\tweight\n\tbeauty\t1\n' > tables/model.tsv
broken "an unknown feature" model.tsv 2 "unknown"
printf 'category\tfeature\n\tbias\n' > tables/model.tsv
expect "a missing column" 78 "tables/model.tsv: needs the column 'weight'" doctor
printf 'phrase\n\377\n' > tables/model.tsv
broken "not UTF-8" model.tsv 2 "UTF-8"
printf 'phrase\n\000\n' > tables/model.tsv
broken "a NUL byte" model.tsv 2 "NUL"

# A fourth category, without a compiler.
{ cat "$DATA/taxonomy.tsv"; printf 'ai\t인공지능\tAI\n'; } > tables/taxonomy.tsv
{ cat "$DATA/cues.tsv"; printf '생성형 인공지능\tobject\tai\t3\n인공지능 산업\tobject\tai\t3\n'; } > tables/cues.tsv
cat > ai.txt << 'PAGE'
시흥시, 인공지능 산업 육성 센터 개소

등록 2024-01-16 10:20:30

시흥시는 16일 생성형 인공지능 기업을 지원하는 인공지능 산업 육성 센터를 열었다고 밝혔다. 시는 올해 인공지능 산업 육성에 30억 원을 투입해 기업 스무 곳의 실증을 지원한다.
PAGE
expect "an import with a fourth category" 0 "1 article added" "$BIN" import --db ai.db --data tables ai.txt
is "it counts under it" "$("$BIN" articles --db ai.db --data tables --json | json_tsv categories initiative)" "ai	true"
expect "and its brief" 0 "brief-2024-01.pdf" env BRIEFGEN_DATA=tables "$BIN" --month 2024-01 --db ai.db --output briefs
sed -E 's/^(41390.2023-12-31.).*/\150000/' "$DATA/population.tsv" > tables/population.tsv
expect "residents of the user's own" 0 "brief-2024-01.pdf" env BRIEFGEN_DATA=tables "$BIN" --month 2024-01 --db ai.db --output briefs
is "rates follow" "$(sed -n '/시흥시,total/p' briefs/2024-01/cities-2024-01.csv | grep -c ',50000,.*,2023-12-31,2\.00,')" 1
expect "without the table the same database" 0 "1 article" "$BIN" reanalyze --db ai.db
is "it counts under it no longer" "$("$BIN" articles --db ai.db --json | json_tsv categories initiative)" "	false"

# Articles of any shape move no other.
sample_page a.txt 시흥시 2024-01-16
sample_page b.txt 포항시 2024-01-17
cp -r "$ROOT/tests/corpus/pages" pages
quiet() { "$BIN" import --quiet --db others.db "$@" > quiet.out 2>&1 || [ $? -eq 1 ]; }
figures() { "$BIN" articles --db others.db --json | grep -v '"odd-' | sort; }
quiet a.txt b.txt pages
figures > before
{
    printf '{"id":"odd-one","title":"가","body":"나","date":"2024-01-10"}\n'
    printf '{"id":"odd-long","title":"긴 글","date":"2024-01-10","body":"%s"}\n' "$(head -c 1000000 /dev/zero | tr '\0' 'x')"
    printf '{"id":"odd-everywhere","title":"전국 창업 지원","date":"2024-01-10","body":"%s 창업 지원."}\n' \
        "$(grep -v '^#' "$DATA/regions.tsv" | cut -f 6- | tr '\t\n' '  ')"
    for i in $(seq 10000); do
        printf '{"id":"odd-copy-%d","title":"세종시, 창업캠프 개최","date":"2024-01-10","body":"세종시는 10일 창업캠프를 열고 예비창업자를 지원한다고 밝혔다."}\n' "$i"
    done
} > odd.jsonl
expect "one letter, 1 MB, every city, 10,000 copies" 0 "1000[0-9] articles added" timeout 120 "$BIN" import --db others.db odd.jsonl
figures > after
if cmp -s before after; then ok "no other article's line changes"; else not_ok "no other article's line changes" "$(diff before after | head -n 6)"; fi
is "10,000 copies are one initiative" "$("$BIN" articles --db others.db --json | grep '"odd-copy' | json_tsv initiative_id | sort -u | wc -l)" 1
finish
