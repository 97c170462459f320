# Shared by the command-line tests: TAP output, a scratch folder, and checks on status, messages and left-overs.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
BIN=$PWD/${BUILD:-build}/briefgen
ROOT=$PWD
SCRATCH=$(mktemp -d)
trap 'chmod -R u+w "$SCRATCH" 2> /dev/null; rm -rf "$SCRATCH"' EXIT
count=0 failures=0

ok() { count=$((count + 1)); echo "ok $count - $1"; }
not_ok() { count=$((count + 1)); failures=$((failures + 1)); echo "not ok $count - $1"; shift; printf '%s\n' "$@" | sed 's/^/#   /'; }
skip() { count=$((count + 1)); echo "ok $count - $1 # SKIP $2"; }
is() { # NAME GOT WANTED
    if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "got:    $2" "wanted: $3"; fi
}
finish() { echo "1..$count"; [ $failures -eq 0 ]; }

# expect NAME STATUS PATTERN COMMAND…: exit status, and a regular expression that standard error + output must match.
expect() {
    local name=$1 status=$2 pattern=$3 got
    shift 3
    "$@" > "$SCRATCH/out" 2> "$SCRATCH/err" < /dev/null
    got=$?
    if [ $got -ne "$status" ]; then
        not_ok "$name" "exit $got, wanted $status" "$(head -c 600 "$SCRATCH/err")"
    elif ! cat "$SCRATCH/err" "$SCRATCH/out" | grep -qE -- "$pattern"; then
        not_ok "$name" "no match for: $pattern" "$(head -c 600 "$SCRATCH/err" "$SCRATCH/out")"
    else
        ok "$name"
    fi
}

# unchanged NAME FILE…: the files are byte for byte as remember() saw them.
remember() { sha256sum "$@" > "$SCRATCH/.sums"; }
unchanged() {
    if sha256sum --quiet -c "$SCRATCH/.sums" > "$SCRATCH/out" 2>&1; then ok "$1"; else not_ok "$1" "$(cat "$SCRATCH/out")"; fi
}
no_strays() { # NAME DIR: no temporary or journal file is left
    local found
    found=$(find "$2" -name '.briefgen-*' -o -name '*-journal' -o -name '*-wal' | head -n 3)
    is "$1" "$found" ""
}

# One article, as a page: the smallest thing that imports.
sample_page() { # FILE CITY DATE
    cat > "$1" << PAGE
$2, 청년 창업지원센터 문 열어

등록 $3 10:20:30

$2는 예비 창업자와 초기 창업기업을 돕는 청년 창업지원센터를 열었다고 밝혔다. 센터는 입주 공간 열두 곳과 회의실을 갖췄다.

시는 올해 창업기업 서른 곳을 뽑아 사업화 자금과 전문가 상담을 지원할 계획이다. 시 관계자는 창업하기 좋은 도시를 만들겠다고 말했다.

저작권자 ⓒ 새벽신문 무단전재 및 재배포 금지
PAGE
}

# JSON Lines (articles --json, initiatives --json) from standard input as tab-separated text. Awk sees bytes: LC_ALL=C.
json_tsv() { LC_ALL=C awk -v FIELDS="$*" -f "$ROOT/tests/cli/json.awk" -f "$ROOT/tests/cli/json_tsv.awk"; } # FIELD…
csv_cells() { "$ROOT/${BUILD:-build}/csv-cells" "$@"; }
# Sums up a column of a table whose other columns have the given values: csv_sum FILE COLUMN KEYCOLUMN VALUE … (by number)
csv_sum() {
    local file=$1 column=$2
    shift 2
    csv_cells "$file" | LC_ALL=C awk -F '\t' -v COLUMN="$column" -v CONDITION="$*" '
        BEGIN { n = split(CONDITION, c, " ") }
        NR > 1 { for (i = 1; i < n; i += 2) if ($c[i] != c[i + 1]) next; sum += $COLUMN }
        END { print sum + 0 }'
}
without_blanks() { tr -d ' \t\r\n\f'; } # of ASCII
