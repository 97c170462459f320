# The real pages beside the repository: city, category and date of each, and the months that they count in.
. "$(dirname "$0")/lib.sh"
PAGES=$ROOT/../shared/articles
if [ ! -d "$PAGES" ]; then
    skip "the real pages" "../shared/articles is not here"
    finish
    exit
fi
cd "$SCRATCH" || exit 1
"$BIN" import --quiet "$PAGES" > /dev/null
is "all of them are imported" "$?" "0"
"$BIN" articles --json > articles.jsonl
json_tsv source regions categories initiative date_basis published event < articles.jsonl | sed 's|^[^\t]*/||' > got.tsv
page() { # NUMBER WANTED: regions, categories, initiative, basis, publication date
    is "page $1" "$(sed -n "s/^$1_[^\t]*\t//p" got.tsv | cut -f 1-5 | tr '\t' ' ')" "$2"
}
is "five articles" "$(wc -l < got.tsv)" "5"
page 000 "41390 startup true unknown "
page 001 "41280 startup true published 2017-09-01"
# The trip is for start-ups and, weakly, for other new industries: with or without the second category.
case $(sed -n 's/^002_[^\t]*\t//p' got.tsv | cut -f 1-5 | tr '\t' ' ') in
"47110 startup true published 2024-01-16" | "47110 startup;manufacturing true published 2024-01-16") ok "page 002" ;;
*) not_ok "page 002" "$(grep '^002_' got.tsv)" ;;
esac
case $(sed -n 's/^003_[^\t]*\t//p' got.tsv | cut -f 1-5 | tr '\t' ' ') in
"41390 bio true inferred " | "41390 bio true unknown ") ok "page 003: at most an inferred date" ;;
*) not_ok "page 003: at most an inferred date" "$(grep '^003_' got.tsv)" ;;
esac
page 004 "41630 manufacturing true published 2021-07-02"
is "page 004: its event was days before" "$(sed -n '/^004_/p' got.tsv | cut -f 7)" "2021-06-28"

title_of() { json_tsv source title < articles.jsonl | grep "/$1_" | cut -f 2 | without_blanks; }
month() { # MONTH UNIT CATEGORY [MOST CATEGORIES]
    local name
    "$BIN" --month "$1" --output out --quiet
    is "$1: the brief is written" "$? $(ls out/"$1" | wc -l)" "0 8"
    is "$1: one initiative in the trend table" "$(csv_sum "out/$1/trend-$1.csv" 4 1 "$1" 2 total)" "1"
    is "$1: and none in the twelve months before" "$(csv_sum "out/$1/trend-$1.csv" 4 2 total)" "1"
    is "$1: one initiative over all cities" "$(csv_sum "out/$1/cities-$1.csv" 7 5 total)" "1"
    is "$1: it is in $2, $3" "$(csv_sum "out/$1/cities-$1.csv" 7 2 "$2" 5 "$3")" "1"
    is "$1: and in no more categories than it has" "$(($(csv_sum "out/$1/cities-$1.csv" 7) <= 1 + ${4:-1}))" "1"
    is "$1: one article, one initiative in the lists" \
        "$(csv_sum "out/$1/initiatives-$1.csv" 14) $(csv_cells "out/$1/initiatives-$1.csv" | wc -l) $(csv_cells "out/$1/articles-$1.csv" | cut -f 2 | grep -c '^예$')" "1 2 1"
    is "$1: no unit of the undated pages is counted" "$(csv_sum "out/$1/cities-$1.csv" 7 2 41390)" "0"
    if command -v pdftotext > /dev/null; then
        pdftotext "out/$1/brief-$1.pdf" - | without_blanks > text
        # From the heading of the undated ones (with their number) on; one is known to be of June 2025
        sed -n 's/.*보도일을확인하지못한기사(1건)\(.*\)7\.사업목록.*/\1/p' text > undated
        is "$1: page 000 is listed among the undated, 003 is not" \
            "$(grep -cF -- "$(title_of 000)" undated) $(grep -cF -- "$(title_of 003)" undated)" "1 0"
        is "$1: as 미상" "$(grep -c '미상' undated) $(grep -c '추정2' undated)" "1 0"
        is "$1: the list of initiatives does not have them" \
            "$(sed 's/.*7\.사업목록//; s/부록1\..*//' text | grep -cF -e "$(title_of 000)" -e "$(title_of 003)")" "0"
    else
        skip "$1: the undated in the brief's text" "pdftotext is not installed"
    fi
}
month 2024-01 47110 startup 2
month 2017-09 41280 startup
month 2021-07 41630 manufacturing

# Months near the guessed or the event dates count nothing.
for m in 2025-06 2024-09 2021-06; do
    "$BIN" --month $m --output out --quiet
    is "$m counts nothing" "$(csv_sum out/$m/trend-$m.csv 4 1 $m)" "0"
done
cp "$PAGES"/*.txt . && for f in 0*.txt; do "$BIN" import --quiet --db single.db "$f" > /dev/null; done
"$BIN" articles --json --db single.db | json_tsv id regions categories published event initiative_id | sort > single.tsv
json_tsv id regions categories published event initiative_id < articles.jsonl | sort > together.tsv
is "one by one they come out the same" "$(diff single.tsv together.tsv)" ""
"$BIN" import --again "$PAGES" > again
is "a second import adds nothing" "$(grep -c ': 0 articles added, 5 known before' again)" "1"
finish
