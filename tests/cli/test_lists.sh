# The lists as a table on a terminal, tab-separated for other programs, as CSV and as JSON Lines: the same rows in each.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
mkdir pages
n=0
for page in "시흥시 2024-01-16" "포항시 2024-01-17" "춘천시 2024-01-09" "시흥시 2024-02-03"; do
    sample_page pages/$((++n)).txt $page
    sed -i "3,\$s/시는 /시는 ${n}차 사업에서 /" pages/$n.txt
done
"$BIN" import --quiet --db t.db pages "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" 2> /dev/null
articles() { "$BIN" articles --db t.db "$@"; }
initiatives() { "$BIN" initiatives --db t.db "$@"; }

# Not a terminal: tabs, nothing cut
is "articles: as many rows as JSON Lines, and a head" "$(articles | wc -l)" "$(($(articles --json | wc -l) + 1))"
is "initiatives likewise" "$(initiatives | wc -l)" "$(($(initiatives --json | wc -l) + 1))"
is "the head" "$(articles | head -n 1 | tr '\t' '|')" "기사ID|보도일|지역|분야|매체|사업ID|제목"
is "the head of initiatives" "$(initiatives | head -n 1 | tr '\t' '|')" "사업ID|첫 보도일|마지막 보도일|지역|분야|단계|기사 수|사업명"
is "every row has as many cells" "$(articles | awk -F '\t' 'NF != 7'; initiatives | awk -F '\t' 'NF != 8')" ""
is "titles are whole" "$(articles | tail -n +2 | cut -f 7)" "$(articles --json | json_tsv title)"
is "names, not codes" "$(initiatives --region 41390 --month 2024-02 | tail -n 1 | cut -f 2-7 | tr '\t' '|' | sed 's/|[^|]*|1$/|…|1/')" \
    "2024-02-03|2024-02-03|경기 시흥시|창업|…|1"
articles --month 1999-01 > none 2> none.err
is "none: an empty list, said beside it" "$? $(wc -c < none) $(cat none.err)" "0 0 briefgen: note: nothing in this scope"
is "… and quietly" "$(articles --month 1999-01 --quiet 2>&1)" ""

# Scope
is "of a region" "$(initiatives --region 경기 --json | json_tsv regions | tr ';' '\n' | grep -c '^41...$' | awk '{ print ($1 > 0) }')" "1"
is "every one of them" "$(initiatives --region 경기 --json | json_tsv regions | grep -cv '41[0-9][0-9][0-9]')" "0"
is "of a category" "$(articles --category 바이오 --json | json_tsv categories | grep -cv bio) $(articles --category bio | wc -l | awk '{ print ($1 > 2) }')" "0 1"
is "of a quarter" "$(articles --quarter 2024-Q1 --json | json_tsv published | cut -c 1-7 | sort -u | tr '\n' ' ')" "2024-01 2024-02 "
is "of days" "$(articles --from 2024-01-16 --to 2024-01-17 --region 시흥,포항 --json | json_tsv published | sort -u | tr '\n' ' ')" "2024-01-16 2024-01-17 "
expect "an ambiguous name" 64 'may be one of' articles --region 중구
expect "JSON or CSV" 64 'either --json or --csv' articles --json --csv

# CSV
articles --csv > articles.csv
initiatives --csv > initiatives.csv
is "UTF-8 with BOM" "$(head -c 3 articles.csv | od -An -tx1 | tr -d ' ')" "efbbbf"
is "a row an article" "$(csv_cells articles.csv | wc -l)" "$(articles | wc -l)"
is "the words of the contract" "$(csv_cells articles.csv | head -n 1 | tr '\t' ',' | sed 's/^\xef\xbb\xbf//')" \
    "$(awk -F '\t' '$1 == "articles" && $2 !~ /^(period|counted|review|number|cutoff)$/ { printf "%s%s", s, $3; s = "," }' "$ROOT/src/data/csv.tsv")"
