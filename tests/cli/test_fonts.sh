# Fonts through the program: dropped in, named, missing, broken; what doctor says; what the PDF embeds.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
NANUM=/usr/share/fonts/truetype/nanum
if [ ! -e $NANUM/NanumMyeongjo.ttf ] || [ ! -e $NANUM/NanumGothicBold.ttf ]; then
    skip "fonts" "fonts-nanum is not installed"
    finish
    exit
fi
printf '# 창업 지원\n\n시흥시는 **바이오산업**을 키운다. ✔ 참고\n\n기호 \360\237\230\200\n' > a.md
render() { "$BIN" render a.md -o a.pdf "$@"; }
embedded() { pdffonts a.pdf | awk 'NR > 2 { print $1 }' | sed 's/^[A-Z]*+//' | sort | tr '\n' ' '; }

expect "the built-in list without a folder" 0 "built-in list, with folder fonts/" "$BIN" doctor --db none.db
expect "an emoji is a box with its code" 0 'character U\+1F600 .*\[missing-glyph\]' render
mkdir fonts
cp $NANUM/NanumGothic.ttf fonts/my.ttf
cp $NANUM/NanumGothicBold.ttf fonts/mybold.TTF
cp $NANUM/NanumMyeongjo.ttf fonts/
expect "doctor: a dropped-in font and its role" 0 "my.ttf: NanumGothic, suits text$" "$BIN" doctor --db none.db
expect "doctor: a 명조" 0 "NanumMyeongjo.ttf: NanumMyeongjo, suits serif$" "$BIN" doctor --db none.db
expect "doctor: coverage" 0 "  text +NanumGothic +400 +11,172 +4,888" "$BIN" doctor --db none.db
expect "a dropped-in font is used" 0 "a.pdf" render
is "… regular and bold are embedded" "$(embedded | grep -oE 'NanumGothic NanumGothicBold ')" "NanumGothic NanumGothicBold "
sum=$(sha256sum < a.pdf)
mv fonts other
expect "a folder on the command line" 0 "a.pdf" render --fonts other
is "… gives the same bytes" "$(sha256sum < a.pdf)" "$sum"
expect "a folder that is not there" 78 "nowhere: no such file or folder" render --fonts nowhere

printf 'not a font' > other/broken.otf
head -c 200000 other/my.ttf > other/cut.ttf
expect "a broken dropped-in font is passed over" 0 "other/broken.otf: warning: passed over: .*\[font-refused\]" render --fonts other
expect "a file cut short too" 0 "other/cut.ttf: warning: passed over: damaged: the file is cut short" render --fonts other
printf '[text]\nfont = broken.otf\nfont = my.ttf\n' > other/fonts.ini
expect "a broken font named first" 78 "other/broken.otf: font of role \[text\]" render --fonts other
printf '[text]\nfont = gone.ttf\nfont = 나눔고딕\n[packages]\nother/ = fonts-gone\n' > other/fonts.ini
expect "a missing one is passed over, the next found by its Korean name" 0 "a.pdf" render --fonts other/fonts.ini
expect "… a role without fonts is named" 0 "role \[strong\]: \[text\] stands in .*\[missing-role\]" render --fonts other
expect "… and doctor says what is missing" 0 "gone.ttf +missing: apt-get install fonts-gone" "$BIN" doctor --db none.db --fonts other
printf '[text]\nfont = gone.ttf\n[packages]\nother/ = fonts-gone\n' > other/fonts.ini
expect "no font at all" 78 "tried other/gone.ttf; install the Debian package fonts-gone" render --fonts other
printf '[text]\nfont = my.ttf@wght=700\n' > other/fonts.ini
expect "a static font cannot be set" 78 "not a variable font: wght cannot be set" render --fonts other
finish
