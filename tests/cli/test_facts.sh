#!/bin/bash
# The values of tests/labels/facts.tsv that a person judged in real articles: what was right is still found. The articles
# lie beside the repository; CORPUS names another place.
. "$(dirname "$0")/lib.sh"
corpus=${CORPUS:-../shared/corpus/local.jsonl}
labels=tests/labels/facts.tsv
if [ ! -r "$corpus" ] || ! command -v sqlite3 > /dev/null; then
    skip "judged facts are still found" "no $corpus, or no sqlite3 shell"
    finish
    exit
fi
"$BIN" import --db "$SCRATCH/facts.db" "$corpus" > "$SCRATCH/out" 2>&1
is "the corpus is imported" "$(($? < 2))" 1
sqlite3 -separator $'\t' "$SCRATCH/facts.db" \
    "SELECT a.external_id, f.kind, f.first_byte, f.end_byte, f.value FROM finding f JOIN article a ON a.id = f.article
     WHERE f.kind IN ('stage', 'agency', 'money', 'count', 'target', 'zone')" > "$SCRATCH/found"
LC_ALL=C awk -F '\t' '
    FILENAME == ARGV[1] { found[$1 FS $2 FS $3 FS $4 FS $5] = 1; next }
    /^#/ || $1 == "uid" { next }
    { all[$2 FS $6]++; if (($1 FS $2 FS $3 FS $4 FS $5) in found) still[$2 FS $6]++ }
    END { for (k in all) print k FS still[k] + 0 FS all[k] }' "$SCRATCH/found" "$labels" | sort > "$SCRATCH/sums"
is "all kinds are judged" "$(awk '$2 == "right"' "$SCRATCH/sums" | wc -l)" 6
while IFS=$'\t' read -r kind verdict still all; do
    if [ "$verdict" = wrong ]; then
        echo "# $kind: $still of $all values judged wrong are still given"
    elif [ $((still * 100)) -ge $((all * 97)) ]; then
        ok "$kind: $still of $all values judged right are found"
    else
        not_ok "$kind: $still of $all values judged right are found" "wanted 97 of 100"
    fi
done < "$SCRATCH/sums"
finish
