# The same articles over and over: as CSV (UTF-8 and CP949), JSON Lines, a list in JSON, a feed, the sheet of a workbook, and
# pages; each form holds some of them, and says more or less beside title and text. awk -v DIR=DIR -v N=60 -f mixed.awk
function pick(list, i,   part, n) { n = split(list, part, " "); return part[i % n + 1] }
function pad(n) { return sprintf("%02d", n) }
# Article i: two outlets in three write up the same announcement, of the same or the next day, one of them shortened.
function article(i,   what, number) {
    number = int(i / 3)
    city = pick("시흥시 포항시 춘천시 나주시 오산시 창원시 여수시 양산시 속초시 군산시", number)
    what = pick("청년창업지원센터 바이오연구단지 스마트공장지원사업 창업캠프 의료기기시험센터 제조혁신협의회", number)
    outlet = pick("가람신문 나래일보 다온타임스", i)
    day = "2024-01-" pad(number % 25 + 1 + (i % 3 == 1))
    if (i % 13 == 5) day = "" # some do not say when
    title = city ", " what " " number "호 " pick("문연다 추진 지원확대", i)
    body = city "는 " number + 3 "일 지역 기업을 돕는 " what " " number "호를 " pick("연다고 세운다고 넓힌다고", i) " 밝혔다. 시는 올해 " \
        number + 5 "개 기업에 사업화 자금 " number + 2 "억 원과 전문가 상담을 지원할 계획이다."
    if (i % 3 != 2) body = body " " city "장은 \"" what "에서 기업 " number * 7 + 11 "곳이 자라게 하겠다\"고 말했다."
    url = "https://news.example/" i
    id = "n" i
}
function csv(s) { gsub(/"/, "\"\"", s); return "\"" s "\"" }
function json(s) { gsub(/"/, "\\\"", s); return "\"" s "\"" }
function xml(s) { gsub(/&/, "\\&amp;", s); gsub(/"/, "\\&quot;", s); return s }
function cell(s) { return "<c t=\"inlineStr\"><is><t>" xml(s) "</t></is></c>" }
function members() { return "\"id\":" json(id) ",\"title\":" json(title) ",\"body\":" json(body) ",\"date\":" json(day) ",\"outlet\":" json(outlet) ",\"url\":" json(url) }
BEGIN {
    print "id,제목,본문,일자,언론사,URL,키워드" > DIR "/plain.csv"
    print "일자;언론사;URL;id;제목;본문" > DIR "/other.txt"
    printf "{\"items\":[" > DIR "/list.json"
    print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>가람신문</title>" > DIR "/feed.xml"
    print "<worksheet><sheetData><row>" cell("제목") cell("본문") cell("일자") cell("언론사") cell("URL") cell("id") cell("키워드") cell("지역") "</row>" > DIR "/sheet1.xml"
    for (i = 0; i < N; i++) {
        article(i)
        if (i % 7 < 4) print csv(id) "," csv(title) "," csv(body) "," day "," outlet "," url "," (i % 2 ? csv("창업,기업") : "") > DIR "/plain.csv"
        if (i % 5 < 3) print day ";" outlet ";" url ";" id ";" csv(title) ";" csv(body) > DIR "/other.txt"
        if (i % 4 < 3) print "{" members() ",\"keywords\":\"지원,기업\",\"regions\":" json(i % 8 < 4 ? city : "") "}" > DIR "/lines.jsonl"
        if (i % 11 == 0) print "{\"id\":" json(id) ",\"title\":" json(title) "}" > DIR "/lines.jsonl" # without a text
        if (i % 3 < 2) { printf "%s{%s,\"subtitle\":\"%s\"}", (listed++ ? "," : ""), members(), (i % 2 ? "부제" : "") > DIR "/list.json" }
        if (i % 3 == 0) printf "<item><title>%s</title><link>%s</link><guid>%s</guid><pubDate>%s</pubDate><description>%s</description></item>\n", xml(title), url, id, day, xml(body) > DIR "/feed.xml"
        if (i % 6 < 4) print "<row>" cell(title) cell(body) cell(day) cell(outlet) cell(url) cell(id) cell("기업") cell(i % 4 ? city : "") "</row>" > DIR "/sheet1.xml"
        if (i % 5 == 0) {
            page = DIR "/pages/" id ".txt"
            printf "%s\n\n%s\n\n%s\n\n저작권자 ⓒ %s 무단전재 및 재배포 금지\n", title, day ? "등록 " day " 10:20:30" : "", body, outlet > page
            close(page)
        }
    }
    print "]}" > DIR "/list.json"
    print "</channel></rss>" > DIR "/feed.xml"
    print "</sheetData></worksheet>" > DIR "/sheet1.xml"
}
