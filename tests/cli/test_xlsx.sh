# The workbook: the same bytes each time, and in LibreOffice every cell is what the CSV tables say, with its type.
. "$(dirname "$0")/lib.sh"
MONTH=2024-01
CONTRACT=$ROOT/src/data/csv.tsv
TABLES="cities initiatives articles trend facts"
"$BUILD/generate-corpus" "$SCRATCH/generated" 1 > /dev/null
cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db hostile.db "$ROOT/tests/hostile/titles.jsonl" > /dev/null 2>&1
"$BIN" import --quiet --db sample.db generated/pages "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1
for set in hostile sample; do
    "$BIN" --month $MONTH --db $set.db --output $set --format csv,xlsx --quiet
    TZ=Asia/Seoul LC_ALL=C.UTF-8 "$BIN" --month $MONTH --db $set.db --output again-$set --format xlsx --quiet
    is "$set: the same bytes again, in another time zone" "$(cmp $set/$MONTH/brief-$MONTH.xlsx again-$set/$MONTH/brief-$MONTH.xlsx 2>&1)" ""
    cp $set/$MONTH/brief-$MONTH.xlsx $set.xlsx
done
if command -v unzip > /dev/null; then
    is "five sheets with a header that stays" "$(unzip -p sample.xlsx 'xl/worksheets/*' | grep -o '<pane ySplit="1"' | wc -l)" "5"
else
    skip "five sheets with a header that stays" "unzip is not installed"
fi
no_strays "nothing is left over" .
if ! command -v soffice > /dev/null; then
    skip "every cell and its type in LibreOffice" "soffice is not installed"
    finish
    exit
fi

office() { timeout 240 soffice "-env:UserInstallation=file://$SCRATCH/office" --headless "$@" > office.log 2>&1; }
office --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1042,false,true,false,false,false,-1' --outdir shown hostile.xlsx sample.xlsx
office --convert-to fods --outdir shown hostile.xlsx sample.xlsx
word() { awk -F '\t' -v K="$1" '$1 == "word" && $2 == K { print $3 }' "$CONTRACT"; }

# types SHEET FILE.fods: how many cells of the sheet are numbers, dates, links, formulas
types() {
    LC_ALL=C awk -v SHEET="table:name=\"$1\"" '
        /<table:table / { on = index($0, SHEET) > 0 }
        on {
            for (rest = $0; match(rest, /<table:table-cell[^>]*>/);) {
                tag = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH); n = 1
                if (match(tag, /number-columns-repeated="[0-9]+/)) n = substr(tag, RSTART + 25, RLENGTH - 25)
                if (tag ~ /value-type="float"/) numbers += n
                if (tag ~ /value-type="date"/) dates += n
                if (tag ~ /table:formula/) formulas += n
            }
            links += gsub(/<text:a /, "")
        }
        END { print numbers + 0, dates + 0, links + 0, formulas + 0 }' "$2"
}
# expected TABLE: the same by the contract, of a table on standard input
expected() {
    LC_ALL=C awk -F '\t' -v TABLE="$1" '
        FNR == NR { if ($1 == TABLE) type[++n] = $5; next }
        FNR > 1 { for (i = 1; i <= n; i++) if ($i != "") {
            if (type[i] ~ /^(integer|decimal)/) numbers++
            if (type[i] ~ /^(date|month)$/) dates++
            if (type[i] == "url" && $i ~ /^https?:/) links++
        } }
        END { print numbers + 0, dates + 0, links + 0, 0 }' "$CONTRACT" -
}
for set in hostile sample; do
    for table in $TABLES; do
        sheet=$(word table-$table)
        csv_cells $set/$MONTH/$table-$MONTH.csv > ours
        csv_cells -l "shown/$set-$sheet.csv" > theirs
        # The apostrophe of the CSV tables is not needed; a month is a day here; a number loses its last zeros.
        LC_ALL=C awk -F '\t' '
            function plain(s) { if (s ~ /^[0-9]+\.[0-9]+$/) { sub(/0+$/, "", s); sub(/\.$/, "", s) } return s }
            function month(s) { return s ~ /^[01][0-9]\/01\/[0-9]+$/ ? substr(s, 7) "-" substr(s, 1, 2) : s }
            NR == FNR { ours[FNR] = $0; rows = FNR; next }
            {
                if (split(ours[FNR], cell, "\t") != NF) print FNR ": other columns"
                for (i = 1; i <= NF; i++) {
                    n++
                    if (plain(cell[i]) != plain($i) && cell[i] != "'\''" $i && cell[i] != month($i))
                        print FNR ":" i ": " cell[i] " is shown as " $i
                }
            }
            END { if (FNR != rows || n == 0) print "rows: " rows ", shown " FNR }' ours theirs > differences
        is "$set: every cell of $table" "$(head -n 5 differences)" ""
        is "$set: types of $table: numbers, dates, links, formulas" "$(types "$sheet" shown/$set.fods)" "$(expected $table < ours)"
    done
    is "$set: a filter on each table" "$(grep -o 'display-filter-buttons="true"' shown/$set.fods | wc -l)" "5"
done
is "two charts" "$(grep -o '<chart:chart ' shown/sample.fods | wc -l)" "2"
is "the first sheet names the others" "$(csv_cells -l "shown/sample-$(word book-contents).csv" | cut -f 1 | grep -cxE \
    "$(word table-cities)|$(word table-initiatives)|$(word table-articles)|$(word table-trend)|$(word table-facts)|$(word book-charts)")" "6"
finish
