# Feeds and other XML through the program: the same items in any encoding and packing, places, faults of the whole file.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
item() { # TITLE NUMBER
    printf '<item><title>%s</title><link>https://news.example/%s</link><pubDate>Tue, 16 Jan 2024 0%s:00:00 +0900</pubDate>\n' "$1" "$2" "$2"
    printf '<description><![CDATA[<p>시흥시는 예비 창업자를 돕는 창업지원센터를 열었다고 밝혔다.</p><p>올해 창업기업 서른 곳에 자금을 지원한다.</p>]]></description></item>\n'
}
feed() { # ENCODING
    printf '<?xml version="1.0" encoding="%s"?>\n<rss version="2.0"><channel><title>새벽신문 - 전체기사</title>\n' "$1"
    for n in 1 2 3 4 5; do item "시흥시, 제${n}센터 열어" $n; done
    printf '</channel></rss>\n'
}
keys() { # PATH…
    rm -f k.db
    "$BIN" import --quiet --db k.db "$@" > out 2> err
    status=$?
    "$BIN" articles --json --db k.db 2> /dev/null | json_tsv id title published outlet | sort
}
feed utf-8 > utf8.xml
keys utf8.xml > wanted
is "a feed has its items" "$(cut -f 3,4 wanted | sort | uniq -c | sed 's/^ *//')" "5 2024-01-16	새벽신문"
feed euc-kr | iconv -f utf-8 -t cp949 > cp949.xml
feed utf-16 | iconv -f utf-8 -t utf-16 > utf16.xml
feed euc-kr > mislabelled.xml
gzip -k cp949.xml
mkdir in && cp utf8.xml in/ && tar cf in.tar in
for file in cp949.xml utf16.xml mislabelled.xml cp949.xml.gz in.tar; do
    keys $file > got
    is "$file has the same" "$(cmp got wanted 2>&1) $status" " 0"
done
keys - < utf16.xml > got
is "standard input too" "$(cmp got wanted 2>&1) $status" " 0"

{ head -n 2 utf8.xml; printf '<item><title>본문 없는 기사</title></item>\n'; tail -n +3 utf8.xml; } > one.xml
keys one.xml > got
is "an item without a text is set aside by its line, the rest goes in" "$(cmp got wanted 2>&1) $status $(grep -c '^briefgen: one\.xml:3: .*no-body' err)" " 1 1"
sed '1a <!DOCTYPE rss [<!ENTITY a "b">]>' utf8.xml > doctype.xml
head -c -10 utf8.xml > cut.xml
sed 's/제5센터 열어/제5센터 \& 열어/' utf8.xml > amp.xml
for file in doctype cut amp; do
    keys $file.xml > got
    is "$file.xml is faulty and leaves nothing" "$(wc -l < got) $status $(grep -cE "^briefgen: $file\.xml: error: line [0-9]+, column [0-9]+: .*faulty-file" err)" "0 65 1"
done
printf '<?xml version="1.0"?><urlset><url><loc>https://news.example/1</loc></url></urlset>' > sitemap.xml
expect "a sitemap is told as what it is" 1 'sitemap\.xml: .*a sitemap' "$BIN" import --db s.db sitemap.xml
printf '<?xml version="1.0"?><response><header><resultMsg>LIMIT EXCEEDED</resultMsg></header><body/></response>' > service.xml
expect "a service's answer without records is passed on" 1 'service\.xml: .*LIMIT EXCEEDED' "$BIN" import --db s.db service.xml
finish