is "in English" "$(articles --csv --lang en --csv-encoding utf-8 | head -n 1 | cut -d , -f 1-3)" "article_id,title,outlet"
is "ids and codes as in JSON" "$(csv_cells initiatives.csv | tail -n +2 | cut -f 1,7,8 )" "$(initiatives --json | json_tsv id regions categories)"
is "titles" "$(csv_cells articles.csv | tail -n +2 | cut -f 2 | sed "s/^'//")" "$(articles --json | json_tsv title | sed "s/^'//")"
is "the head alone where there is none" "$(articles --csv --month 1999-01 --quiet | csv_cells /dev/stdin | wc -l)" "1"
is "CP949" "$(initiatives --csv --region 시흥 --month 2024-02 --csv-encoding cp949 | iconv -f CP949 -t UTF-8)" \
    "$(initiatives --csv --region 시흥 --month 2024-02 --csv-encoding utf-8)"
expect "no such encoding" 64 'latin1: not one of utf-8-bom, utf-8, cp949' articles --csv --csv-encoding latin1
expect "no such language" 64 'fr: not one of ko, en' articles --csv --lang fr

# Facts
"$BIN" --month 2024-01 --format csv --quiet --db t.db --output briefs 2> /dev/null
# An amount that the brief does not trust the role of is "other" there: compared without it.
facts_of() { awk -F '\t' '{ for (c = 2; c <= NF; c++) { n = split($c, part, ";"); for (i = 1; i <= n; i++) { sub(/^other:/, "", part[i]); print $1, c, part[i]
    if (sub(/^[a-z]+:/, "", part[i])) print $1, c, part[i] } } }' | LC_ALL=C sort -u; }
csv_cells briefs/2024-01/initiatives-2024-01.csv | tail -n +2 | cut -f 3,18-21 | facts_of > brief.facts
initiatives --csv | csv_cells /dev/stdin | tail -n +2 | cut -f 1,14-17 | facts_of > list.facts
is "CSV: all that the brief's table has, in its form" "$(LC_ALL=C comm -23 brief.facts list.facts | head -n 5) $(cut -d ' ' -f 2 brief.facts | sort -u | wc -l)" " 4"
is "amounts, days, bodies and places have their parts" \
    "$(initiatives --json | json_tsv money | tr ';' '\n' | grep -v '^$' | grep -cvE '^[A-Z]{3}:[0-9]*:[0-9]*:[a-z]+$') \
$(initiatives --json | json_tsv targets | tr ';' '\n' | grep -v '^$' | grep -cvE '^[0-9-]{10}:[0-9-]{10}:..*$') \
$(initiatives --json | json_tsv agencies | tr ';' '\n' | grep -v '^$' | grep -cvE '^..*:([0-9]{5})?$')" "0 0 0"
is "there are some of each" "$(for f in money targets agencies zones; do initiatives --json | json_tsv $f | grep -c . | awk '{ print ($1 > 0) }'; done | tr '\n' ' ')" "1 1 1 1 "

# On a terminal
if command -v script > /dev/null; then
    terminal() { script -qec "stty cols $1; '$BIN' $2 --db t.db" /dev/null < /dev/null | tr -d '\r'; }
    widest() { LC_ALL=C.UTF-8 wc -L; } # in cells
    for columns in 60 80 100 132; do
        is "the longest lines fill $columns columns" "$(for list in articles initiatives; do terminal $columns $list | widest | awk -v MOST=$columns '{ print ($1 <= MOST && $1 >= MOST - 1) }'; done | tr '\n' ' ')" "1 1 "
    done
    is "all rows are there" "$(terminal 80 articles | wc -l)" "$(articles | wc -l)"
    is "what is cut ends in …" "$(terminal 80 initiatives | grep -c '…$' | awk '{ print ($1 > 0) }')" "1"
    is "a wide one cuts nothing" "$(terminal 400 articles | grep -o '[^ ].*$' | tail -n +2 | sed 's/.*  //')" "$(articles --json | json_tsv title)"
    is "columns begin at one cell in every row" "$(terminal 132 initiatives | LC_ALL=C.UTF-8 grep -o '^.\{16\}  ' | wc -l)" "$(($(initiatives | wc -l) - 1))"
    is "COLUMNS goes before the terminal" "$(COLUMNS=60 terminal 200 articles | widest | awk '{ print ($1 <= 60) }')" "1"
    is "counts are aligned to the right" "$(terminal 132 initiatives | tail -n +2 | LC_ALL=C.UTF-8 grep -cE '   [0-9]+  [^0-9 ]' | awk '{ print ($1 > 5) }')" "1"
else
    skip "tables on a terminal" "script is not installed"
fi
finish
