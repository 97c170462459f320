# Periods and scopes of briefs: how they are written, where the files go, what they hold; and sets of briefs, which are
# the same files as single runs write, however many are written at a time.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
mkdir pages
n=0
for page in "시흥시 2024-01-16" "시흥시 2024-02-03" "시흥시 2023-12-20" "수원시 2024-01-10" "포항시 2024-01-17" "포항시 2024-03-01" \
    "춘천시 2024-01-09" "군위군 2024-01-30" "시흥시 2023-02-14"; do
    sample_page pages/$((++n)).txt $page
    sed -i "3,\$s/시는 /시는 ${n}차 사업에서 /" pages/$n.txt
done
"$BIN" import --quiet --db t.db pages "$ROOT/tests/corpus/pages" 2> /dev/null
brief() { "$BIN" "$@" --db t.db --output briefs; }
files() { (cd "$1" 2> /dev/null && find . -type f | LC_ALL=C sort | tr '\n' ' '); }
same() { diff -r "$1" "$2" > diff.txt 2>&1 && echo same || head -c 500 diff.txt; }
whole() { # DIR: the manifest names every other file of the folder, with its checksum
    (cd "$1" || exit
        grep -oE '"name":"[^"]*"|"sha256":"[0-9a-f]*"' manifest.json | cut -d '"' -f 4 | paste - - | awk '{ print $2 "  " $1 }' > "$SCRATCH/sums"
        sha256sum --quiet --strict -c "$SCRATCH/sums" 2>&1
        [ "$(find . -type f ! -name manifest.json | wc -l)" = "$(wc -l < "$SCRATCH/sums")" ] || echo "files that it does not name")
}

