# The same pages in a folder and in archives of every kind are the same articles; what is faulty goes in not at all.
. "$(dirname "$0")/lib.sh"
for tool in zip zstd xz bzip2; do
    command -v $tool > /dev/null || { skip "archives" "$tool is not installed"; finish; exit; }
done
mkdir "$SCRATCH/w" && cd "$SCRATCH/w" || exit 1
mkdir -p pages/속초시 pages/.hidden
for n in $(seq 1 20); do sample_page "pages/속초시/$n.txt" "속초시 제${n}구" "2024-01-$(printf %02d "$n")"; done
cp pages/속초시/1.txt pages/.hidden/a.txt
mkdir pages/__MACOSX && cp pages/속초시/1.txt pages/__MACOSX/a.txt && cp pages/속초시/1.txt pages/Thumbs.db
printf '%%PDF-1.4\n' > pages/scan.pdf
keys() { # PATH…: what an import of them leaves, one key a line
    rm -f k.db
    "$BIN" import --quiet --db k.db "$@" > out 2> err
    status=$?
    "$BIN" articles --json --db k.db 2> /dev/null | json_tsv id | sort
}
keys pages > wanted
is "a folder has its twenty pages, and what systems leave behind is no reject" "$(wc -l < wanted) $(wc -l < err)" "20 1"
tar cf p.tar pages
tar --format=pax -cf pax.tar pages
for codec in gzip zstd xz bzip2; do $codec -c < p.tar > "p.tar.$codec"; done
zip -qr p.zip pages
mkdir in && cp p.zip in/ && tar cf in.tar in
mkdir gz && tar cf - pages | gzip > gz/p.tar.gz && zip -qr gz.zip gz
mkdir each && for n in $(seq 1 20); do gzip -c "pages/속초시/$n.txt" > "each/$n.txt.gz"; done
for archive in p.tar pax.tar p.tar.* p.zip in.tar gz.zip each; do
    keys "$archive" > got
    is "$archive has the same articles" "$(sha256sum < got)" "$(sha256sum < wanted)"
done
cat p.tar.zstd | keys - > got
is "a packed tar from standard input has them too" "$(cmp got wanted 2>&1)" ""
cat p.zip | keys - > got
is "a ZIP from standard input has them too" "$(cmp got wanted 2>&1)" ""
is "nothing is written under a member's name" "$(find . -newer wanted -name '*.txt' | wc -l)" 0

rm -f d.db
expect "the PDF among them is named" 1 'p\.tar\.xz!pages/scan\.pdf: .*PDF' "$BIN" import --db d.db p.tar.xz
expect "pages known by another way are no new ones" 1 '' "$BIN" import --db d.db p.zip pages
is "no article twice" "$("$BIN" articles --json --db d.db | wc -l)" 20

for codec in gzip zstd xz bzip2; do
    head -c -40 "p.tar.$codec" > "cut.$codec"
    keys "cut.$codec" > got
    is "what $codec packed and was cut short leaves nothing, is named, and the status says so" \
        "$(wc -l < got) $(grep -c "^briefgen: cut\.$codec: .*faulty-file" err) $status" "0 1 65"
done
head -c -2000 p.zip > cut.zip
keys cut.zip pages > got
is "a faulty file keeps no other from going in" "$(cmp got wanted 2>&1) $(grep -c '^briefgen: cut\.zip: ' err) $status" " 1 65"
gzip -c p.tar > bad.tar.gz
printf '\0\0\0\0' | dd of=bad.tar.gz bs=1 seek=$(($(stat -c %s bad.tar.gz) - 8)) conv=notrunc 2> /dev/null
keys bad.tar.gz > got
is "a wrong checksum leaves nothing" "$(wc -l < got)" 0
head -c 100M /dev/zero | gzip -9 > bomb.gz
tar cf bomb.tar pages bomb.gz
keys bomb.tar > got
is "a bomb leaves nothing" "$(wc -l < got) $(grep -c 'bomb\.gz: unpacks to more than 100 times' err)" "0 1"
no_strays "no temporary file is left" .

SHARED=$ROOT/../shared
if [ -f "$SHARED/corpus/gov-press-2024-01.tar.xz" ]; then
    mkdir month && tar xJf "$SHARED/corpus/gov-press-2024-01.tar.xz" -C month
    keys month > wanted
    keys "$SHARED/corpus/gov-press-2024-01.tar.xz" > got
    is "a month of press releases as it was packed equals its folder" "$(wc -l < got) $(cmp got wanted 2>&1)" "$(wc -l < wanted) "
else
    skip "a month of press releases" "../shared/corpus is not here"
fi
finish
