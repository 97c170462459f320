# Bad input, faults and misuse: each gives a named error, the right exit status, and changes nothing.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
sample_page good.txt 시흥시 2024-01-16

# Usage
expect "no arguments: help and status 64" 64 "usage: briefgen" "$BIN"
expect "unknown command suggests" 64 'did you mean "import"' "$BIN" imprt x
expect "unknown option suggests" 64 'did you mean "--month"' "$BIN" --moth 2024-01
expect "month 2024-13" 64 "2024-13" "$BIN" --month 2024-13
expect "month 2024-1" 64 "2024-1" "$BIN" --month 2024-1
expect "import without a file" 64 "usage: briefgen import" "$BIN" import
expect "unknown output format" 64 "docx" "$BIN" --month 2024-01 --format docx
expect "help of a command" 0 "usage: briefgen import" "$BIN" import --help
expect "version" 0 "^briefgen [0-9]" "$BIN" --version

# Inputs
expect "missing database" 66 "none.db" "$BIN" --month 2024-01 --db none.db
is "a missing database is not created by reading" "$(ls none.db 2> /dev/null)" ""
expect "missing file" 66 "absent.txt" "$BIN" import absent.txt
: > empty.txt
expect "empty file is set aside" 1 "empty.txt.*rejected" "$BIN" import empty.txt
printf 'before\0after' > nul.txt
expect "NUL bytes" 1 "nul.txt" "$BIN" import nul.txt
{ head -c 300 good.txt; printf '\377\376\375\300\200 \355\240\200'; } > bad.txt
expect "invalid UTF-8 is named with its byte" 1 "bad.txt.*byte" "$BIN" import bad.txt
printf '로그인\n회원가입\n메뉴\n홈\n' > menu.txt
expect "a page with no article" 1 "menu.txt.*no-article" "$BIN" import menu.txt
mkdir -p emptydir
expect "an empty directory" 0 "0 files" "$BIN" import emptydir
mkfifo pipe
cat good.txt > pipe &
expect "a FIFO is read" 0 "1 article added" timeout 10 "$BIN" import --db pipe.db pipe
expect "a device is not" 65 "/dev/null: not a regular file" "$BIN" import /dev/null
: > artcles.txt
expect "a missing file has a hint" 66 'articles.txt: No such file.*did you mean "artcles.txt"' "$BIN" import articles.txt
yes 'nothing to read' | head -c 20000000 > big.txt
expect "20 MB is too much for a page" 1 "big.txt: rejected: more than 16777216 bytes.*too-large" "$BIN" import big.txt
mkdir -p folder && mv big.txt folder/ && sample_page folder/fine.txt 포항시 2024-01-17
expect "in a folder it is set aside and the rest goes in" 1 "big.txt: rejected.*too-large" "$BIN" import --db folder.db folder
expect "the rest went in" 0 "포항시" "$BIN" articles --db folder.db
iconv -f UTF-8 -t CP949 good.txt > cp949.txt
rm -f briefgen.db
expect "CP949 is read" 0 "1 article added" "$BIN" import cp949.txt
expect "the same text in UTF-8 is known" 0 "0 articles added, 1 known" "$BIN" import good.txt
expect "a second import changes nothing" 0 "0 articles added" "$BIN" import good.txt
expect "nor does reading it again" 0 "0 articles added, 1 known" "$BIN" import --again good.txt
head -c 400 cp949.txt > half.txt
cat good.txt >> half.txt
expect "mixed encodings are rejected by name" 1 "half.txt" "$BIN" import half.txt
expect "standard input" 0 "0 articles added, 1 known" sh -c "'$BIN' import - < good.txt"
printf '{"id":"a","title":"t","body":"b"}\n{"id":"b","title":\n' > cut.jsonl
expect "a truncated JSONL line is named" 1 "cut.jsonl:2" "$BIN" import --db cut.db cut.jsonl
expect "the good lines went in" 0 '"external_id":"a"' "$BIN" articles --json --db cut.db