# Periods
for period in "--month 2024-01=2024-01" "--quarter 2024-Q1=2024-Q1" "--year 2023=2023" \
    "--from 2024-01-01 --to 2024-02-29=2024-01_2024-02" "--from 2024-01-05 --to 2024-02-10=2024-01-05_2024-02-10"; do
    name=${period#*=}
    expect "${period%=*}" 0 "briefs/$name/brief-$name.pdf" brief ${period%=*}
    is "$name: folder and manifest" "$(whole "briefs/$name"; grep -o '"period":"[^"]*"' "briefs/$name/manifest.json"; head -c 4 "briefs/$name/brief-$name.pdf")" \
        "\"period\":\"$name\"
%PDF"
done
brief --from 2024-01-01 --to 2024-03-31 --format csv --quiet
is "days that are a quarter are that quarter" "$(cd briefs && ls -d 2024*)" "2024-01
2024-01-05_2024-02-10
2024-01_2024-02
2024-Q1"
export SOURCE_DATE_EPOCH=1711897199 # 2024-03-31 23:59:59 in Korea
expect "the last month" 0 "briefs/2024-02/" brief --month last --format csv
expect "the last quarter" 0 "briefs/2023-Q4/" brief --quarter last --format csv
expect "the last year" 0 "briefs/2023/" brief --year last --format csv
SOURCE_DATE_EPOCH=1711897200
expect "a second later: the month" 0 "briefs/2024-03/" brief --month last --format csv
expect "… and the quarter" 0 "briefs/2024-Q1/" brief --quarter last --format csv
unset SOURCE_DATE_EPOCH
expect "two periods" 64 'more than one period' brief --month 2024-01 --year 2024
expect "no period" 64 'no period given' brief --region 시흥
expect "no quarter" 64 '2024-Q5: not a quarter; write it as 2024-Q1' brief --quarter 2024-Q5
expect "half a range" 64 'belong together' brief --from 2024-01-01
expect "a range backwards" 64 '2024-02-01 is after --to 2024-01-01' brief --from 2024-02-01 --to 2024-01-01

# Regions as people write them
brief --month 2024-01 --region 41390 --quiet
is "a scope's files" "$(files briefs/2024-01/41390)" "./articles-2024-01-41390.csv ./brief-2024-01-41390.pdf ./cities-2024-01-41390.csv \
./csv-metadata.json ./facts-2024-01-41390.csv ./initiatives-2024-01-41390.csv ./manifest.json ./trend-2024-01-41390.csv "
is "the scope in the manifest" "$(whole briefs/2024-01/41390; grep -o '"scope":"[^"]*"' briefs/2024-01/41390/manifest.json)" '"scope":"41390"'
for way in 시흥 시흥시 "경기 시흥" "경기도 시흥시" 시흥시,41390; do
    "$BIN" --month 2024-01 --region "$way" --db t.db --output ways --quiet
    is "$way" "$(same briefs/2024-01/41390 ways/2024-01/41390)" "same"
done
expect "a former code" 0 'briefs/2024-01/51110/' brief --month 2024-01 --region 42110 --format csv
expect "a former name" 0 'briefs/2024-01/51110/' brief --month 2024-01 --region "강원도 춘천시" --format csv
expect "the code of the day" 0 'briefs/2023-01/42110/' brief --month 2023-01 --region 춘천 --format csv
expect "a county that has moved" 0 'briefs/2023-06/47720/' brief --month 2023-06 --region "대구 군위군" --format csv
expect "several, in any order" 0 'briefs/2024-01/26110-41390-47000/' brief --month 2024-01 -r 경북,시흥 -r "부산 중구" --format csv
expect "a city beside its province" 0 'briefs/2024-01/41000/' brief --month 2024-01 --region 시흥 --region 경기 --format csv
expect "중구" 64 'may be one of 6 places: .*부산광역시 중구 \(26110\)' brief --month 2024-01 --region 중구
expect "고성군" 64 '경상남도 고성군 \(48820\).*강원특별자치도 고성군 \(51820\)' brief --month 2024-01 --region 고성군
expect "광주" 64 '광주광역시 \(29000\), 경기도 광주시 \(41610\)' brief --month 2024-01 --region 광주
expect "a slip" 64 'did you mean 경기도 시흥시 \(41390\)' brief --month 2024-01 --region 시홍시
expect "no place at all" 64 "xyz: no region's name or code$" brief --month 2024-01 --region xyz
expect "a 구 of a city" 64 'a part of 경기도 고양시 \(41280\)' brief --month 2024-01 --region 일산동구
expect "a county that is no more" 64 'no 충청북도 청원군 \(43710\) on 2024-01-31' brief --month 2024-01 --region 청원군
expect "nothing" 64 'no region given' brief --month 2024-01 --region ""
expect "too many" 64 'more than 30 regions' brief --month 2024-01 --region "$(printf '41390,%.0s' $(seq 31))"

# Categories
brief --month 2024-01 --category bio --quiet
"$BIN" --month 2024-01 --category 바이오 --db t.db --output ways --quiet
is "a category by its label" "$(same briefs/2024-01/bio ways/2024-01/bio; whole briefs/2024-01/bio)" "same"
expect "region and category" 0 'briefs/2024-01/41390-startup/brief-2024-01-41390-startup.pdf' brief --month 2024-01 -r 시흥 -c 창업
expect "a slip in a category" 64 'did you mean "바이오"' brief --month 2024-01 --category 바이요

# What is in a scope
for scope in "시흥 41390" "경기 41000" "경북 47000"; do
    name=${scope% *} code=${scope#* }
    brief --month 2024-01 --region "$name" --format csv --quiet
    is "$name: its initiatives are those of the list" \
        "$(csv_cells "briefs/2024-01/$code/initiatives-2024-01-$code.csv" | tail -n +2 | cut -f 3 | LC_ALL=C sort)" \
        "$("$BIN" initiatives --month 2024-01 --region "$name" --db t.db --json | json_tsv id | LC_ALL=C sort)"
done
is "a province holds its cities" \
    "$(csv_cells briefs/2024-01/41390/initiatives-2024-01-41390.csv | tail -n +2 | cut -f 3 | grep -vcxF -f <(csv_cells briefs/2024-01/41000/initiatives-2024-01-41000.csv | cut -f 3))" "0"

# A set is what single runs write, whatever --jobs
set_of() { "$BIN" --month 2024-01 --db t.db "$@"; }
set_of --all-regions province --output one --jobs 1 > one.list
set_of --all-regions province --output three --jobs 3 > three.list
is "seventeen provinces, told in order" "$(sed 's/^one/X/' one.list | cut -d / -f 1-3 | sort -u | wc -l) $(diff <(sed 's/^one//' one.list) <(sed 's/^three//' three.list) && echo same)" "17 same"
is "three at a time give the same" "$(same one three)" "same"
for code in 41000 47000 36000; do
    brief --month 2024-01 --region $code --quiet
    is "$code: as a single run" "$(same briefs/2024-01/$code one/2024-01/$code)" "same"
done
set_of --all-regions city --output city --format csv --quiet
is "each of 229 cities has its folder" "$(find city/2024-01 -name manifest.json | wc -l)" "229"
is "also those without an initiative, with heads alone" "$(csv_cells city/2024-01/48850/initiatives-2024-01-48850.csv | wc -l)" "1"
"$BIN" --month 2024-01 --region 시흥 --db t.db --format csv --quiet --output alone
is "시흥: as a single run" "$(same city/2024-01/41390 alone/2024-01/41390)" "same"
set_of --all-regions city --region 대구 --category 창업 --output daegu --format csv --json > daegu.json
is "the cities of one province, one category" "$(cd daegu/2024-01 && ls | tr '\n' ' ')" \
    "27110-startup 27140-startup 27170-startup 27200-startup 27230-startup 27260-startup 27290-startup 27710-startup 27720-startup "
is "told as JSON Lines" "$(grep -c '^\["daegu/2024-01/27...-startup/cities-2024-01-27...-startup.csv",.*manifest.json"\]$' daegu.json)" "9"
expect "neither province nor city" 64 'town: not one of province, city' set_of --all-regions town
expect "no city in it" 64 'none is in the regions' set_of --all-regions province --region 시흥
expect "no number of jobs" 64 '0: not a number from 1' set_of --all-regions province --jobs 0
expect "no stage of a set" 64 'does not go with it' set_of --all-regions province --as doc
expect "nor one read aloud" 64 'files: --dump-tags does not go with it' set_of --all-regions province --dump-tags

# What fails is named and hinders no other
mkdir -p bad/2024-01
: > bad/2024-01/26000
expect "a folder that is a file" 73 '부산광역시 \(26000\): error: bad/2024-01/26000: exists and is not a directory' \
    set_of --all-regions province --output bad --format csv
is "the others are there" "$(find bad -name manifest.json | wc -l) $(grep -c '1 of 17 briefs could not be written' err)" "16 1"
expect "no folder for any: said once" 73 'error: t.db/2024-01: cannot create directory' set_of --all-regions city --output t.db
is "… and nothing else" "$(wc -l < err)" "1"
expect "a mistake in the template" 78 'there is no such template' set_of --all-regions city --output none --template nono
is "nothing is written" "$(ls none 2>&1 | grep -c 'No such file')" "1"

# A disk that is full for one file of each worker, a kill -9 of one of them
case $BUILD in *-san) traced= ;; *) traced=$(strace -f -o /dev/null echo yes 2> /dev/null) ;; esac
if [ -n "$traced" ]; then
    for fault in fsync:error=ENOSPC:when=3 rename:signal=KILL:when=9; do
        rm -rf faulty
        strace -f -o /dev/null -e trace=${fault%%:*} -e inject=$fault "$BIN" --month 2024-01 --db t.db --all-regions province --format csv \
            --output faulty --jobs 2 --quiet 2> err
        status=$?
        failed=$(sed -n 's/^briefgen: error: \([0-9]*\) of 17 briefs .*/\1/p' err)
        is "$fault: named, and the others are whole" "$status $(grep -c '^briefgen: .* ([0-9]*): error: ' err | awk '{ print ($1 > 0) }') $(find faulty -name manifest.json | wc -l) \
$(for d in faulty/2024-01/*/; do [ ! -e "$d/manifest.json" ] || whole "$d"; done)" \
            "$([ $fault = "${fault#*KILL}" ] && echo 74 || echo 70) 1 $((17 - failed)) "
    done
else
    skip "faults in a set" "strace is not installed or may not trace this build"
fi

# Stopped in the middle: whole folders alone
for signal in INT TERM KILL; do
    rm -rf stopped
    bash -c 'set -m; "$0" --month 2024-01 --db t.db --all-regions city --output stopped --format csv,json --jobs 2 --quiet & sleep 0.3; kill -'$signal' $! 2> /dev/null; wait $!' "$BIN" 2> /dev/null | cat # until the last worker has ended the brief that it is at
    is "stopped by $signal" "$(for d in stopped/2024-01/*/; do [ "$d" = 'stopped/2024-01/*/' ] || whole "$d" || echo "$d"; done; find stopped -name '.briefgen-*' 2> /dev/null)" ""
done

# Values
"$BIN" data --month 2024-01 --region 시흥 --db t.db > values.json
brief --month 2024-01 --region 시흥 --format json --quiet
is "data prints what --format json writes" "$(cmp values.json briefs/2024-01/41390/brief-2024-01-41390.json && echo same)" "same"
is "it is an object with the template's names" "$(head -n 1 values.json) $(grep -c '^  "기간": "2024년 1월",$' values.json) $(tail -n 1 values.json)" "{ 1 }"

# Templates
is "the built-in templates come before their parts" "$("$BIN" template list | head -n 3 | tr '\n' ' ')" "monthly quarterly summary "
is "each is shown as it is" "$(for name in $("$BIN" template list); do "$BIN" template show "$name" | cmp - "$ROOT/templates/$name.md"; done 2>&1)" ""
expect "no such template" 78 'did you mean "monthly"' "$BIN" template show mothly
expect "no such verb" 64 'did you mean "check"' "$BIN" template chek own.md
expect "nothing to check" 64 'usage: briefgen template check' "$BIN" template check
finish
