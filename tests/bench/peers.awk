# The workload of ../shared/peers as Markdown for `briefgen render`: awk -f peers.awk SIZE.tsv > SIZE.md
# A line of the table is a record: its kind, then its fields. Fields are plain text: what Markdown would read in them is
# escaped. Bytes suffice (LC_ALL=C), because all that is escaped is ASCII.
#
#   T title subtitle · K value label (key figure) · H level text · P paragraph · U bullet · G title (chart) ·
#   C label value (bar) · TH cell… · R cell… (table) · E title summary paper date url (initiative)
BEGIN { FS = "\t" }
function inside(s) { gsub(/[\\`*_{}<>|&#~!]|\[|\]/, "\\\\&", s); return s }
# Where a block begins, signs and numbers make lists, too.
function text(s) {
    s = inside(s)
    if (match(s, /^[0-9]+[.)]/))
        return substr(s, 1, RLENGTH - 1) "\\" substr(s, RLENGTH)
    return s ~ /^[-+=:]/ ? "\\" s : s
}
function fenced(s) { gsub(/\|/, "\\|", s); return s }
function row(  i, s) {
    for (i = 2; i <= NF; i++)
        s = s "| " inside($i) " "
    print s "|"
}
# Fences and lists end where another kind of record begins.
function between(kind) {
    if (kind == last)
        return
    if (last == "K" || last == "C")
        print "```"
    if (last)
        print ""
    if (kind == "K")
        print "```cards"
    last = kind
}
$1 == "G" { between("C"); print "```chart bar\ntitle=" fenced($2) }
{ between($1 == "R" ? "TH" : $1 == "G" ? "C" : $1) }
$1 == "T" { print "---\ntitle: " $2 "\nsubtitle: " $3 "\nlang: ko\n---" }
$1 == "K" { print fenced($3) " | " fenced($2) }
$1 == "H" { print ($2 == 1 ? "# " : "## ") inside($3) }
$1 == "P" { print text($2) "\n" }
$1 == "U" { print "- " text($2) }
$1 == "C" { print fenced($2) " | " $3 }
$1 == "TH" {
    row()
    for (i = 2; i <= NF; i++)
        printf "%s", (i > 3 && i < NF ? "|---:" : "|---")
    print "|"
}
$1 == "R" { row() }
$1 == "E" {
    print "**" inside($2) "**\n\n" text($3) "\n"
    print "{.source}\n출처: " inside($4) ", " inside($5) " — [" inside($6) "](" $6 ")\n"
}
END { between("") }
