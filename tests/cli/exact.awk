# Is the text of a document in what was extracted from its PDF, exactly and in order?
# awk -f exact.awk DOCUMENT.tsv TEXT (records as in tests/bench/peers.awk); prints "N texts, M missing, …" and, with MISSES=1,
# what is wrong. Where lines end the blank is not known; within a line there must be one where the text has one, and no
# other. Bytes suffice: LC_ALL=C.
function expect(s) { gsub(/[ \t]+/, " ", s); if (s != " " && s != "") wanted[++n_wanted] = s }
BEGIN { FS = "\t" }
FNR == NR {
    if ($1 == "H") expect($3)
    else if ($1 == "K") { expect($3); expect($2) }
    else if ($1 == "E") { expect($2); expect($3); expect("출처: " $4 ", " $5 " — " $6) }
    else for (i = 2; i <= NF; i++) expect($i)
    next
}
/^ *- [0-9]+ - *$/ { next } # page numbers
{ sub(/\f/, ""); gsub(/[ \t]+/, " "); sub(/^ /, ""); sub(/ $/, "") }
$0 != "" { line[++n_lines] = $0 }

# Text without blanks that is not matched yet; gap[k] is what stands behind its k-th byte, counted from the document's start.
function more(  word, n, i) {
    if (next_line > n_lines) return 0
    n = split(line[next_line++], word, " ")
    for (i = 1; i <= n; i++) {
        rest = rest word[i]
        end += length(word[i])
        gap[end] = i < n ? " " : "\n"
    }
    return 1
}
function find(s,  at) {
    while (!(at = index(rest, s)))
        if (length(rest) > length(s) + 8000 || !more()) return 0
    while (at + length(s) > length(rest) && more())
        ;
    return at
}
function check(s,  word, n, i, k, at, bare) {
    bare = s
    gsub(/ /, "", bare)
    if (!(at = find(bare))) { missing++; if (MISSES) print "missing: " s; return }
    at += end - length(rest) - 1 # bytes of the document before the match
    n = split(s, word, " ")
    for (i = 1; i <= n; i++) {
        for (k = 1; k < length(word[i]); k++)
            if (gap[at + k] == " ") { falsely++; if (MISSES) print "a blank too many after " substr(word[i], 1, k) ": " s }
        at += length(word[i])
        if (i < n && !(at in gap)) { lost++; if (MISSES) print "no blank after " word[i] ": " s }
    }
    rest = substr(rest, length(rest) - (end - at) + 1)
}
END {
    next_line = 1
    for (i = 1; i <= n_wanted; i++) check(wanted[i])
    printf "%d texts, %d missing, %d blanks lost, %d blanks too many\n", n_wanted, missing, lost, falsely
}
