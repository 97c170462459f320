# Makes N JSONL articles published in MONTH (YYYY-MM) or, with MONTHS=k, spread over the k months up to it, each a different
# initiative of some city: awk -v N=2000 -v MONTH=2024-01 -f articles.awk src/data/regions.tsv
# About 2 kB of text each; the same arguments give the same bytes.
BEGIN { FS = "\t"; srand(7); n = 0 }
/^#/ || $1 == "unit" { next }
$3 ~ /^(si|gun|jachigu)$/ && $9 == "" { full[n] = $4 " " $5; city[n++] = $5 }
function pick(words, k) { return words[int(rand() * k)] }
function brand(  i, s) { s = ""; for (i = 0; i < 3; i++) s = s pick(syllable, ns); return s }
END {
    ns = split("가 온 누 리 다 솜 해 달 별 빛 솔 숲 샘 들 길 터 품 꿈 늘 봄 여 름 한 새 미 래 나 래 도 담 라 온 하 랑 예 그 린", t, " ")
    for (i = 1; i <= ns; i++) syllable[i - 1] = t[i]
    n_subject = split("창업지원센터|스타트업 육성 사업|청년 창업 사관학교|벤처 투자 펀드|바이오 클러스터|바이오 특화단지|의료기기 실증센터|백신 위탁생산 시설|제조혁신센터|스마트공장 보급 사업|뿌리산업 특화단지|금속 부품 공동 작업장", subject, "|")
    n_act = split("추진|조성|착공|공모 선정|업무협약|참가자 모집|개소|최종보고회|예산 확보|운영 시작", act, "|")
    n_noun = split("시제품 제작|판로 개척|기술 상담|시험 장비|입주 공간|인증 취득|수출 상담|투자 설명회|현장 실습|설비 교체|공정 개선|품질 검사|전문 인력|연구 용역|특허 출원|시장 조사|멘토링|사업화 자금|데이터 분석|디자인 개발|안전 점검|부품 국산화|임상 자문|소재 평가|홍보 영상|공동 물류|원가 절감|법률 자문|해외 전시|창업 교육", noun, "|")
    n_verb = split("지원한다|돕기로 했다|맡는다|넓힌다|시작한다|마련할 계획이다|늘리기로 했다|함께한다|이어 간다|점검했다|검토한다|약속했다", verb, "|")
    split(MONTH, ym, "-")
    for (k = 0; k < N; k++) {
        c = k % n; what = subject[1 + int(rand() * n_subject)]; b = brand() brand(); a = act[1 + int(rand() * n_act)]
        back = MONTHS > 1 ? int(rand() * MONTHS) : 0
        m = ym[1] * 12 + ym[2] - 1 - back
        title = city[c] ", ‘" b "’ " what " " a
        body = full[c] (city[c] ~ /군$/ ? "은" : "는") " ‘" b "’ " what " " a "에 나섰다고 밝혔다. "
        for (i = 0; i < 16; i++)
            body = body brand() " " noun[1 + int(rand() * n_noun)] "과 " noun[1 + int(rand() * n_noun)] ", " brand() brand() " " noun[1 + int(rand() * n_noun)] " " int(rand() * 888 + 11) "건을 " brand() " " verb[1 + int(rand() * n_verb)] ". "
        printf "{\"id\":\"b%d\",\"outlet\":\"%s신문\",\"date\":\"%04d-%02d-%02d\",\"title\":\"%s\",\"body\":\"%s\",\"url\":\"https://news.example.com/%d\"}\n", \
            k, brand(), int(m / 12), m % 12 + 1, 1 + int(rand() * 28), title, body, k
    }
}
