# The templates that ship over every kind of period and scope: all render, without a warning, and the summary is one page.
. "$(dirname "$0")/lib.sh"
"$BUILD/generate-corpus" "$SCRATCH/generated" 1 > /dev/null
cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db sample.db generated/pages "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1
"$BIN" import --quiet --db hostile.db "$ROOT/tests/hostile/titles.jsonl" > /dev/null 2>&1
awk -v N=400 -v MONTH=2024-01 -f "$ROOT/tests/bench/articles.awk" "$ROOT/src/data/regions.tsv" > large.jsonl
"$BIN" import --quiet --db large.db large.jsonl > /dev/null 2>&1

pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
brief() { # NAME DB ARGUMENTS…
    local name=$1 db=$2 template
    shift 2
    for template in monthly summary quarterly; do
        rm -rf out
        "$BIN" --db "$db.db" --output out --quiet --format pdf --template $template "$@" > /dev/null 2> err
        is "$name: $template, without a warning" "$? $(cat err)" "0 "
    done
    rm -rf out
    "$BIN" --db "$db.db" --output out --quiet --format pdf --template summary "$@" > /dev/null 2>&1
    if command -v pdfinfo > /dev/null; then
        is "$name: the summary is one page" "$(pages "$(find out -name '*.pdf')")" "1"
    else
        skip "$name: the summary is one page" "pdfinfo is not installed"
    fi
}
brief "a month" sample --month 2024-01
brief "a province" sample --month 2024-01 --region 경기도
brief "a city" sample --month 2024-01 --region 시흥시
brief "some cities" sample --month 2024-01 --region 시흥시,남양주시,파주시
brief "a category" sample --month 2024-01 --category bio
brief "a city and a category" sample --month 2024-01 --region 남양주시 --category startup
brief "a city without any" sample --month 2024-01 --region 울릉군
brief "세종, a 시·도 of one city" sample --month 2024-01 --region 세종특별자치시
brief "a quarter" sample --quarter 2023-Q4
brief "an unfinished quarter" sample --quarter 2024-Q1
brief "a year" sample --year 2023
brief "months" sample --from 2023-10-01 --to 2024-01-31
brief "days" sample --from 2023-12-20 --to 2024-01-19
brief "a month without articles" sample --month 2015-01
brief "the first month" sample --month 2022-12
brief "hostile titles" hostile --month 2024-01
brief "many initiatives" large --month 2024-01

for template in monthly summary quarterly; do
    is "$template: no mistakes, no link that leads nowhere" "$("$BIN" template check "$ROOT/templates/$template.md" 2>&1 | sed 's/.*: no mistakes$/fine/')" "fine"
done

# The chapter that templates/README.md adds, and a part put in place of a built-in one.
sed -n '/^## 새 장/,/^## 표시/s/^    //p' "$ROOT/templates/README.md" > my.md
is "the example has no mistakes" "$("$BIN" template check my.md 2>&1)" "my.md: no mistakes"
"$BIN" --month 2024-01 --db sample.db --template my.md --as doc > doc
is "and makes a chapter" "$(grep -c '^heading 1 #인구와사업: 인구와 사업$' doc) $(grep -c '경기도 남양주시는 인구 [0-9,]*명에 사업 {#지역-41360:8건}임' doc)" "1 1"
echo '- **총괄**: 우리 조각' > part-findings.md
"$BIN" --month 2024-01 --db sample.db --template my.md --as doc > doc
is "a part of one's own" "$(grep -c '우리 조각' doc) $(grep -c '이 확인됨' doc)" "1 0"

# Figures of the document, each against the articles behind it.
"$BIN" articles --json --month 2024-01 --db sample.db | json_tsv regions categories initiative initiative_id > articles.tsv
"$BIN" --month 2024-01 --db sample.db --as doc > doc
recount() { # UNIT: initiatives that an article of January reports
    awk -F '\t' -v unit="$1" '$3 == "true" && index($1, unit) && !seen[$4]++ { n++ } END { print n + 0 }' articles.tsv
}
for city in 41360:남양주시 41480:파주시 41390:시흥시; do
    is "${city#*:} as its articles say" \
        "$(sed -n "s/.*{strong #지역-${city%%:*}:\([0-9]*\)}.*/\1/p" doc | head -n 1)" "$(recount "${city%%:*}")"
done
is "and the total" "$(sed -n 's/^  card | 사업 | \([0-9]*\)건.*/\1/p' doc)" "$(recount '')"
finish
