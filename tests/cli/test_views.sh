# The database's views say what the CSV tables say, month by month.
. "$(dirname "$0")/lib.sh"
if ! command -v sqlite3 > /dev/null; then
    skip "views and tables agree" "sqlite3 is not installed"
    finish
    exit
fi
"$BUILD/generate-corpus" "$SCRATCH/generated" 1 > /dev/null
cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db sample.db generated/pages "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1

# column TABLE KEY: its number in the CSV table
column() { awk -F '\t' -v T="$1" -v K="$2" '$1 == T { n++; if ($2 == K) print n }' "$ROOT/src/data/csv.tsv"; }
# pick TABLE KEY…: those columns of the table on standard input, its header left off
pick() {
    local table=$1 fields=
    shift
    for key in "$@"; do fields="$fields $(column "$table" "$key")"; done
    csv_cells /dev/stdin | LC_ALL=C awk -F '\t' -v FIELDS="$fields" '
        BEGIN { n = split(FIELDS, f, " ") }
        NR > 1 { for (i = 1; i <= n; i++) { sub(/^'\''/, "", $f[i]); printf "%s%s", $f[i], i < n ? "\t" : "\n" } }'
}
view() { sqlite3 -separator "$(printf '\t')" sample.db "$1" 2>&1; }
differences() { sort "$1" > a; sort "$2" > b; diff a b | head -n 5; [ -s a ] || echo "nothing to compare"; }

for month in 2024-01 2023-09 2023-02; do
    "$BIN" --month $month --db sample.db --output out --format csv --quiet
    place="region_code sido region category_code category"
    pick cities $place initiatives articles rank < out/$month/cities-$month.csv |
        awk -F '\t' '$4 == "total" { now = $6 > 0 } now' > csv
    view "SELECT region_code, sido, region, category_code, category, initiatives, articles, rank
          FROM v_cities_month WHERE month = '$month'" > sql
    is "$month: v_cities_month" "$(differences csv sql)" ""

    pick cities $place initiatives_12m articles_12m < out/$month/cities-$month.csv | awk -F '\t' '$6 > 0' > csv
    view "SELECT region_code, sido, region, category_code, category, initiatives_12m, articles_12m
          FROM v_cities_12m WHERE month = '$month'" > sql
    is "$month: v_cities_12m" "$(differences csv sql)" ""

    pick trend month category_code category initiatives articles collected < out/$month/trend-$month.csv |
        awk -F '\t' '$6 > 0' > csv
    view "SELECT * FROM v_trend WHERE month <= '$month' AND month >= strftime('%Y-%m', '$month-01', '-12 months')" > sql
    is "$month: v_trend" "$(differences csv sql)" ""

    keys="initiative_id title region_code sido region region_codes category_codes first last articles article_ids score"
    pick initiatives $keys < out/$month/initiatives-$month.csv > csv
    view "SELECT initiative_id, title, region_code, sido, region, region_codes, category_codes, first, last, articles,
          article_ids, printf('%.2f', score) FROM v_initiatives WHERE month = '$month'" > sql
    is "$month: v_initiatives" "$(differences csv sql)" ""

    keys="article_id title outlet url published earliest latest date_evidence region_codes category_codes initiative_id score source"
    pick articles counted $keys < out/$month/articles-$month.csv > all
    view "SELECT CASE counted WHEN 1 THEN '예' ELSE '아니오' END, article_id, title, outlet, url, published, earliest, latest,
          date_evidence, region_codes, category_codes, initiative_id, printf('%.2f', score), source
          FROM v_articles WHERE month = '$month' OR month IS NULL" > every
    grep '^예' all > csv
    grep '^예' every > sql
    is "$month: v_articles" "$(differences csv sql)" ""
    grep -v '^예' all | cut -f 1-9,11- | sort > a # their codes are those of the brief's last day
    cut -f 1-9,11- every | sort > b
    is "$month: undated articles are in v_articles" "$(comm -23 a b | head -n 3)" ""
done
is "no view fails" "$(for v in $(view "SELECT name FROM sqlite_schema WHERE type = 'view'"); do
    view "SELECT count(*) FROM $v" > out.txt || cat out.txt; done)" ""
finish
