# The CSV tables: RFC 4180 to the byte, nothing in them that a spreadsheet would run, and what a spreadsheet shows is what
# they say, cell by cell.
. "$(dirname "$0")/lib.sh"
MONTH=2024-01
"$BUILD/generate-corpus" "$SCRATCH/generated" 1 > /dev/null
cp "$ROOT/tests/hostile/titles.jsonl" "$SCRATCH/=1+1,\"x\".jsonl"
cd "$SCRATCH" || exit 1

# The reader that the rest rests on
reads() { # NAME STATUS BYTES: printf's argument
    printf "$3" > t.csv
    csv_cells t.csv > /dev/null 2>&1
    is "strict reader: $1" "$?" "$2"
}
reads "a table" 0 '\357\273\277a,b\r\n"x ""y"", z\n",2\r\n'
reads "no byte order mark" 1 'a,b\r\n1,2\r\n'
reads "LF" 1 '\357\273\277a,b\n1,2\n'
reads "one cell too few" 1 '\357\273\277a,b\r\n1\r\n'
reads "one cell too many" 1 '\357\273\277a,b\r\n1,2,3\r\n'
reads "a bare quote" 1 '\357\273\277a,b\r\n1,x"y\r\n'
reads "text after a closing quote" 1 '\357\273\277a,b\r\n1,"x"y\r\n'
reads "open quotes" 1 '\357\273\277a,b\r\n1,"x\r\n'
reads "no end of the last row" 1 '\357\273\277a,b\r\n1,2'
reads "a bare CR" 1 '\357\273\277a,b\r1,2\r\n'

"$BIN" import --quiet --db hostile.db ./=*.jsonl > /dev/null 2>&1
"$BIN" import --quiet --db sample.db generated/pages "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1
mkdir ours shown
for set in hostile sample; do
    "$BIN" --month $MONTH --db $set.db --output $set --quiet 2> /dev/null
    for table in cities initiatives articles trend facts; do
        file=$set/$MONTH/$table-$MONTH.csv
        csv_cells "$file" > "ours/$set-$table" 2> err
        is "$set: $table is RFC 4180 with a byte order mark" "$? $(cat err)" "0 "
        is "$set: $table is UTF-8" "$(iconv -f UTF-8 -t UTF-8 "$file" 2>&1 | cmp - "$file" 2>&1)" ""
        is "$set: no cell of $table is a formula" "$(LC_ALL=C tr '\t' '\n' < "ours/$set-$table" |
            LC_ALL=C grep -nE "^([[:space:]]|\\\\[tnr])*([-=+@]|$(printf '\357\274\235|\357\274\213|\357\274\215|\357\274\240'))" | head -n 3)" ""
        cp "$file" "ours/$set-$table.csv"
    done
done
is "all the hostile titles are counted" "$(tail -n +2 ours/hostile-initiatives | wc -l)" "$(wc -l < "$ROOT/tests/hostile/titles.jsonl")"
is "six of them are neutralised" "$(cut -f 4 ours/hostile-initiatives | grep -c "^'")" "6"
# But for the apostrophe a title is what the list says.
"$BIN" articles --json --db hostile.db | json_tsv id title | sort > listed
tail -n +2 ours/hostile-articles | cut -f 5,6 | sed "s/\t'/\t/; s/\\\\\\\\/\\\\/g" | sort > printed
is "titles are whole" "$(diff listed printed)" ""
is "codes have five digits" "$(tail -n +2 ours/sample-cities | cut -f 2 | grep -cvE '^[1-5][0-9]{4}$')" "0"
is "days are ISO dates" "$(tail -n +2 ours/sample-initiatives | cut -f 12,13,17 | tr '\t' '\n' | grep -cvE '^20[0-9]{2}-[01][0-9]-[0-3][0-9]$')" "0"

# Other languages and encodings
expect "a character that CP949 does not have" 65 'initiatives, row [0-9]+, column 사업명: "🚀" \(U\+1F680\) has no place in CP949' \
    "$BIN" --month $MONTH --db hostile.db --output cp949 --format csv --csv-encoding cp949 --quiet
is "nothing is written then" "$(ls -A cp949 2> /dev/null)" ""
"$BIN" --month $MONTH --db sample.db --output cp949 --format csv --csv-encoding cp949 --quiet
"$BIN" --month $MONTH --db sample.db --output utf8 --format csv --csv-encoding utf-8 --quiet
"$BIN" --month $MONTH --db sample.db --output english --format csv --lang en --quiet
for table in cities initiatives articles trend facts; do
    is "$table in CP949 and in UTF-8" "$(iconv -f CP949 -t UTF-8 cp949/$MONTH/$table-$MONTH.csv | cmp - utf8/$MONTH/$table-$MONTH.csv 2>&1)" ""
    is "$table in UTF-8 with and without a byte order mark" \
        "$(tail -c +4 sample/$MONTH/$table-$MONTH.csv | cmp - utf8/$MONTH/$table-$MONTH.csv 2>&1)" ""
    is "$table in English: headers are those of the contract" \
        "$(csv_cells english/$MONTH/$table-$MONTH.csv | head -n 1 | tr '\t' '\n')" \
        "$(awk -F '\t' -v T=$table '$1 == T { print $4 }' "$ROOT/src/data/csv.tsv")"
done
is "and so are words" "$(tail -n +2 english/$MONTH/articles-$MONTH.csv | grep -c ',예,\|,아니오,')" "0"

# What a spreadsheet user sees: Korean settings, numbers and dates recognised as eagerly as it can.
if ! command -v soffice > /dev/null; then
    skip "every cell as LibreOffice shows it" "soffice is not installed"
    finish
    exit
fi
office() { timeout 240 soffice "-env:UserInstallation=file://$SCRATCH/office" --headless "$@" > office.log 2>&1; }
office --infilter="Text - txt - csv (StarCalc):44,34,76,1,,1042,false,true" --convert-to fods --outdir shown ours/*.csv
is "LibreOffice opens all of them" "$(find shown -name '*.fods' | wc -l)" "10"
is "no cell has become a formula" "$(grep -l 'table:formula' shown/*.fods)" ""
is "no cell has become a link" "$(grep -lE 'xlink:href="[^"]*(javascript|file|example)' shown/*.fods)" ""
office --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' --outdir shown shown/*.fods
for name in {hostile,sample}-{cities,initiatives,articles,trend,facts}; do
    csv_cells -l "shown/$name.csv" > "shown/$name"
    # A number may lose the zeros at its end (0.90), nothing else may change.
    LC_ALL=C awk -F '\t' '
        function plain(s) { if (s ~ /^[0-9]+\.[0-9]+$/) { sub(/0+$/, "", s); sub(/\.$/, "", s) } return s }
        NR == FNR { ours[FNR] = $0; rows = FNR; next }
        {
            if (split(ours[FNR], cell, "\t") != NF) print FNR ": other columns"
            for (i = 1; i <= NF; i++) { n++; if (plain(cell[i]) != plain($i)) print FNR ":" i ": " cell[i] " is shown as " $i }
        }
        END { if (FNR != rows || n == 0) print "rows: " rows ", shown " FNR }' "ours/$name" "shown/$name" > differences
    is "$name: every cell as LibreOffice shows it" "$(head -n 5 differences)" ""
done
finish
