# Conditions of the real world: two instances at once, a timer's bare environment, a folder that cannot be written, and
# names of files, outlets and ids that want to be something else.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
rows() { "$BIN" articles --json --db "$1" && "$BIN" initiatives --json --db "$1"; }
now() { date +%s; }

mkdir one two
cities=(시흥시 포항시 고양시 양주시 원주시 전주시)
for i in $(seq 60); do
    sample_page one/$i.txt "${cities[i % 6]}" 2024-01-$((10 + i % 20))
    sample_page two/$i.txt "${cities[i % 5]}" 2024-02-$((10 + i % 19))
    for f in one two; do sed -i "3,\$s/시는 /시는 $f 사업의 ${i}차 연도에 /" $f/$i.txt; done
done

# Two instances
"$BIN" import --quiet --db sequence.db one && "$BIN" import --quiet --db sequence.db two
rows sequence.db > sequence.rows
is "one after the other" "$? $(grep -c '"source"' sequence.rows)" "0 120"
for round in 1 2 3; do
    rm -f at-once.db
    "$BIN" import --quiet --db at-once.db one 2> err1 &
    first=$!
    "$BIN" import --quiet --db at-once.db two 2> err2
    second=$?
    wait $first
    is "round $round: both imports into a new database" "$? $second" "0 0"
    rows at-once.db > at-once.rows
    is "round $round: the result is that of one after the other" "$(cmp sequence.rows at-once.rows && echo same)" "same"
done
"$BIN" --month 2024-01 --db sequence.db --output alone --quiet
for i in 1 2 3 4; do "$BIN" --month 2024-01 --db sequence.db --output together --quiet 2>> together.err & done
wait
is "four briefs into one folder at once" "$(cat together.err; diff -r alone together && echo same)" "same"

cp sequence.db brief.db