# Databases
remember briefgen.db
printf 'SQLite format 3\0 but nothing of the kind' > corrupt.db
cp corrupt.db corrupt.copy
expect "corrupt database" 65 "corrupt.db" "$BIN" import --db corrupt.db good.txt
is "the corrupt database is untouched" "$(cmp corrupt.db corrupt.copy && echo same)" "same"
if command -v sqlite3 > /dev/null; then
    sqlite3 other.db 'CREATE TABLE t(x); PRAGMA application_id=77;'
    cp other.db other.copy
    expect "another program's database" 65 "other.db" "$BIN" import --db other.db good.txt
    is "it is untouched" "$(cmp other.db other.copy && echo same)" "same"
    cp briefgen.db newer.db
    sqlite3 newer.db 'PRAGMA user_version=999'
    cp newer.db newer.copy
    expect "a newer database" 65 "newer" "$BIN" --month 2024-01 --db newer.db
    is "it is untouched too" "$(cmp newer.db newer.copy && echo same)" "same"
else
    skip "foreign databases" "the sqlite3 shell is not installed"
fi
mkdir shut && cp briefgen.db shut/readonly.db && sample_page shut/second.txt 포항시 2024-01-17 && cp "$BIN" shut/briefgen
chmod a+rx "$SCRATCH" shut && chmod a+r shut/* && chmod a-w shut shut/*
as_user=() # root may write everywhere
[ "$(id -u)" -ne 0 ] || as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
if "${as_user[@]}" shut/briefgen --version > /dev/null 2>&1 && ! "${as_user[@]}" sh -c ': > shut/readonly.db' 2> /dev/null; then
    cp shut/readonly.db readonly.copy
    expect "read-only database" 73 "readonly.db" "${as_user[@]}" shut/briefgen import --db shut/readonly.db shut/second.txt
    is "it is untouched as well" "$(cmp shut/readonly.db readonly.copy && echo same)" "same"
    expect "reading a read-only database is fine" 0 '시흥시' "${as_user[@]}" shut/briefgen articles --db shut/readonly.db
else
    skip "read-only database" "no other user to be"
fi
printf 'x' > nodir
expect "database path below a file" 73 "nodir" "$BIN" import --db nodir/x.db good.txt
unchanged "the good database is untouched by all that"

# Outputs
expect "the brief is written" 0 "brief-2024-01.pdf" "$BIN" --month 2024-01
remember reports/2024-01/*
expect "output path is a file" 73 "nodir" "$BIN" --month 2024-01 --output nodir
printf '[text]\nfont = /nonexistent/font.ttf#0\n' > fonts.ini
expect "font missing" 78 "nonexistent/font.ttf" "$BIN" --month 2024-01 --fonts fonts.ini
expect "font table missing" 78 "absent.ini" "$BIN" --month 2024-01 --fonts absent.ini
printf '# {{없는_이름}}\n' > broken.md
expect "template error names file and line" 78 "broken.md:1" "$BIN" --month 2024-01 --template broken.md
expect "unknown template" 78 "weekly" "$BIN" --month 2024-01 --template weekly
printf 'no_such = 1\n' > briefgen.ini
expect "unknown setting" 78 "briefgen.ini" "$BIN" --month 2024-01
rm briefgen.ini
if [ -e /dev/full ]; then expect "standard output full" 74 "standard output" sh -c "'$BIN' --help > /dev/full"; fi
expect "file size limit" 74 "brief|cannot write" bash -c "ulimit -f 8; '$BIN' --month 2024-01"
unchanged "the earlier brief is byte-identical after every failure"
mkdir blocked && mkdir -p blocked/2024-01/brief-2024-01.pdf
expect "a directory where the PDF should go" 73 "brief-2024-01.pdf" "$BIN" --month 2024-01 --output blocked
is "nothing else was written beside it" "$(ls blocked/2024-01)" "brief-2024-01.pdf"
ln -s elsewhere.csv reports/2024-01/link && mkdir linked && mkdir linked/2024-01 && ln -s ../../target linked/2024-01/brief-2024-01.pdf
expect "a link where the PDF should go" 73 "brief-2024-01.pdf" "$BIN" --month 2024-01 --output linked
no_strays "no temporary file is left" "$SCRATCH"
finish
