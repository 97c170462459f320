# Workbooks: our own read back, and the news archive's exports beside the repository, every cell as other programs read it.
. "$(dirname "$0")/lib.sh"
BOOKS=$ROOT/../shared/bigkinds
SPLIT=$BUILD/bench/split_items
"$BUILD/generate-corpus" "$SCRATCH/generated" 1 > /dev/null
cd "$SCRATCH" || exit 1

# The sheet of articles in a brief's workbook says what the table of articles says.
"$BIN" import --quiet --db own.db generated/pages > /dev/null 2>&1
"$BIN" --month 2024-01 --db own.db --output own --format csv,xlsx --quiet
BOOK=own/2024-01/brief-2024-01.xlsx
"$SPLIT" -m 'title=제목,body=날짜 근거' $BOOK > own.jsonl
json_tsv text < own.jsonl | sed '/^$/d' > own.rows
# A table's words may begin with an apostrophe; a workbook's number is 0.8 where a table has 0.80.
plain() { sed "s/\(^\|\t\)'/\1/g; s/\t\([01]\.[0-9]\)0\t/\t\1\t/g; s/\t1\.0\t/\t1\t/"; }
csv_cells -l own.rows | plain > read.txt
csv_cells own/2024-01/articles-2024-01.csv | sed 1d | plain > written.txt
is "our own workbook has articles" "$([ "$(wc -l < written.txt)" -gt 50 ] && echo yes)" yes
is "and they are read back cell by cell" "$(cmp read.txt written.txt 2>&1)" ""
is "its other sheets are worth a note each" "$(json_tsv kind code < own.jsonl | grep -c '^note.no-articles')" 6
# Away from its manifest, by which a brief's own files are known
mkdir away && cp $BOOK away
expect "without a text they are no articles" 1 "brief-2024-01.xlsx!기사:1: .*\[unclear-columns\]" \
    "$BIN" import --db again.db away/brief-2024-01.xlsx
"$SPLIT" -m 'title=제목,body=날짜 근거' - < $BOOK | sed 's/"name":"-/"name":"own\/2024-01\/brief-2024-01.xlsx/' > piped.jsonl
is "a workbook from a pipe is the same" "$(cmp own.jsonl piped.jsonl 2>&1)" ""

# Workbooks made to do harm (RELIABILITY 12-18): status 65, the place and the reason; nothing of them comes in.
SEEDS=$ROOT/tests/fuzz/xlsx
while read -r seed reason; do
    expect "$seed: a fault of the file" 65 "$seed.xlsx: error: .*$reason" "$BIN" import --db faults.db "$SEEDS/$seed.xlsx"
done << 'EOF'
doctype sheet1.xml:1:[0-9]+: a <!DOCTYPE
external outside it \("file:///etc/passwd"\): not opened
overlap members .* overlap
lies sheet1.xml: holds more than the 10 bytes
checksum sheet1.xml: CRC error
encrypted sheet1.xml: is encrypted
beyond 시트1!XFE1048577: no cell of A1 to XFD1048576
gap 시트1: row 1000000000 is none of 1 to 1048576
EOF
head -c 30000000 /dev/zero | tr '\0' ' ' > blanks
if command -v zip > /dev/null; then
    mkdir -p xl/worksheets && cp "$SEEDS/plain.xlsx" bomb.zip
    { echo '<worksheet><sheetData>'; cat blanks; echo '</sheetData></worksheet>'; } > xl/worksheets/sheet1.xml
    zip -q bomb.zip xl/worksheets/sheet1.xml
    expect "bomb: a fault of the file" 65 "sheet1.xml: unpacks to more than 100 times" "$BIN" import --db faults.db bomb.zip
else
    skip "bomb: a fault of the file" "zip is not installed"
fi
is "no article of them is there" "$("$BIN" articles --json --quiet --db faults.db 2> /dev/null | wc -l)" 0
no_strays "nothing is left over" .
if strace -e trace=openat -o /dev/null true 2> /dev/null; then
    strace -f -e trace=open,openat,connect -o calls.txt "$BIN" import --db faults.db "$SEEDS/external.xlsx" > /dev/null 2>&1
    is "nothing that a workbook names is opened" "$(grep -c '/etc/passwd\|connect(' calls.txt)" 0
else
    skip "nothing that a workbook names is opened" "strace does not run here"
fi

if [ ! -d "$BOOKS" ]; then
    skip "the news archive's exports" "../shared/bigkinds is not here"
    finish
    exit
fi
cp "$BOOKS"/*.xlsx . && chmod u+w ./*.xlsx
for book in *.xlsx; do
    "$SPLIT" "$book" > "$book.jsonl"
done
# It has no bodies: its cells are compared as they come with another column in their place.
"$SPLIT" -m 'body=키워드' pyBigKinds_test_wijmo.xlsx > pyBigKinds_test_wijmo.xlsx.jsonl
if command -v python3 > /dev/null; then
    if command -v soffice > /dev/null; then
        timeout 240 soffice "-env:UserInstallation=file://$SCRATCH/office" --headless --convert-to \
            'csv:Text - txt - csv (StarCalc):44,34,76,1,,1042,false,false,false,false,false,-1' --outdir shown ./*.xlsx > office.log 2>&1
    else
        skip "every cell by LibreOffice" "soffice is not installed"
    fi
    for book in *.xlsx; do
        shown=(shown/"${book%.xlsx}"-*.csv)
        [ -e "${shown[0]}" ] || shown=()
        if python3 "$ROOT/tests/cli/workbook_rows.py" "$book" "$book.jsonl" "${shown[@]}" > compared.txt 2>&1; then
            ok "$book: every cell and field"
        else
            not_ok "$book: every cell and field" "$(cat compared.txt)"
        fi
        sed 's/^/# /' compared.txt | head -n 1
    done
else
    skip "every cell by another reader" "python3 is not installed"
fi

# What an import makes of them: all rows but those that the archive itself does not count (분석제외). A few articles name
# another day than their row, and have no certain date.
count_of() { # BOOK: articles, those with a date; set aside as excluded, for other reasons
    rm -f count.db
    "$BIN" import --quiet --db count.db "$1" > import.log 2>&1
    echo "$(sqlite3 count.db "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM article WHERE published IS NOT NULL),
        (SELECT count(*) FROM reject WHERE code = 'excluded'), (SELECT count(*) FROM reject WHERE code <> 'excluded')")"
}
if command -v sqlite3 > /dev/null; then
    is "raw export: articles, dated ones, excluded, rejected" "$(count_of NewsResult_20200101-20201231.xlsx)" "2214|2212|101|0"
    is "export of 2026" "$(count_of bigkinds-2026-sheetjs.xlsx)" "100|100|0|0"
    is "saved again by Excel" "$(count_of kjsang_resaved_by_Excel_2011-2021.xlsx)" "1404|1403|69|0"
    is "of 25 years" "$(count_of osgeokr_1995-2019.xlsx)" "891|889|138|0"
    is "four columns, no text" "$(count_of pyBigKinds_test_wijmo.xlsx)" "0|0|0|1"
else
    skip "what an import makes of them" "sqlite3 is not installed"
fi
finish
