# awk -v FIELDS="id title …" -f json.awk -f json_tsv.awk: JSON Lines as tab-separated text.
BEGIN { n = split(FIELDS, field, " ") }
{
    json($0, record)
    for (i = 1; i <= n; i++) {
        value = record[field[i]]
        gsub(/[\t\n]/, " ", value)
        printf "%s%s", value, i < n ? "\t" : "\n"
    }
}
