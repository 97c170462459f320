# The same inputs in any order, in one import or several, with any number of threads: the same database but for the
# numbers of its rows, and the same briefs to the byte. ORDERS=200 tries more of them, SEED=n others.
. "$(dirname "$0")/lib.sh"
. "$ROOT/tests/cli/mixed.sh"
cd "$SCRATCH" || exit 1
for tool in sqlite3 zip; do
    command -v $tool > /dev/null || { skip "orders of import" "$tool is not installed"; finish; exit; }
done
mixed "${N:-60}"
cp in/packed/pages.tar in/cut.tar && truncate -s 5000 in/cut.tar # faulty as a whole
inputs=(in/plain.csv in/other.csv in/lines.jsonl in/list.json in/feed.xml in/book.xlsx in/pages in/packed in/cut.tar)

brief() { # DATABASE
    rm -rf brief && "$BIN" --month 2024-01 --db "$1" --output brief --format pdf,csv,json --quiet 2> /dev/null
    (cd brief/2024-01 && sha256sum -- *.*)
}
"$BIN" import --db all.db --jobs 1 "${inputs[@]}" > out 2> err
is "they go in, but for the faulty one" "$?" 65
said all.db > all.said
brief all.db > all.brief
is "many are in more than one of them" \
    "$(sqlite3 all.db 'SELECT COUNT(*) > 40, (SELECT COUNT(*) FROM sighting) > 2 * COUNT(*), (SELECT COUNT(*) FROM variant) > 40,
        (SELECT COUNT(*) FROM initiative) > 10, (SELECT COUNT(*) FROM tally) > 30, (SELECT COUNT(*) FROM reject) > 4 FROM article')" "1|1|1|1|1|1"

# order NUMBER: one line an import, its inputs in a row
order() {
    printf '%s\n' "${inputs[@]}" | awk -v SEED="$(("${SEED:-1}" * 10000 + $1))" '
        { line[NR] = $0 }
        END {
            srand(SEED)
            for (i = NR; i > 1; i--) { j = int(rand() * i) + 1; t = line[i]; line[i] = line[j]; line[j] = t }
            cuts = int(rand() * 5)
            for (i = 1; i <= NR; i++) printf "%s%s", line[i], i == NR || (i < NR && rand() < cuts / NR) ? "\n" : " "
        }'
}
for n in $(seq "${ORDERS:-6}"); do
    rm -f o.db
    jobs=$((n % 3 == 0 ? 5 : n % 3))
    order "$n" > order.txt
    while read -r -a some; do "$BIN" import --quiet --db o.db --jobs $jobs "${some[@]}" > /dev/null 2>&1; done < order.txt
    said o.db > o.said
    is "order $n, $(wc -l < order.txt) imports, $jobs threads: the database" "$(diff all.said o.said | cut -c 1-200 | head -n 6)" ""
    is "order $n: the brief" "$(brief o.db | diff all.brief - | head -n 6)" ""
done
finish
