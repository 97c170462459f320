# Extraction and dating on the labelled real texts beside the repository: the scores, and that everything is imported.
. "$(dirname "$0")/lib.sh"
SHARED=$ROOT/../shared
if [ ! -d "$SHARED/gold" ] || [ ! -d "$SHARED/corpus" ]; then
    skip "the labelled texts" "../shared/gold or ../shared/corpus is not here"
    finish
    exit
fi
score() { # NAME COMMAND…: exit status 0; what the program printed is shown in either case
    local name=$1
    shift
    if "$@" > "$SCRATCH/score" 2>&1; then ok "$name"; else not_ok "$name" "$(cat "$SCRATCH/score")"; fi
    sed 's/^/# /' "$SCRATCH/score"
}
score "the article's own words, F1 of at least .97" "$BUILD/bench/eval_content" "$ROOT/tests/labels/content.tsv" "$SHARED"
score "publication dates, 98 % right" "$BUILD/bench/eval_dates" "$SHARED/gold"

cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db gold.db "$SHARED"/gold/*.txt > /dev/null 2>&1
is "every labelled text is one article" "$("$BIN" articles --json --db gold.db | json_tsv source | sort -u | wc -l)" \
    "$(ls "$SHARED"/gold/*.txt | wc -l)"
"$BIN" import --quiet --db local.db "$SHARED/corpus/local.jsonl" > /dev/null 2>&1
is "every record with a text is an article" "$("$BIN" articles --json --db local.db | wc -l)" \
    "$(grep -vc '"body": ""' "$SHARED/corpus/local.jsonl")"
finish
