# Makes N JSONL articles published in MONTH (YYYY-MM) or, with MONTHS=k, spread over the k months up to it, each a different
# initiative of some city: awk -v N=2000 -v MONTH=2024-01 -f articles.awk src/data/regions.tsv
# About 2 kB of text each; the same arguments give the same bytes.
BEGIN { FS = "\t"; srand(7) }
/^#/ || $1 == "unit" { next }
$3 ~ /^(si|gun|jachigu)$/ && $9 == "" { full[n] = $4 " " $5; city[n++] = $5 }
function pick(words, k) { return words[int(rand() * k)] }
function brand(  i, s) { s = ""; for (i = 0; i < 3; i++) s = s pick(syllable, ns); return s }
END {
    ns = split("가 온 누 리 다 솜 해 달 별 빛 솔 숲 샘 들 길 터 품 꿈 늘 봄 여 름 한 새 미 래 나 래 도 담 라 온 하 랑 예 그 린", t, " ")
    for (i = 1; i <= ns; i++) syllable[i - 1] = t[i]
    split("창업지원센터|스타트업 육성 사업|청년 창업 사관학교|바이오 클러스터|바이오 특화단지|의료기기 실증센터|제조혁신센터|스마트공장 보급 사업|뿌리산업 특화단지", subject, "|")
    split("한다|했다|할 계획이라고 밝혔다|하기로 했다", ending, "|")
    split(MONTH, ym, "-")
    for (k = 0; k < N; k++) {
        c = int(rand() * n); s = subject[1 + int(rand() * 9)]; b = brand() brand()
        back = MONTHS > 1 ? int(rand() * MONTHS) : 0
        m = ym[1] * 12 + ym[2] - 1 - back
        title = city[c] ", ‘" b "’ " s " 본격 추진"
        body = full[c] (city[c] ~ /군$/ ? "은" : "는") " 관내 기업의 성장을 돕는 ‘" b "’ " s " 추진에 나선다. "
        for (i = 0; i < 10; i++)
            body = body "시는 " brand() " 지구에 기업 지원 공간을 마련하고 " int(rand() * 90 + 10) "개 기업을 뽑아 시제품 제작과 판로 개척을 지원" ending[1 + int(rand() * 4)] ". "
        printf "{\"id\":\"b%d\",\"outlet\":\"%s신문\",\"date\":\"%04d-%02d-%02d\",\"title\":\"%s\",\"body\":\"%s\",\"url\":\"https://news.example.com/%d\"}\n", \
            k, brand(), int(m / 12), m % 12 + 1, 1 + int(rand() * 28), title, body, k
    }
}