# A lock that stays for longer than 5 s: of the folder (waited for in the background, to save time) and, with strace to
# make a writer slow, of the database.
waiting=
if command -v flock > /dev/null; then
    remember together/2024-01/*
    exec 9< together/2024-01
    flock 9
    began=$(now)
    { "$BIN" --month 2024-01 --db brief.db --output together > folder.out 2> folder.err 9<&-; echo "$? $(($(now) - began))" > folder.end; } &
    waiting=$!
else
    skip "a folder in use" "flock is not installed"
fi
case $BUILD in *-san) traced= ;; *) traced=$(strace -f -o /dev/null echo yes 2> /dev/null) ;; esac
if [ -n "$traced" ]; then
    sample_page slow.txt 시흥시 2024-03-16
    sample_page late.txt 포항시 2024-03-17
    strace -f -o slow.log -e trace=fdatasync -e inject=fdatasync:delay_enter=12s:when=1 \
        "$BIN" import --db sequence.db slow.txt > slow.out 2>&1 &
    slow=$!
    for _ in $(seq 100); do [ -s sequence.db-journal ] && break; sleep 0.05; done
    began=$(now)
    expect "a database in use: 75" 75 'error: sequence.db: the database is in use: another briefgen is importing.*when that is done$' "$BIN" import --db sequence.db late.txt
    took=$(($(now) - began))
    is "after 5 s or so (took $took), before the slow writer has ended" "$((took >= 4)) $(kill -0 $slow && echo at work)" "1 at work"
    wait $slow
    is "the slow writer ends well" "$?" "0"
    expect "and then the late one goes in" 0 '1 article added' "$BIN" import --db sequence.db late.txt
else
    skip "a database in use" "strace is not installed or may not trace this build"
fi
if [ -n "$waiting" ]; then
    wait $waiting
    exec 9<&-
    read -r status took < folder.end
    is "a folder in use: 75" "$status $(grep -c 'error: together/2024-01: another program' folder.err)" "75 1"
    is "after 5 s or so (took $took), though the lock stays" "$((took >= 4 && took <= 30))" "1"
    unchanged "and what is there stays"
    expect "afterwards it is free, whatever became of the holder" 0 'brief-2024-01.pdf' \
        "$BIN" --month 2024-01 --db brief.db --output together
fi
no_strays "no journal and no temporary file is left" "$SCRATCH"

# A timer's environment. The program must be readable by a user who is not root and may not write here.
mkdir bin cron readonly
cp "$BIN" bin/
sample_page cron/page.txt 시흥시 2024-01-16
"$BIN" import --quiet --db plain.db "$SCRATCH/cron/page.txt" # tables name the file
"$BIN" --month 2024-01 --db plain.db --output plain --quiet
chmod a+rx "$SCRATCH" bin cron && chmod a+rwx cron && chmod a+r cron/page.txt && chmod a-w readonly
as_user=()
if [ "$(id -u)" -eq 0 ] && setpriv --reuid=65534 --regid=65534 --clear-groups true 2> /dev/null; then
    as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
if (cd readonly && "${as_user[@]}" "$SCRATCH/bin/briefgen" --version > /dev/null 2>&1); then
    timer() { (cd readonly && exec env -i LANG=C TZ=America/St_Johns "${as_user[@]}" "$SCRATCH/bin/briefgen" "$@"); }
    page=$SCRATCH/cron/page.txt db=$SCRATCH/cron/cron.db
    is "nothing can be written in its folder" "$( (cd readonly && "${as_user[@]}" sh -c ': > x') 2> /dev/null; ls readonly)" ""
    timer import --quiet --db "$db" "$page" <&- >&- 2>&-
    is "import with a bare environment and descriptors 0 to 2 closed" "$?" "0"
    timer --month 2024-01 --quiet --db "$db" --output "$SCRATCH/cron/out" <&- >&- 2>&-
    is "the brief too" "$?" "0"
    is "the same bytes as in a terminal" \
        "$(for f in brief cities articles trend; do cmp plain/2024-01/$f-2024-01.* cron/out/2024-01/$f-2024-01.* || echo "$f"; done)" ""
    timer import --quiet --db "$db" "$page" > out 2> err < /dev/null
    is "silent: import" "$? $(cat out err)" "0 "
    timer --month last --quiet --db "$db" --output "$SCRATCH/cron/out" > out 2> err < /dev/null
    is "silent: the brief of the last month" "$? $(cat out err)" "0 "
    no_strays "nothing temporary is left" cron
else
    skip "a timer's environment" "another user cannot run the program from here"
fi

# Names. No output's name comes from the data; what cannot be a name of ours stays text.
mkdir names reports
long=$(printf '가%.0s' $(seq 300))
i=0
for outlet in '../../x' 'a/b' '-rf' '/etc/passwd' "$long" '=cmd|x' $'줄\\n바꿈'; do
    i=$((i + 1))
    printf '{"id":"../%s-%s","outlet":"%s","date":"2024-01-1%s","title":"시흥시, 창업지원센터 %s호점 문 열어","body":"시흥시는 예비 창업자를 돕는 창업지원센터 %s호점을 열었다고 밝혔다. 올해 창업기업 서른 곳을 뽑아 사업화 자금을 지원할 계획이다.","url":"https://news.example.kr/../%s"}\n' \
        "$i" "$outlet" "$outlet" $i $i $i $i
done > names/outlets.jsonl
expect "outlets and ids like paths and options" 0 '7 articles added' "$BIN" import --db names.db names/outlets.jsonl
expect "their brief" 0 'brief-2024-01.pdf' "$BIN" --month 2024-01 --db names.db --output reports/names
is "only the six names of ours, below the output folder" "$(cd reports && find . -type f | LC_ALL=C sort | tr '\n' ' ')" \
    "./names/2024-01/articles-2024-01.csv ./names/2024-01/brief-2024-01.pdf ./names/2024-01/cities-2024-01.csv ./names/2024-01/csv-metadata.json ./names/2024-01/facts-2024-01.csv ./names/2024-01/initiatives-2024-01.csv ./names/2024-01/manifest.json ./names/2024-01/trend-2024-01.csv "
mkdir odd
sample_page ./-rf 시흥시 2024-01-16
sample_page "odd/=1+1,\"x\";.txt" 포항시 2024-01-17
sample_page $'odd/a\nb\tc\e[31m.txt' 고양시 2024-01-18
sample_page "odd/$(printf '나%.0s' $(seq 83)).txt" 양주시 2024-01-19 # 249 + 4 bytes
sample_page "odd/-rf" 원주시 2024-01-20
expect "a file that looks like an option is one" 64 '-rf is not an option|-r is not an option' "$BIN" import --db odd.db -rf
expect "after -- it is a file" 0 '1 article added' "$BIN" import --db odd.db -- -rf
expect "odd file names" 0 '4 articles added' "$BIN" import --db odd.db odd
"$BIN" articles --json --db odd.db > odd.json
is "their list is one JSON object a line" "$(wc -l < odd.json) $(json_tsv title < odd.json | wc -l)" "5 5"
is "no control character gets out" "$(LC_ALL=C grep -c $'[\001-\011\013-\037]' odd.json)" "0"
"$BIN" articles --db odd.db > odd.list
is "nor into the list for people" "$(LC_ALL=C tr -d '\011' < odd.list | LC_ALL=C grep -c $'[\001-\011\013-\037]')" "0"
"$BIN" --month 2024-01 --db odd.db --output odd.out --quiet
is "the table of articles has a row each" "$(csv_cells odd.out/2024-01/articles-2024-01.csv | wc -l)" "6"
is "and no cell that a spreadsheet would run" "$(csv_cells odd.out/2024-01/articles-2024-01.csv | grep -cE $'(^|\t)[=+@-]')" "0"
for f in odd.json odd.out/2024-01/*.csv; do
    is "valid UTF-8: $(basename "$f")" "$(iconv -f UTF-8 -t UTF-16 < "$f" > /dev/null 2>&1; echo $?)" "0"
done
mkdir invalid
sample_page $'invalid/\xc3\x28\xff-\xed\xa0\x80.txt' 시흥시 2024-01-16
"$BIN" import --quiet --db invalid.db invalid > out 2> err
is "a file name that is not UTF-8 is no error" "$? $(cat out err)" "0 "
"$BIN" articles --json --db invalid.db > invalid.json
"$BIN" --month 2024-01 --db invalid.db --output invalid.out --quiet
is "its article is there" "$(json_tsv title < invalid.json | grep -c 시흥시)" "1"
for f in invalid.json invalid.out/2024-01/*.csv; do
    is "valid UTF-8 all the same: $(basename "$f")" "$(iconv -f UTF-8 -t UTF-16 < "$f" > /dev/null 2>&1; echo $?)" "0"
done
absent=$(printf 'n%.0s' $(seq 300))
expect "a file name of 300 bytes" 66 'File name too long' "$BIN" import --db odd.db "$absent.txt"
expect "a template name of 300 bytes" 78 'error: [.][.]/nnn.*too long' "$BIN" --month 2024-01 --db odd.db --template "../$absent"
expect "an output path of 5,000 bytes" 73 'error: x/x/' "$BIN" --month 2024-01 --db odd.db \
    --output "$(printf 'x/%.0s' $(seq 2500))"

# Titles that are PDF syntax stay text
printf '{"id":"t","outlet":"새벽신문","date":"2024-01-15","title":"시흥시 창업지원센터 ) /OpenAction << /S /JavaScript /JS (app.alert(1)) >>","body":"시흥시는 예비 창업자를 돕는 창업지원센터를 열었다고 밝혔다. 올해 창업기업 서른 곳을 뽑아 사업화 자금을 지원할 계획이다.","url":"javascript:alert(1)"}\n' > title.jsonl
expect "a title of PDF syntax" 0 '1 article added' "$BIN" import --db title.db title.jsonl
"$BIN" --month 2024-01 --db title.db --output title.out --quiet
if command -v qpdf > /dev/null; then
    qpdf --json=2 --json-key=qpdf title.out/2024-01/brief-2024-01.pdf > title.objects 2> err
    is "its PDF has no action of that kind" "$? $(grep -cE '"/(OpenAction|JavaScript|JS)"|"u:javascript' title.objects)" "0 0"
else
    skip "a title of PDF syntax" "qpdf is not installed"
fi

# Left over from a killed run, or planted there: removed, not followed
mkdir -p left/2024-01
echo half > left/2024-01/.briefgen-new-0
echo old > left/2024-01/.briefgen-old-5
echo precious > precious
ln -s ../../precious left/2024-01/.briefgen-new-1
ln -s ../../absent left/2024-01/.briefgen-new-2
"$BIN" --month 2024-01 --db plain.db --output left --quiet
is "what a killed run left is cleared away" "$? $(diff -r plain left && echo same)" "0 same"
is "and a link in its place is not followed" "$(cat precious; ls absent 2> /dev/null)" "precious"
mkdir -p stuck/2024-01/.briefgen-new-3
expect "a folder with the name of a temporary file: 73" 73 'cannot create.*briefgen-new-3' "$BIN" --month 2024-01 --db plain.db --output stuck
is "and nothing else comes into being" "$(ls -A stuck/2024-01)" ".briefgen-new-3"

# A reader that goes away
for list in articles initiatives; do
    exec 3> >(exec true)
    wait $! # until nobody reads
    "$BIN" $list --db brief.db >&3 2> err
    status=$?
    exec 3>&-
    is "$list into a closed pipe: 74, one line" "$status $(grep -c 'error: standard output' err) $(wc -l < err)" "74 1 1"
done

# Targets that are no files
mkdir -p pipe/2024-01 && mkfifo pipe/2024-01/cities-2024-01.csv
expect "a FIFO where a table should go" 73 'cities-2024-01.csv: exists and is not a regular file' timeout 10 \
    "$BIN" --month 2024-01 --db odd.db --output pipe
is "it is left alone, with nothing beside it" "$(ls -A pipe/2024-01) $(test -p pipe/2024-01/cities-2024-01.csv && echo pipe)" "cities-2024-01.csv pipe"
finish
