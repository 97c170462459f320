# mixed N: makes the folder in/ with N articles over and over in every form, and faults among them.
mixed() {
    mkdir -p in/pages in/packed xl/worksheets
    LC_ALL=C.UTF-8 awk -v DIR=in -v N="$1" -f "$ROOT/tests/cli/mixed.awk"
    iconv -f UTF-8 -t CP949 in/other.txt > in/other.csv && rm in/other.txt
    mv in/sheet1.xml xl/worksheets/ && cp "$ROOT/tests/fuzz/xlsx/plain.xlsx" in/book.xlsx
    zip -q in/book.xlsx xl/worksheets/sheet1.xml && rm -r xl
    sed 's/"keywords":"지원,기업"/"keywords":"기업"/' in/lines.jsonl | gzip -n > in/packed/lines.jsonl.gz
    tar -cf in/packed/pages.tar -C in pages
}
# What a database says, rejects included, without the numbers of rows.
said() {
    "$BIN" rejects --json --quiet --db "$1" | sed 's/"id":[0-9]*,"import":[0-9]*,//' | sort -u
    sqlite3 "$1" < "$ROOT/tests/cli/logical.sql" 2>&1
}
