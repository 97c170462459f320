#!/bin/bash
# One month in all formats says the same: the web page and the Markdown number by number, the PDF holds all of them, and
# a table of all cities agrees with the CSV table and the values as JSON.
. "$(dirname "$0")/lib.sh"
MONTH=2024-01
"$BUILD/generate-corpus" "$SCRATCH/generated" 1 > /dev/null
cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db sample.db generated/pages "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1

# The numbers of a text in their order: 1,234  −3  0.55
numbers() { LC_ALL=C grep -oE '(\xe2\x88\x92|[+-])?[0-9][0-9,]*(\.[0-9]+)?' ; }
html_text() { # FILE: the body without list of contents, what only those hear who see nothing, calls of notes; tags apart
    sed -e '1,/<\/head>/d' -e '/<nav class="contents"/,/<\/nav>/d' -e '/^<script>/,$d' "$1" |
        sed -E -e 's/<span class="unseen">[^<]*<\/span>//g; s/<sup class="call">[^/]*\/a><\/sup>//g' \
            -e 's/<\/?(td|th|li|p|dt|dd|div|br|summary|text)[^>]*>/ /g' -e 's/<[^>]*>//g' \
            -e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g'
}
all_said() { # FILE: a page with the numbers of charts as tables, of small lines as text
    sed -E -e '/<svg xmlns/,/<\/svg>/d' -e 's/[^<>]*<svg class="spark"[^>]*aria-label="([^"]*)"[^>]*>/\1/g' "$1" > said
    html_text said
}
all_drawn() { # FILE: as printed
    sed -e '/<details>/,/<\/details>/d' -e '/class="narrow"/,/<\/svg>/d' -e '/^<title\|^<desc/d' "$1" > drawn
    html_text drawn
}
md_text() { # without marks of lists, targets of links, calls of notes, lines below headers
    sed -E -e '/^[|:> -]*$/d' -e 's/^( *(- )*)[0-9]+\. /\1/' -e 's/\]\(([^()\\]|\\.)*\)/]/g' -e 's/\[\^[0-9]+\](: )?//g' \
        -e 's/<!-- -->//g; s/<br>/ /g' -e 's/\\([^A-Za-z0-9])/\1/g' "$1"
}

for template in monthly summary quarterly; do
    case $template in quarterly) period=2024-Q1 option=--quarter ;; *) period=$MONTH option=--month ;; esac
    "$BIN" $option $period --db sample.db --template $template --format pdf,html,md --output $template --quiet > err 2>&1 ||
        { not_ok "$template: written" "$(cat err)"; continue; }
    brief=$template/$period/brief-$period
    all_said $brief.html | numbers > html
    md_text $brief.md | numbers > md
    is "$template: HTML and Markdown have the same $(wc -l < md) numbers" "$(diff html md | head -n 6)" ""
    # In the PDF there are more: of pages, and those of headers that are set again
    pdftotext -raw $brief.pdf - 2> /dev/null | numbers | sort > pdf
    is "$template: the PDF has all that the page shows" "$(all_drawn $brief.html | numbers | sort | comm -13 pdf - | uniq -c | head -n 5)" ""
done

cat > cities.md << 'MD'
---
title: 도시
---

```cards
사업 | {{사업수}}
기사 | {{기사수}}
```

| 코드 | 사업 | 기사 | 누계 |
| --- | ---: | ---: | ---: |
{{#도시목록}}
| {{도시코드}} | {{사업수}} | {{기사수}} | {{누계사업수}} |
{{/도시목록}}

```chart bar
title=도시별
{{#도시목록}}
{{도시코드}} | {{사업수}}
{{/도시목록}}
```
MD
"$BIN" --month $MONTH --db sample.db --template cities.md --format html,md,csv,json --output cities --quiet > err 2>&1
cities=cities/$MONTH
# CODE WORKS ARTICLES TWELVE-MONTHS, a line a city with works in the period
csv_cells $cities/cities-$MONTH.csv | LC_ALL=C awk -F '\t' '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["분야코드"] == "total" && $at["사업 수(건)"] > 0 { print $at["시군구코드"], $at["사업 수(건)"], $at["기사 수(건)"], $at["최근 12개월 사업 수(건)"] }' |
    sort > csv
LC_ALL=C awk '
    $0 == "  \"도시목록\": [" { inside = 1 }
    /^  \]/ { inside = 0 }
    inside && $0 ~ /^      "(도시코드|사업수|기사수|누계사업수)":/ {
        split($0, part, "\""); value = $0; sub(/^[^:]*: /, "", value); gsub(/[",]/, "", value); record[part[2]] = value }
    inside && /^    }/ { print record["도시코드"], record["사업수"], record["기사수"], record["누계사업수"] }' \
    $cities/brief-$MONTH.json | sort > json
sed -nE 's/^\| +([0-9]{5}) +\| +([0-9,]+) \| +([0-9,]+) \| +([0-9,]+) \|$/\1 \2 \3 \4/p' $cities/brief-$MONTH.md | tr -d , | sort > md
sed -nE 's/^<tr><th scope="row">([0-9]{5})<\/th>(<td class="r">[0-9,]+<\/td>){3}<\/tr>$/&/p' $cities/brief-$MONTH.html |
    sed -e 's/<[^>]*>/ /g' | tr -d , | awk '{ print $1, $2, $3, $4 }' | sort > html
is "cities: there are some" "$([ "$(wc -l < csv)" -gt 20 ] && echo yes)" yes
for format in json md html; do
    is "cities: $format agrees with the CSV table" "$(diff csv $format | head -n 5)" ""
done
sed -nE 's/^\| +([0-9]{5}) +\| +([0-9,]+) \|$/\1 \2/p' $cities/brief-$MONTH.md | sort > chart-md
sed -e '1,/<details>/d' $cities/brief-$MONTH.html | sed -nE 's/^<tr><th scope="row">([0-9]{5})<\/th><td class="r">([0-9,]+)<\/td><\/tr>$/\1 \2/p' | sort > chart-html
is "cities: the chart agrees with the CSV table" "$(cut -d ' ' -f 1,2 csv | diff - chart-md | head -n 5)$(diff chart-md chart-html | head -n 5)" ""
total=$(sed -nE 's/^  "(사업수|기사수)": ([0-9]+),?$/\2/p' $cities/brief-$MONTH.json | tr '\n' ' ')
is "cities: key figures of Markdown and JSON" "$(sed -nE 's/^- \*\*(사업|기사)\*\*: ([0-9,]+)$/\2/p' $cities/brief-$MONTH.md | tr -d , | tr '\n' ' ')" "$total"
is "cities: key figures of HTML and JSON" "$(sed -nE 's/.*<dd class="value">([0-9,]+)<.*/\1/p' $cities/brief-$MONTH.html | tr -d , | tr '\n' ' ')" "$total"

printf '# 가\n\n```chart stacked\ntitle=가\n | 나 | 다\n라 | -1 | 3\n```\n' > warns.md
is "a chart's warning is said once for all formats" "$("$BIN" --month $MONTH --db sample.db --template warns.md --format pdf,html --output warns 2>&1 > /dev/null | grep -c '\[chart-value\]')" 1
finish
