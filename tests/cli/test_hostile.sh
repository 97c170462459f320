# Every bad input of tests/hostile and of its generator, alone and through the program: in time, in memory, with the status
# and the reason that its README states, and nothing in the database that should not be.
. "$(dirname "$0")/lib.sh"
TOOLS=$BUILD
cd "$SCRATCH" || exit 1
cp "$ROOT"/tests/hostile/*.txt "$ROOT"/tests/hostile/*.jsonl .
"$TOOLS/make-hostile" made
is "the large ones are made" "$? $(find made -type f | wc -l)" "0 15"
mv made/* .
# Address space: the sanitizers need terabytes of it.
if nm "$BIN" 2> /dev/null | grep -q __asan_init; then bound=unlimited; else bound=600000; fi
limited() { (ulimit -v $bound; exec timeout 20 "$@"); }

# The same import into a database that holds an article: what is set aside must leave it byte for byte.
sample_page good.page 시흥시 2024-01-16
"$BIN" import --quiet --db before.db good.page > /dev/null
tested=" "
file() { # FILE STATUS ARTICLES REASON…: each a regular expression in the messages
    local name=$1 status=$2 articles=$3 wanted reason missing=
    shift 3
    tested="$tested$name "
    cp before.db now.db
    limited "$BIN" import --db now.db "$name" > out 2> err
    is "$name: status and articles" "$? $("$BIN" articles --json --db now.db | wc -l)" "$status $((articles + 1))"
    for reason in "$@"; do grep -qE -- "^briefgen: $name$reason" err || missing="$missing [$reason]"; done
    is "$name: says why" "$missing" ""
    wanted=$(printf '%s\n' "$@" | grep -c 'rejected')
    is "$name: sets aside nothing else" "$(grep -c rejected err)" "$wanted"
    is "$name: messages are printable" "$(LC_ALL=C grep -c "[$(printf '\001-\010\013-\037\177')]" err)" "0"
    if [ "$articles" -eq 0 ]; then
        is "$name: no article is changed" "$("$BIN" articles --json --db now.db)" "$("$BIN" articles --json --db before.db)"
        is "$name: and so is what it counts" "$("$BIN" initiatives --json --db now.db)" "$("$BIN" initiatives --json --db before.db)"
    fi
}

file empty.txt 1 0 ': rejected: .*\[empty-file\]'
file blank.txt 1 0 ': rejected: .*\[empty-file\]'
file nul.txt 1 0 ': rejected: NUL at byte 110.*\[nul-byte\]'
file bad-utf8.txt 1 0 ': rejected: byte 40: not valid UTF-8'
file mixed.txt 1 0 ': rejected: byte 211: not valid UTF-8.*\[mixed-encoding\]'
file cp949-named-utf8.txt 0 1
is "CP949 bytes are read as such" "$("$BIN" articles --json --db now.db | iconv -f UTF-8 -t UTF-8 | LC_ALL=C grep -c "$(printf '\357\277\275')")" "0"
file binary.txt 1 0 ': rejected: looks like a PNG'
file list.txt 1 0 ': rejected: .*\[no-article\]'
file controls.txt 0 1 ': warning: .*\[control-characters\]' ': warning: .*\[bidi-controls\]'
limited "$BIN" articles --db now.db > listing
is "controls.txt: every row has its seven cells" "$(awk -F '\t' 'NF != 7' listing)" ""
limited "$BIN" articles --json --db now.db >> listing
is "controls.txt: no control reaches the terminal" "$(LC_ALL=C grep -c "[$(printf '\001-\010\013-\037\177')]" listing)" "0"
is "controls.txt: nor a bidirectional one" "$(LC_ALL=C grep -cE "$(printf '\342\200[\252-\256]|\342\201[\246-\251]')" listing)" "0"
file bad-lines.jsonl 1 3 ':2:[0-9]+: rejected: .*\[invalid-utf8\]' ':3: rejected: not a JSON object' ':5: rejected: .*\[no-body\]' ':6: rejected: .*\[not-text\]' ':8:[0-9]+: rejected: .*\[invalid-utf8\]'
is "bad-lines.jsonl: the good lines" "$("$BIN" articles --json --db now.db | json_tsv external_id | sort | tr '\n' ' ')" " h1 h4 h7 "
file formula.jsonl 0 5
file markup.jsonl 0 6
file titles.jsonl 0 "$(wc -l < titles.jsonl)" ':2: warning: .*\[odd-url\]'
file huge-line.txt 1 0 ': rejected: .*\[no-article\]'
file combining.txt 1 0 ': warning: .*\[combining-marks\]' ': rejected: .*\[no-article\]'
file many-lines.txt 1 0 ': rejected: .*\[too-many-lines\]'
file deep.jsonl 1 0 ':1: rejected: nested deeper than [0-9]+'
file many-keys.jsonl 1 0 ':1:[0-9]+: rejected: duplicate object key'
file huge-number.jsonl 1 0 ':1:[0-9]+: rejected: .*\[json-syntax\]'
file digits.txt 1 0 ': rejected: .*\[no-article\]'
file bom-only.txt 1 0 ': rejected: .*\[empty-file\]'
file blank-lines.txt 0 1
file marks.jsonl 0 1
file regions.jsonl 0 1
file one-word.jsonl 0 1
limited "$BIN" explain --db now.db "$("$BIN" articles --json --db now.db | grep '"external_id":"w"' | cut -d '"' -f 4)" > shown
is "one-word.jsonl: explained in time, the whole of it" "$? $(tr -d ' \n' < shown | tr -d '\[\]a-zA-Z' | grep -c '바이오제조창업바이오제조')" "0 1"
file utf16-odd.txt 1 0 ': rejected: byte 4: not valid utf-16le'
for name in *.txt *.jsonl; do
    case $tested in
    *" $name "*) ;;
    *) not_ok "$name has its expectation here" "none" ;;
    esac
    is "$name is in the README" "$(grep -c "\`$name\`" "$ROOT/tests/hostile/README.md")" "1"
done

# All of them in one import: the good ones go in, the rest is named, and a second time changes nothing.
mkdir all && cp ./*.txt ./*.jsonl all/
limited "$BIN" import --db all.db all > out 2> err
is "all together: status" "$?" "1"
n=$("$BIN" articles --json --db all.db | wc -l)
is "all together: as many articles as alone" "$n" "$((1 + 1 + 3 + 5 + 6 + 4 + $(wc -l < titles.jsonl)))"
limited "$BIN" import --again --db all.db all > out 2> err
is "all together: known the second time" "$? $(grep -c ": 0 articles added, $n known before" out)" "1 1"
is "all together: the same list" "$("$BIN" articles --json --db all.db | wc -l)" "$n"
limited "$BIN" --month 2024-01 --db all.db --output brief --quiet > out 2> err
is "all together: the brief is written" "$? $(ls brief/2024-01 | wc -l)" "0 8"
is "all together: warnings at most" "$(grep -cv 'warning' err)" "0"
no_strays "no temporary file is left" "$SCRATCH"
finish
