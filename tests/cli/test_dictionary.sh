# The data dictionary of README.md is what the contract says: src/data/csv.tsv. UPDATE_GOLDEN writes it anew.
. "$(dirname "$0")/lib.sh"
CONTRACT=$ROOT/src/data/csv.tsv README=${README:-$ROOT/README.md}

# A table of Markdown a table: column, English header, type, meaning.
dictionary() {
    for table in cities initiatives articles trend facts; do
        awk -F '\t' -v T=$table '$1 == "word" && $2 == "rows-" T { printf "\n**%s**: %s.\n\n| 열 | column | type | |\n|---|---|---|---|\n", T, $4 }' "$CONTRACT"
        awk -F '\t' -v T=$table '$1 == T { gsub(/\|/, "\\|", $6); printf "| %s | %s | %s | %s |\n", $3, $4, $5, $6 }' "$CONTRACT"
    done
    echo
}
dictionary > "$SCRATCH/wanted"
if [ -n "${UPDATE_GOLDEN:-}" ]; then
    awk -v NEW="$SCRATCH/wanted" '
        /^<!-- dictionary -->/ { print; while ((getline line < NEW) > 0) print line; skip = 1 }
        /^<!-- end of dictionary -->/ { skip = 0 }
        !skip { print }' "$README" > "$SCRATCH/readme" && cat "$SCRATCH/readme" > "$README"
fi
sed -n '/^<!-- dictionary -->/,/^<!-- end of dictionary -->/p' "$README" | sed '1d;$d' > "$SCRATCH/found"
is "the README's dictionary: names, order, types, meanings (make regen writes it)" "$(diff "$SCRATCH/wanted" "$SCRATCH/found" | head -n 5)" ""
is "it has every column" "$(grep -c '^| ' "$SCRATCH/found")" "$(awk -F '\t' '$1 ~ /^(cities|initiatives|articles|trend|facts)$/ { n++ } END { print n + 5 }' "$CONTRACT")"
finish
