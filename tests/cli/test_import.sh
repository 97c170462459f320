# Imports as a whole: any number of threads, any order, interrupts, kills, faulty files, standard input, progress, what is
# said of a hundred rejects, and how much memory a large input takes.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
unset SOURCE_DATE_EPOCH

# pages DIR FROM TO: pages that differ; every hundredth is no article
pages() {
    mkdir -p "$1"
    awk -v DIR="$1" -v FROM="$2" -v TO="$3" 'BEGIN {
        n = split("시흥시 포항시 춘천시 나주시 오산시 창원시 여수시", city, " ")
        for (i = FROM; i <= TO; i++) {
            f = sprintf("%s/p%05d.txt", DIR, i)
            if (i % 100 == 0) print "로그인\n아이디\n비밀번호" > f
            else printf "%s, 청년 창업지원센터 %d호 문 열어\n\n등록 2024-01-%02d 10:20:30\n\n%s는 예비 창업자와 초기 창업기업을 돕는 청년 창업지원센터 %d호를 열었다고 밝혔다. 센터는 입주 공간 열두 곳과 회의실을 갖췄다.\n\n시는 올해 창업기업 %d곳을 뽑아 사업화 자금과 전문가 상담을 지원할 계획이다. 시 관계자는 창업하기 좋은 도시를 만들겠다고 말했다.\n\n저작권자 ⓒ 새벽신문 무단전재 및 재배포 금지\n", \
                city[i % n + 1], i, i % 28 + 1, city[i % n + 1], i, i > f
            close(f)
        }
    }'
}
# What a database says, by keys and without the numbers of rows.
said() {
    "$BIN" articles --json --db "$1" 2> /dev/null && "$BIN" initiatives --json --db "$1" 2> /dev/null
}
# An interrupt comes in the foreground: the shell has background jobs ignore SIGINT.
after() { # SECONDS SIGNAL COMMAND…: its exit status as the shell sees it
    local seconds=$1 signal=$2
    shift 2
    { timeout --preserve-status -s "$signal" "$seconds" "$@" > out 2> err; } 2> /dev/null
}

pages one 1 400
pages two 401 600
tar -cf three.tar -C . two
"$BIN" import --quiet --jobs 1 --db clean.db one two three.tar > /dev/null 2>&1
said clean.db > clean.said
is "a clean import" "$(wc -l < clean.said | awk '{ print ($1 > 594) }')" 1

# ---- threads and order ----

for jobs in 2 3 7; do
    "$BIN" import --quiet --jobs $jobs --db "jobs$jobs.db" one two three.tar > /dev/null 2>&1
    said "jobs$jobs.db" > now.said
    is "$jobs threads: the same" "$(cmp clean.said now.said 2>&1)" ""
