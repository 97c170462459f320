# Scores articles (tab-separated: source title outlet published date_basis regions categories initiative initiative_id)
# against a table of expectations and prints "name value" lines, percentages to one digit.
# awk -v PREFIX=folder/ -f corpus.awk expected.tsv articles.tsv; MISSES=1 prints what is wrong instead.
function sorted(list,  part, n, i, j, t, s) {
    n = split(list, part, /[;,]/)
    for (i = 2; i <= n; i++) for (j = i; j > 1 && part[j] < part[j - 1]; j--) { t = part[j]; part[j] = part[j - 1]; part[j - 1] = t }
    for (i = 1; i <= n; i++) s = s (i > 1 ? ";" : "") part[i]
    return s
}
function blanks(s) { gsub(/[ \t]+/, " ", s); sub(/^ /, "", s); sub(/ $/, "", s); return s }
function miss(what, file, wanted, got) { if (MISSES) printf "%s: %s: wanted [%s], got [%s]\n", what, file, wanted, got }
function compare(what, file, wanted, got) {
    of[what]++
    if (wanted == got) right[what]++
    else miss(what, file, wanted, got)
}
function percent(a, b) { return sprintf("%.1f", b ? 100 * a / b : 100) }
function f1(p, r) { return sprintf("%.1f", p + r ? 2 * p * r / (p + r) : 0) }
BEGIN { FS = "\t" }
NR == FNR {
    if (FNR == 1) { for (i = 1; i <= NF; i++) column[$i] = i; next }
    file = $1; files[++n_files] = file
    cities[file] = $column["cities"] == "none" ? "" : $column["cities"]
    categories[file] = $column["categories"]; kind[file] = $column["initiative"]
    date[file] = $column["date"]; basis[file] = $column["basis"]
    title[file] = $column["title"]; outlet[file] = $column["outlet"]; group[file] = $column["group"]
    next
}
substr($1, 1, length(PREFIX)) == PREFIX {
    file = substr($1, length(PREFIX) + 1)
    if (!(file in kind)) { print "unexpected " file; next }
    seen[file] = 1; got_title[file] = $2; got_outlet[file] = $3; got_date[file] = $4; got_basis[file] = $5
    got_cities[file] = $6; got_categories[file] = $7; counted[file] = $8 == "true"; got_group[file] = $9
}
function score(file,  i, n, part, yes) {
    if (kind[file] == "reject") { compare("rejects", file, "set aside", file in seen ? "imported" : "set aside"); return }
    compare("imported", file, "imported", file in seen ? "imported" : "set aside")
    if (!(file in seen)) { if (kind[file] == "yes") missed++; return }
    compare("dates", file, basis[file] == "inferred" ? "" : date[file], got_date[file])
    compare("basis", file, basis[file], got_basis[file])
    compare("titles", file, blanks(title[file]), blanks(got_title[file]))
    compare("outlets", file, blanks(outlet[file]), blanks(got_outlet[file]))
    yes = kind[file] == "yes"
    compare(yes ? "cities" : "cities_other", file, sorted(cities[file]), sorted(got_cities[file]))
    if (yes) compare("main_city", file, substr(cities[file], 1, 5), substr(got_cities[file], 1, 5))
    if (yes && counted[file]) hit++
    else if (yes) { missed++; miss("initiative", file, "yes", "no") }
    else if (counted[file]) { false_alarm++; miss("initiative", file, "no", "yes") }
    wanted_list = yes ? categories[file] : ""; got_list = counted[file] ? got_categories[file] : ""
    if (sorted(wanted_list) != sorted(got_list)) miss("categories", file, wanted_list, got_list)
    split("", want); n = split(wanted_list, part, ","); for (i = 1; i <= n; i++) want[part[i]] = 1
    c_want += n
    n = split(got_list, part, ";"); for (i = 1; i <= n; i++) if (part[i] in want) c_hit++
    c_got += n
}
function pairs(  i, j, a, b, same, together) {
    for (i = 1; i <= n_files; i++) for (j = i + 1; j <= n_files; j++) {
        a = files[i]; b = files[j]
        same = group[a] != "" && group[a] == group[b]
        together = got_group[a] != "" && got_group[a] == got_group[b]
        if (same && together) merged++
        else if (same && counted[a] && counted[b]) { apart++; miss("group", a " " b, "together", "apart") }
        else if (together && kind[a] == "yes" && kind[b] == "yes") { wrong++; miss("group", a " " b, "apart", "together") }
    }
}
END {
    for (i = 1; i <= n_files; i++) score(files[i])
    pairs()
    if (MISSES) exit
    n = split("imported rejects dates basis titles outlets cities main_city cities_other", part, " ")
    for (i = 1; i <= n; i++) print part[i], percent(right[part[i]], of[part[i]]), right[part[i]] + 0 "/" of[part[i]] + 0
    p = percent(hit, hit + false_alarm); r = percent(hit, hit + missed)
    print "initiative_precision", p, hit + 0 "/" hit + false_alarm
    print "initiative_recall", r, hit + 0 "/" hit + missed
    p = percent(c_hit, c_got); r = percent(c_hit, c_want)
    print "category_precision", p, c_hit + 0 "/" c_got + 0
    print "category_recall", r, c_hit + 0 "/" c_want + 0
    print "category_f1", f1(p, r), "micro"
    print "pairs_recall", percent(merged, merged + apart), merged + 0 " merged, " apart + 0 " apart"
    print "pairs_precision", percent(merged, merged + wrong), wrong + 0 " wrong"
}
