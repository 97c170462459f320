# A second, plain count of the figures of cities-MONTH.csv (TABLE=cities) or trend-MONTH.csv (TABLE=trend).
# Input: initiatives (id regions categories …), articles (… 4 published, 8 initiative, 9 initiative_id), the table.
function months_before(month, n,  k) {
    k = substr(month, 1, 4) * 12 + substr(month, 6, 2) - 1 - n
    return sprintf("%04d-%02d", int(k / 12), k % 12 + 1)
}
# Counts the article at `month` for a cell of the table, and the initiative once.
function count(span, unit, category, initiative,  key) {
    key = span SUBSEP unit SUBSEP category
    articles[key]++
    if (!((key, initiative) in met)) { met[key, initiative] = 1; initiatives[key]++ }
}
function everywhere(span, initiative,  u, c, units, categories, nu, nc) {
    nu = split(regions_of[initiative], units, ";"); nc = split(categories_of[initiative], categories, ";")
    units[0] = "all"; categories[0] = "total"
    for (u = 0; u <= nu; u++) for (c = 0; c <= nc; c++) count(span, units[u], categories[c], initiative)
}
function check(what, got, wanted) {
    compared++
    if (got != wanted + 0) printf "%s: %s, recounted %d\n", what, got, wanted
}
function check_both(what, column, key) {
    check(what " initiatives", $column, initiatives[key])
    check(what " articles", $(column + 1), articles[key])
}
BEGIN { previous = months_before(MONTH, 1); year_ago = months_before(MONTH, 12); first = months_before(MONTH, 11) }
FNR == 1 { file++ }
file == 1 { regions_of[$1] = $2; categories_of[$1] = $3; next }
file == 2 {
    if ($4 != "") collected[substr($4, 1, 7)]++
    if ($4 == "" || $9 == "") next
    m = substr($4, 1, 7)
    everywhere(m, $9)
    if (m >= first && m <= MONTH) everywhere("12m", $9)
    next
}
FNR == 1 { next }
TABLE == "cities" {
    unit = $2; category = $5; seen[unit, category] = 1
    check_both(unit " " category " now", 7, MONTH SUBSEP unit SUBSEP category)
    check_both(unit " " category " previous", 9, previous SUBSEP unit SUBSEP category)
    check_both(unit " " category " year ago", 11, year_ago SUBSEP unit SUBSEP category)
    check_both(unit " " category " 12 months", 13, "12m" SUBSEP unit SUBSEP category)
    next
}
{
    check_both($1 " " $2, 4, $1 SUBSEP "all" SUBSEP $2)
    check($1 " collected", $6, collected[$1])
}
END {
    if (TABLE == "cities")
        for (key in initiatives) {
            split(key, part, SUBSEP)
            if (part[1] == MONTH && part[2] != "all" && !((part[2], part[3]) in seen)) print "missing: " part[2] " " part[3]
        }
    print "compared " compared + 0
}