done
# what a little below the line would count as goes with it, too
printf '{"id":"%s","title":"시흥시 창업 공간 ‘물결 이음터’","body":"시흥시 정왕동에 ‘물결 이음터’가 들어섰다. 초기 창업자가 쓰는 사무실 열 곳과 공유 부엌이 있다. 이용료는 한 달 3만 원이다.","date":"2024-01-13"}\n' 1 2 3 > below.jsonl
"$BIN" import --quiet --jobs 2 --db below.db below.jsonl > /dev/null 2>&1
is "its likely categories" "$(sqlite3 below.db 'SELECT DISTINCT counts, categories FROM candidate')" "0|startup"
"$BIN" import --quiet --jobs 3 --db order.db three.tar two one > /dev/null 2>&1
said order.db | sed 's/"source":"[^"]*"//' > now.said
is "the other way round: the same" "$(sed 's/"source":"[^"]*"//' clean.said | cmp - now.said 2>&1)" ""
for db in clean jobs7 order; do "$BIN" --month 2024-01 --db $db.db --output brief-$db --quiet 2> /dev/null; done
brief() { (cd "brief-$1/2024-01" && sha256sum -- *.*); }
is "and the brief of seven threads, byte for byte" "$(brief jobs7)" "$(brief clean)"
is "… and of the other order" "$(brief order | grep -v -e articles- -e manifest)" "$(brief clean | grep -v -e articles- -e manifest)"
expect "a number of threads that is none" 64 "jobs 0: not a number" "$BIN" import --jobs 0 --db order.db one
expect "reanalyze takes as many" 0 "^[0-9]+ articles analyzed" "$BIN" reanalyze --jobs 3 --db order.db

# ---- again ----

expect "a second import reads nothing" 0 "unchanged, not read +601" "$BIN" import --db clean.db one two three.tar
expect "unless it is told to" 1 "^601 files: 0 articles added, 792 known before, 8 set aside" "$BIN" import --again --db clean.db one two three.tar
touch one/p00001.txt
expect "or a file has been touched" 0 "^1 file: 0 articles added, 1 known" "$BIN" import --db clean.db one two three.tar
expect "another encoding is another reading" 1 "^400 files: 0 articles added" "$BIN" import --encoding utf-8 --db clean.db one
is "nothing has changed" "$(said clean.db | cmp - clean.said 2>&1)" ""
"$BIN" import --json --db json.db one two > out 2> /dev/null
is "as JSON" "$(sed 's/"seconds":.*//' out)" \
    '{"files":600,"unchanged":0,"faulty":0,"added":594,"known":0,"replaced":0,"rejected":6,"reasons":{"no-article":6},"excluded":0,"analyzed":594,"interrupted":false,"undated":0,"own":0,'

mkdir home && sample_page home/a.txt 시흥시 2024-01-16
expect "the database in a folder is no input" 0 "^1 file: 1 article added" "$BIN" import --db home/briefgen.db home
expect "nor is it the next time" 0 "unchanged, not read +1" "$BIN" import --db home/briefgen.db home

# ---- interrupts ----

pages many 1001 4000
tar -cf many.tar many
begun=${EPOCHREALTIME/[.,]/}
"$BIN" import --quiet --db whole.db many.tar > /dev/null 2>&1
took=$((${EPOCHREALTIME/[.,]/} - begun)) # microseconds
said whole.db > whole.said
resumed=0
interrupt() { # MICROSECONDS: sets moment to early, middle or late
    local seconds problem= status n
    seconds=$(awk "BEGIN { printf \"%.3f\", $1 / 1e6 }")
    moment=late
    rm -f cut.db
    after "$seconds" INT "$BIN" import --jobs 2 --db cut.db many.tar
    status=$?
    if [ $status -eq 130 ] && grep -q 'to go on: .*import --jobs 2 --db cut.db many.tar' err; then
        n=$(said cut.db | wc -l) moment=early
        [ "$n" -eq 0 ] || { moment=middle; resumed=$((resumed + 1)); }
        said cut.db | grep '"id":"a' | sed 's/"initiative_id":"[^"]*"//' | sort > some
        sed 's/"initiative_id":"[^"]*"//' whole.said | sort | comm -13 - some > odd
        [ ! -s odd ] || problem+="not of the clean import: $(head -n 1 odd); "
    elif [ $status -ne 130 ] && [ $status -ne 1 ]; then
        problem+="exit $status; "
    fi
    # the signal killed it before it could do otherwise
    if [ $status -eq 130 ] && [ $moment = late ] && ! grep -q 'all was in already' err; then moment=early; fi
    "$BIN" import --quiet --db cut.db many.tar > /dev/null 2>&1
    said cut.db | cmp -s - whole.said || problem+="the next run does not complete it; "
    is "Ctrl-C $moment" "$problem" ""
}
for percent in 15 40 60 85; do interrupt $((took * percent / 100)); done
# However fast the machine is just now: halve the span until one falls into the middle.
low=0 high=$((took * 2))
for _ in {1..25}; do
    [ $resumed -eq 0 ] || break
    interrupt $(((low + high) / 2))
    if [ $moment = late ]; then high=$(((low + high) / 2)); else low=$(((low + high) / 2)); fi
    [ $((high - low)) -gt 2000 ] || { low=0 high=$((took * 2)); }
done
is "some were in the middle" "$((resumed > 0))" 1
rm -f cut.db
for i in 1 2 3 4 5 6 7 8 9 10; do # until it is all in: what is in is not read again
    after 0.12 TERM "$BIN" import --jobs 1 --json --db cut.db many.tar
    status=$?
    [ $status -eq 143 ] || break
    [ -s out ] || continue # it came before the import began
    grep -q '"known":0,' out || not_ok "an interrupted import goes on" "$(cat out)"
done
"$BIN" import --quiet --db cut.db many.tar > /dev/null 2>&1
is "stopped by SIGTERM again and again" "$(said cut.db | cmp - whole.said 2>&1)" ""

mkfifo pipe
for seconds in 1 5 15; do # however slow the machine is just now
    rm -f stdin.db
    { head -c 1000000 many.tar; exec sleep 20; } > pipe &
    feeder=$!
    after $seconds INT "$BIN" import --db stdin.db - < pipe
    status=$?
    kill $feeder 2> /dev/null
    wait $feeder 2> /dev/null
    [ "$(said stdin.db | wc -l)" -le 100 ] || break
done
is "Ctrl-C while standard input says nothing" "$status" 130
is "what had come is in" "$(said stdin.db | wc -l | awk '{ print ($1 > 100 && $1 < 2900) }')" 1
is "it says so" "$(grep -c 'interrupted: what is counted here is in.*same input from its beginning.*import --db stdin.db -$' err)" 1
"$BIN" import --quiet --db stdin.db - < many.tar > /dev/null 2>&1
is "and the whole of it completes it" "$(said stdin.db | sed 's/"source":"[^"]*"//' | cmp - <(sed 's/"source":"[^"]*"//' whole.said) 2>&1)" ""

# A second signal while the first is at work: nothing of this run. (Two may come as one; then it is tried again.)
for i in 1 2 3 4 5; do
    cp clean.db twice.db
    { head -c 1000000 many.tar; exec sleep 20; } > pipe &
    feeder=$!
    "$BIN" import --db twice.db - < pipe > out 2> err &
    importer=$!
    sleep 0.7
    kill -TERM $importer; sleep 0.01; kill -TERM $importer
    wait $importer 2> /dev/null
    status=$?
    kill $feeder 2> /dev/null
    wait $feeder 2> /dev/null
    grep -q 'to go on' err || break
done
is "a second signal drops all of the run" "$status $(said twice.db | cmp - clean.said 2>&1)" "143 "

# ---- kills ----

cp clean.db both.db
"$BIN" import --quiet --db both.db many.tar > /dev/null 2>&1
said both.db > both.said
for seconds in 0.03 0.1 0.2 0.35; do
    cp clean.db killed.db
    after $seconds KILL "$BIN" import --db killed.db many.tar
    said killed.db > now.said
    { cmp -s now.said clean.said || cmp -s now.said both.said; } && problem= || problem="neither old nor new; "
    "$BIN" import --quiet --db killed.db many.tar > /dev/null 2>&1
    said killed.db | cmp -s - both.said || problem+="the next run does not give the clean result"
    is "killed after $seconds s: old or new, and the next run completes it" "$problem" ""
done

# ---- faulty files ----

sample_page a.txt 시흥시 2024-01-16
sample_page c.txt 포항시 2024-01-17
tar -czf b.tar.gz two
truncate -s 3000 b.tar.gz
expect "a faulty file is set aside, the others go in" 65 '^briefgen: b.tar.gz: error: ' "$BIN" import --db faulty.db a.txt b.tar.gz c.txt
is "two articles" "$("$BIN" articles --json --db faulty.db | wc -l)" 2
is "it says so at the end" "$(grep -c '^briefgen: error: 1 file was set aside whole' err)" 1
is "and in the summary" "$(head -n 1 out | cut -d , -f 1)$(grep 'files faulty, nothing is in' out | tr -s ' ')" "3 files: 2 articles added files faulty, nothing is in 1"
expect "it is not forgotten" 65 '^briefgen: b.tar.gz: error: ' "$BIN" import --db faulty.db a.txt b.tar.gz c.txt
tar -czf b.tar.gz two
expect "mended it goes in" 1 '^1 file: 198 articles added' "$BIN" import --db faulty.db a.txt b.tar.gz c.txt
expect "a named file that is missing: nothing is read" 66 'absent.txt: No such file' "$BIN" import --db none.db a.txt absent.txt
is "no article" "$("$BIN" articles --json --db none.db 2> /dev/null | wc -l)" 0

# ---- rejects without number ----

awk 'BEGIN { for (i = 1; i <= 5000; i++) print i % 2 ? "{\"id\":" i ",\"title\":\"제목 " i "\"}" : "{\"id\":" i ",\"title\":\"제목 " i "\",\"body\":\"본문 " i "\"}" }' > half.jsonl
"$BIN" import --db half.db half.jsonl > out 2> err
is "a reject of each second record: status" "$?" 1
is "some are printed" "$(grep -c 'rejected' err)" 20
is "the others are counted" "$(tail -n 1 err)" "briefgen: … and 2480 more like it [no-body]: briefgen rejects"
is "all are kept" "$("$BIN" rejects --json --db half.db | wc -l)" 2500
is "the summary" "$(tr -s ' ' < out | sed '2d;4,$d')" "1 file: 2500 articles added, 0 known before, 2500 set aside; 2500 analyzed
 set aside: no-body 2500"
"$BIN" import --quiet --db quiet.db half.jsonl > out 2> err
is "--quiet: rejects, no summary" "$(wc -c < out) $(grep -c rejected err)" "0 20"
printf '{"id":"1","title":"둘","body":"본문"}\n{"id":"2","title":"셋","body":"본문","excluded":"중복"}\n' > excluded.jsonl
expect "what its source does not count is no fault" 0 'excluded by their source +1' "$BIN" import --db excluded.db excluded.jsonl
is "nothing is said of it" "$(cat "$SCRATCH/err")" ""
printf 'id,title,body,keywords\n1,둘,본문,낱말\n' > richer.csv
"$BIN" import --db excluded.db richer.csv > out
printf 'id,title,body,date\n3,셋,본문,2024-01-16\n4,넷,본문,\n5,다섯,본문,언젠가\n2,둘,본문,2024-01-17\n' > dates.csv
"$BIN" import --db dates.db dates.csv > all 2> err
"$BIN" import --db dates.db --again --json dates.csv > again 2> err
is "articles without a date count in no month: it is said" "$(tr -s ' ' < all | sed -n 2p) $(grep -o '"undated":[0-9]*' again)" " added without a certain date 2, in no month's figures \"undated\":0"
is "an article known with less" "$(tr -s ' ' < out | head -n 2)" "1 file: 0 articles added, 1 known before, 0 set aside; 1 analyzed
 known, now shown as here 1"
printf '{"title":"넷","body":"본문","url":"/view?id=1"}\n' > address.jsonl
expect "an odd address does no harm" 0 'address left out, no http.s. address; the article is in: /view.id=1 \[odd-url\]' \
    "$BIN" import --db excluded.db address.jsonl

# ---- progress ----

if command -v script > /dev/null; then
    script -qec "stty cols 60; '$BIN' import --db shown.db many.tar" typescript > /dev/null < /dev/null
    tr '\r' '\n' < typescript > lines
    is "progress on a terminal" "$(grep -cE '^0 of 1 file.*, [0-9]+ articles, [0-9]+/s' lines | awk '{ print ($1 >= 1) }')" 1
    is "in the width of the terminal" "$(sed 's/\x1b\[K//g' lines | grep -E 'articles?, [0-9]+/s' | awk 'length($0) >= 60')" ""
    is "and gone at the end" "$(grep -c "$(printf '\r\033\[Kbriefgen: … and 10 more like it')" typescript)" 1
    NO_COLOR=1 script -qec "'$BIN' import --db hidden.db many.tar" typescript > /dev/null < /dev/null
    is "not with NO_COLOR" "$(grep -c "$(printf '\033')" typescript)" 0
    script -qec "'$BIN' import --quiet --db hushed.db many.tar" typescript > /dev/null < /dev/null
    is "nor with --quiet" "$(grep -c "$(printf '\033')" typescript)" 0
else
    skip "progress on a terminal" "script is not installed"
fi
"$BIN" import --db plain.db many.tar > out 2> err
is "none where there is no terminal" "$(cat out err | grep -c "$(printf '[\r\033]')")" 0

# ---- much ----

# 100 MB of records in an address space of 400 MB (of which threads and libraries reserve the most).
if nm "$BIN" 2> /dev/null | grep -q __asan_init; then bound=unlimited; else bound=400000; fi
awk -v N=27000 'BEGIN {
    srand(1)
    n = split("가 나 다 라 마 바 사 아 자 차 카 타 파 하 거 너 더 러 머 버 서 어 저 처 커 터 퍼 허 고 노 도 로 모 보 소 오 조 초", s, " ")
    for (i = 0; i < 4000; i++) word[i] = s[int(rand() * n) + 1] s[int(rand() * n) + 1] s[int(rand() * n) + 1]
    for (i = 1; i <= N; i++) {
        body = ""
        for (k = 0; k < 360; k++) body = body word[int(rand() * 4000)] (k % 12 == 11 ? "다. " : " ")
        printf "{\"id\":%d,\"title\":\"시흥시, %s 창업지원센터\",\"date\":\"2024-01-%02d\",\"body\":\"%s\"}\n", i, word[i % 4000], i % 28 + 1, body
    }
}' > much.jsonl
is "it is much" "$(($(wc -c < much.jsonl) / 1000000))" 102
(ulimit -v $bound; exec "$BIN" import --quiet --db much.db much.jsonl) > out 2> err
is "a large file in little memory" "$? $(head -c 200 err)" "0 "
is "all of it" "$("$BIN" articles --json --db much.db | wc -l)" 27000
(ulimit -v $bound; exec "$BIN" import --quiet --db much.db - < much.jsonl) > out 2> err
is "from standard input as well" "$? $(head -c 200 err)" "0 "
until [ -e read.out ]; do touch much.jsonl; sleep 0.1; done & # all the while, whenever it is that the program begins to read
expect "a file that changes is named" 0 '^briefgen: much.jsonl: warning: changed while it was read' "$BIN" import --again --db much.db much.jsonl
: > read.out
wait
expect "and read again the next time" 0 '0 articles added, 27000 known' "$BIN" import --db much.db much.jsonl
rm -f twice.db*
no_strays "no temporary file is left" "$SCRATCH"
finish
