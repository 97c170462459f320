# The PDF as other programs read it: sound, its fonts embedded, its text exact and in order, titles of articles inert; and
# the manifest that names what lies beside it.
. "$(dirname "$0")/lib.sh"
MONTH=2024-01
"$BUILD/generate-corpus" "$SCRATCH/generated" 1 > /dev/null
cd "$SCRATCH" || exit 1
"$BIN" import --quiet --db hostile.db "$ROOT/tests/hostile/titles.jsonl" > /dev/null 2>&1
"$BIN" import --quiet --db sample.db generated/pages "$ROOT/tests/corpus/pages" "$ROOT/tests/corpus/jsonl" > /dev/null 2>&1
have() { # TOOL NAME: or says that NAME was skipped
    command -v "$1" > /dev/null && return
    skip "$2" "$1 is not installed"
    return 1
}

# Each title stands in the section of the list, exactly. Blanks do not matter: lines are broken inside the cells.
titles_listed() { # SET
    "$BIN" initiatives --json --month $MONTH --db "$1.db" | json_tsv title > titles
    LC_ALL=C awk '
        function bare(s) { gsub(/[ \t\r\n\f]/, "", s); return s }
        FILENAME == "titles" { list[++n] = bare($0); next }
        { text = text bare($0) }
        END {
            from = index(text, "7.사업목록")
            text = substr(text, from)
            to = index(text, "부록1.")
            if (!from || !to) print "no section of the list"
            text = substr(text, 1, to)
            for (i = 1; i <= n; i++)
                if (!index(text, list[i])) { print "not found: " list[i]; exit }
            if (!n) print "no titles"
        }' titles text
}

check() { # SET
    local dir=$1/$MONTH pdf=$1/$MONTH/brief-$MONTH.pdf
    "$BIN" --month $MONTH --db "$1.db" --output "$1" --quiet 2> /dev/null
    is "$1: the brief is written" "$? $(head -c 5 "$pdf")" "0 %PDF-"
    if have qpdf "$1: structure of the PDF"; then
        expect "$1: qpdf finds it sound" 0 "No syntax or stream encoding errors" qpdf --check "$pdf"
        is "$1: without a warning" "$(grep -ci warn out err)" "$(printf 'out:0\nerr:0')"
        qpdf --json=2 --json-key=qpdf "$pdf" > objects # without what is in streams: attached tables quote titles
        is "$1: no action but links" "$(grep -oE '"/(JavaScript|JS|OpenAction|Launch|AA|SubmitForm|ImportData|GoToR|GoToE|RichMedia|XFA|AcroForm)"' objects | sort -u)" ""
        is "$1: links lead to the web or into the document" "$(grep -A 2 '"/A": {' objects | grep -oE '"/S": .*' | sort -u | grep -vE '"/(URI|GoTo)"')" ""
        is "$1: web links are http or https" "$(grep '"/URI": ' objects | grep -vE '"u:https?://[!-~]*"' | head -n 3)" ""
        is "$1: links to the web are there" "$(grep -cE '"/URI": "u:https://news\.example\.com/' objects | awk "{ print (\$1 > 0) }")" "1"
        is "$1: the language is Korean" "$(grep -c '"/Lang": "u:ko"' objects)" "1"
        is "$1: outline entries for the sections" "$(grep -c '"/Title": "u:' objects | awk '{ print ($1 > 7) }') $(grep -c '"/Outlines": ' objects)" "1 1"
        qpdf --json --json-key=outlines "$pdf" > outlines
        is "$1: and each leads somewhere" "$(grep -c '"destpageposfrom1": null' outlines) $(grep -c '"destpageposfrom1": [0-9]' outlines | awk '{ print ($1 > 7) }')" "0 1"
    fi
    if have pdffonts "$1: fonts"; then
        # name, type (several words), encoding, emb, sub, uni, object
        is "$1: every font is embedded, a subset, and has its text" "$(pdffonts "$pdf" | tail -n +3 | grep -vcE ' yes yes yes +[0-9]+ +[0-9]+$')" "0"
        is "$1: there are fonts" "$(pdffonts "$pdf" | tail -n +3 | wc -l | awk '{ print ($1 > 0) }')" "1"
    fi
    if have pdfinfo "$1: document information"; then
        pdfinfo "$pdf" > info
        is "$1: title" "$(sed -n 's/^Title: *//p' info)" "2024년 1월 도시별 산업 육성 사업 동향"
        is "$1: no script, no form, A4" "$(sed -n 's/^JavaScript: *//p; s/^Form: *//p; s/^Page size:.*(\(A4\)).*/\1/p' info | tr '\n' ' ')" "none no A4 "
    fi
    if have pdftotext "$1: text"; then
        pdftotext "$pdf" text
        is "$1: the text is UTF-8 without replacement characters" "$(iconv -f UTF-8 -t UTF-8 text | LC_ALL=C grep -c "$(printf '\357\277\275')")" "0"
        is "$1: every title exactly, in the list" "$(titles_listed "$1")" ""
    fi
    # The manifest lists every other file of the folder with its checksum.
    sed 's/.*"files":\[//; s/\].*//; s/},{/\n/g' "$dir/manifest.json" |
        sed -n 's/.*"name":"\([^"]*\)","bytes":\([0-9]*\),"sha256":"\([0-9a-f]*\)".*/\3  \1/p' | sort > sums
    (cd "$dir" && find . -type f ! -name manifest.json -exec sha256sum {} + | sed 's|\./||') | sort > wanted
    is "$1: the manifest has each file's SHA-256" "$(cat sums)" "$(cat wanted)"
    is "$1: seven files" "$(wc -l < sums)" "7"
}
check hostile
check sample
finish
