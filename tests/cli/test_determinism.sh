# Same database, same bytes: locale, time zone, clock, umask, working folder and import order reach no output.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
mkdir pages
i=0
for city in 시흥시 포항시 고양시 양주시 원주시 전주시; do
    i=$((i + 1))
    sample_page pages/$i.txt "$city" 2024-01-1$i
    sample_page pages/old$i.txt "$city" 2023-12-1$i
done
"$BIN" import --quiet --db a.db pages > /dev/null
"$BIN" --month 2024-01 --db a.db --output a --quiet
TZ=Pacific/Kiritimati LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 "$BIN" --month 2024-01 --db a.db --output b --quiet
is "locale and time zone" "$(diff -r a b && echo same)" "same"
(umask 077 && env -i "$BIN" --month 2024-01 --db a.db --output c --quiet)
is "an empty environment" "$(diff -r a c && echo same)" "same"
for f in $(ls -r pages); do "$BIN" import --quiet --db reverse.db "pages/$f" > /dev/null; done
"$BIN" --month 2024-01 --db reverse.db --output d --quiet
for f in a/2024-01/*.csv; do
    # the file name in the articles table is as the user gave it; all else must agree
    is "import order: $(basename "$f")" "$(diff "$f" "d/2024-01/$(basename "$f")" > /dev/null && echo same)" "same"
done
is "import order: PDF" "$(cmp a/2024-01/brief-2024-01.pdf d/2024-01/brief-2024-01.pdf && echo same)" "same"
"$BIN" --month 2024-01 --db a.db --output e --quiet <&- >&- 2>&-
is "descriptors 0 to 2 closed" "$(diff -r a e && echo same)" "same"
"$BIN" --month 2030-05 --db a.db --output f > out 2> err
is "an empty month is an honest brief, not an error" "$? $(ls f/2030-05 | wc -l)" "0 8"
finish
