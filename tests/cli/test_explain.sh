# `briefgen explain`: the text with its marks, the terms of the score, the other articles; on a terminal and as JSON.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
DB=e.db
explain() { "$BIN" explain --db $DB "$@"; }
record() { printf '{"id":"%s","date":"%s","outlet":"%s","title":"%s","body":"%s"}\n' "$@"; }
id() { "$BIN" articles --json --db $DB | grep "\"external_id\":\"$1\"" | grep -oE '"id":"a[0-9a-f]+"' | cut -d '"' -f 4; }
widest() { LC_ALL=C.UTF-8 wc -L; } # columns
{
    record p1 2024-01-10 새벽신문 '시흥시, 물결 창업지원센터 문 열어' '시흥시는 예비 창업자를 돕는 물결 창업지원센터를 열었다고 밝혔다. 센터는 입주 공간 열두 곳과 회의실을 갖췄다. 올해 창업기업 서른 곳을 뽑아 사업화 자금과 상담을 지원할 계획이다. 아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주아주긴말도있다.'
    record p2 2024-01-11 저녁신문 '시흥 물결 창업지원센터 문 열었다' '시흥시는 예비 창업자를 돕는 물결 창업지원센터를 열었다고 밝혔다. 올해 창업기업 서른 곳을 뽑아 사업화 자금을 지원할 계획이다.'
    record n1 2024-01-12 새벽신문 '창업 강좌 연 협회, 회원 모임' '한 협회가 회원을 위해 창업 강좌를 열었다. 모임은 저녁까지 이어졌다.'
} > in.jsonl
"$BIN" import --quiet --db $DB in.jsonl
explain "$(id p1)" > shown
is "what is marked: city, category word, act" "$(grep -cE '\[시흥시?\]C' shown) $(grep -cE '\[창업기업\]W' shown) $(grep -cE '\[[^]]*\]a' shown | sed 's/[1-9][0-9]*/some/')" "1 1 some"
is "a legend says so" "$(grep -c '^  marks .*\[\]C city found.*\[\]W category word' shown)" "1"
text() { awk '/^  marks/ { exit } /^    /' "$1"; }
is "the whole text stands there" "$(text shown | sed 's/\]\([A-Za-z]\)/]/g' | tr -d '[] \n' | grep -c '시흥시,물결창업지원센터문열어.*갖췄다.*긴말도있다')" "1"
is "no line is wider than 100" "$([ "$(text shown | widest)" -le 100 ] && echo fits)" "fits"
is "a value, a weight, their product" "$(grep -cE '^  \+ +object +[0-9.]+ x +[0-9.]+ = +\+[0-9.]+  ‹.*창업' shown)" "1"
is "what speaks against it too" "$(grep -cE '^  - +bias ' shown)" "1"
LC_ALL=C awk '/value x weight/ { on = 1; next } / sum / { split($0, s, "= "); exit } on && match($0, /= +[-+][0-9.]+/) { total += substr($0, RSTART + 1, RLENGTH - 1) }
    END { d = total - s[2]; print (d < 0.06 && d > -0.06) ? "adds up" : total " and " s[2] }' shown > sum
is "the terms add up" "$(cat sum)" "adds up"
is "the other report, and why" "$(grep -A 1 "^  $(id p2) 2024-01-11 저녁신문" shown | grep -cE 'titles alike 0\.[0-9]+; in both: .*창업지원센터')" "1"
expect "what does not count says what is missing" 0 'counted  no.*no city was found' explain "$(id n1)"
is "and still shows what would speak for it" "$(explain "$(id n1)" | grep -cE '^  \+ object')" "1"
is "an initiative: all of its articles" "$(explain "$("$BIN" initiatives --json --db $DB | grep -oE 'i[0-9a-f]{15}' | head -n 1)" | grep -c '^article ')" "2"

explain --json "$(id p1)" > json
is "--json: one line with text, findings, model, members" "$(wc -l < json) $(grep -cE '"text":.*"findings":\[.*"model":\{.*"contribution":.*"members":\[\{' json)" "1 1"
is "its evidence is the text's" "$(grep -oE '"kind":"city"[^}]*' json | head -n 1 | grep -cE '"words":"시흥시?"')" "1"
is "whether it counts or not" "$(explain --json "$(id n1)" | grep -cE "^\{\"id\":\"$(id n1)\".*\"initiative\":false")" "1"

# On a terminal
if command -v script > /dev/null && command -v stty > /dev/null; then
    on_terminal() { script -qec "stty cols $1; $2 $BIN explain --db $SCRATCH/$DB $(id p1)" /dev/null < /dev/null | tr -d '\r'; }
    on_terminal 60 "" > colour
    is "colours on a terminal" "$(grep -c $'\033\[1;36m시흥' colour | sed 's/[1-9][0-9]*/some/')" "some"
    is "no brackets then" "$(text colour | grep -cF ']C')" "0"
    is "lines as wide as the terminal" "$(text colour | sed $'s/\033\\[[0-9;]*m//g' | widest | awk '{ print ($1 > 40 && $1 <= 60) ? "fits" : $1 }')" "fits"
    on_terminal 60 "NO_COLOR=1" > plain
    is "NO_COLOR" "$(grep -c $'\033' plain) $(grep -c '\[시흥시*\]C' plain | sed 's/[1-9][0-9]*/some/')" "0 some"
    on_terminal 10 "" > narrow
    is "a very narrow one" "$(grep -c '시흥' narrow | sed 's/[1-9][0-9]*/some/')" "some"
else
    skip "on a terminal" "script is not installed"
fi
is "no control characters elsewhere" "$(LC_ALL=C grep -c $'[\001-\011\013-\037]' shown)" "0"
"$BIN" explain --db $DB "$(id p1)" > again
is "the same twice" "$(cmp shown again && echo same)" "same"
expect "an id that is none" 66 'no article or initiative' explain a0zzz
expect "no id" 64 'too short' explain ''
expect "no database" 66 absent "$BIN" explain --db absent.db a1111
expect "a closed output" 74 'standard output' bash -c "'$BIN' explain --db $DB '$(id p1)' > /dev/full"
finish
