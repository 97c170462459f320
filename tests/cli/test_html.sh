#!/bin/bash
# The HTML in a browser: nothing of the text runs, nothing is refused, headers sort, and all of it is printed on A4.
# Needs chromium, which is no part of `make deps-test`.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1

cat > doc.md << 'MD'
---
title: 표와 <그림>
lang: ko
---

# 표 {#표}

{.caption}
차례를 바꾸는 표

{total=1}
| 도시 | 수 | 금액 | 보도일 |
| --- | ---: | ---: | --- |
| 나주시 | 1,234 | 2억 | 2024. 1. 8. |
| 가평군 | – | 1억 2천만 원 | 2024. 1. 16. |
| 하동군 | △3 | 900만 원 | 2023. 12. 31. |
| 다른 곳 | +12 | | |
| 합계 | 9,999 | 1조 | 2020. 1. 1. |

글 [바깥](https://www.example.com/a?b=1&c="2")과 </script><script>document.title = "ran"</script><img src=x onerror="alert(1)">[^주]

[^주]: 주석 ]]> &amp;

```chart map
title=시·도별 사업 수, unit=건
41000 | 12 | 열둘 | https://www.example.com/map
```

```chart line
title=추이, unit=건
 | 창업 | 바이오
1월 | 3 | 5
2월 | 4 | –
```
MD
"$BIN" render doc.md -q -o doc.html || exit 1
is "the ending of the file chooses HTML" "$(head -c 15 doc.html)" "<!DOCTYPE html>"
is "the same bytes again" "$(LC_ALL=C TZ=Asia/Seoul "$BIN" render doc.md --as html -o - | cmp - doc.html 2>&1)" ""
is "nothing is asked of others" "$(grep -oE '(src|data|action|poster)="|@import|url\(|<link|<img |<iframe|<object' doc.html | head -n 3)" ""
is "no handler in the text" "$(sed 's/&[a-z]*;//g' doc.html | grep -oE '<[a-z][^>]* on[a-z]+="' | head -n 3)" ""
ids=$(grep -oE ' id="[^"]*"' doc.html | sort)
is "an id is there once" "$(uniq -d <<< "$ids")" ""
is "links inside lead somewhere" "$(grep -oE 'href="#[^"]*"' doc.html | sed 's/href="#/ id="/' | sort -u | comm -23 - <(sort -u <<< "$ids"))" ""

if ! command -v chromium > /dev/null; then
    for name in "nothing refused" "headers sort" "another script is refused" "prints on A4"; do
        skip "browser: $name" "chromium is not installed"
    done
    finish
    exit
fi

browser() { # OPTION … FILE
    timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --user-data-dir="$SCRATCH/profile" --virtual-time-budget=5000 \
        --enable-logging=stderr "$@" 2> err
    grep CONSOLE err > console
}
hash() { # what a Content-Security-Policy calls the text on standard input
    printf "'sha256-%s'" "$(printf "$(sha256sum | head -c 64 | sed 's/../\\x&/g')" | base64)"
}

# A copy of the document with a script of ours: each header is pressed three times, the first column read after each.
cat > press.js << 'JS'

const told = [];
for (const button of document.querySelectorAll("table.sorts th[data-column] button")) {
  for (let i = 0; i < 3; i++) {
    button.click();
    const table = button.closest("table");
    told.push(button.textContent + " " + button.parentElement.getAttribute("aria-sort") + ": " +
      [...table.tBodies[0].rows, ...(table.tFoot ? table.tFoot.rows : [])].map((row) => row.cells[0].textContent).join(" "));
  }
}
document.body.prepend(Object.assign(document.createElement("pre"), { textContent: told.join("\n") }));
JS
copy() { # FILE POLICY: press.js in the document, allowed as the policy says
    sed -e "s#; base-uri#$2; base-uri#" -e '/^<\/body>/ { r script.html
        N }' doc.html > "$1"
}
{ printf '<script>'; cat press.js; printf '</script>\n'; } > script.html
copy pressed.html " $(hash < press.js)"
browser --dump-dom "file://$SCRATCH/pressed.html" > dom
is "browser: no error, nothing refused" "$(cat console)" ""
sed -n '/<pre>/,/<\/pre>/p' dom | sed 's/<[^>]*>//g' | head -n 12 > told
is "browser: headers sort, the third time as before; what is not known and sums stay last" "$(cat told)" "도시 ascending: 가평군 나주시 다른 곳 하동군 합계
도시 descending: 하동군 다른 곳 나주시 가평군 합계
도시 none: 나주시 가평군 하동군 다른 곳 합계
수 descending: 나주시 다른 곳 하동군 가평군 합계
수 ascending: 하동군 다른 곳 나주시 가평군 합계
수 none: 나주시 가평군 하동군 다른 곳 합계
금액 descending: 나주시 가평군 하동군 다른 곳 합계
금액 ascending: 하동군 가평군 나주시 다른 곳 합계
금액 none: 나주시 가평군 하동군 다른 곳 합계
보도일 ascending: 하동군 나주시 가평군 다른 곳 합계
보도일 descending: 가평군 나주시 하동군 다른 곳 합계
보도일 none: 나주시 가평군 하동군 다른 곳 합계"

copy refused.html ""
browser --dump-dom "file://$SCRATCH/refused.html" > dom
is "browser: another script is refused" "$(grep -c 'Content Security Policy' console) $(grep -c '<pre>' dom)" "1 0"

# Text of the page as its source has it, without what only a screen shows; and of the PDF
prints() { # NAME: NAME.html
    local lost
    browser --no-pdf-header-footer --print-to-pdf="$1.pdf" "file://$SCRATCH/$1.html"
    is "browser: $1 prints on A4, without an error" "$(pdfinfo "$1.pdf" 2> /dev/null | grep -c '(A4)') $(cat console)" "1 "
    pdftotext -raw "$1.pdf" - 2> /dev/null | without_blanks > printed
    sed -e '1,/<header/d' -e '/<nav class="contents"/,/<\/nav>/d' -e '/<details>/,/<\/details>/d' -e '/class="narrow"/,/<\/svg>/d' \
        -e '/<title\|<desc/d' -e '/^<script>/,$d' "$1.html" |
        sed -e 's/<[^>]*>/\n/g' -e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g' | grep . > texts
    lost=$(while read -r text; do grep -qF -- "$(without_blanks <<< "$text")" printed || echo "$text"; done < texts | head -n 5)
    is "browser: all text of $1 is printed ($(wc -l < texts) texts)" "$lost" ""
}
prints doc
"$BIN" render "$ROOT/tests/golden/showcase/doc.md" --style "$ROOT/tests/golden/showcase/style.ini" -q -o showcase.html
prints showcase
"$BIN" import --quiet --db sample.db "$ROOT/tests/corpus/jsonl" "$ROOT/tests/corpus/pages" > /dev/null 2>&1
"$BIN" --month 2024-01 --db sample.db --as html > month.html
prints month
finish
