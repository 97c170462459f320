# Faults of the system, injected with strace at every call that writes, syncs, creates or renames: a full disk, a broken
# disk, kill -9. Earlier outputs stay or the new ones are complete, and the next run gives what a clean run gives.
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH" || exit 1
MOST=8 # calls of one kind to try; of more, an even sample

case $BUILD in
*-san) skip "injected faults" "strace and the leak check both want to be the tracer"; finish; exit ;;
esac
if ! strace -f -o /dev/null true 2> /dev/null; then
    skip "injected faults" "strace is not installed or may not trace"
    finish
    exit
fi

mkdir pages old new fresh
sample_page pages/a.txt 시흥시 2024-01-16
sample_page pages/b.txt 포항시 2024-01-17
"$BIN" import --quiet --db old/t.db pages/a.txt
cp old/t.db new/t.db
"$BIN" import --quiet --db new/t.db pages/b.txt
cp new/t.db fresh/
"$BIN" --month 2024-01 --db old/t.db --output old/out --quiet
"$BIN" --month 2024-01 --db new/t.db --output new/out --quiet

outputs() { (cd "$1/out/2024-01" 2> /dev/null && sha256sum -- *.* 2> /dev/null); }
rows() { "$BIN" articles --json --db "$1/t.db" && "$BIN" initiatives --json --db "$1/t.db"; }
left_over() { find "$1" -name '.briefgen-*' -o -name '*-journal' -o -name '*-wal'; }
outputs old > old.outputs
outputs new > new.outputs
cat old.outputs new.outputs > either.outputs
rows old > old.rows
rows new > new.rows
is "the two briefs differ in every table with rows" "$(sort old.outputs new.outputs | uniq -d | grep -v ' facts-\| csv-metadata')" ""
is "the two databases differ" "$(cmp -s old.rows new.rows; echo $?)" "1"
is "the manifest's checksums hold" \
    "$(grep -oE '"name":"[^"]*"|"sha256":"[0-9a-f]*"' new/out/2024-01/manifest.json | cut -d '"' -f 4 | paste - - |
        awk '{ print $2 "  " $1 }' | (cd new/out/2024-01 && sha256sum --strict -c - 2>&1 | grep -c ': OK$'))" \
    "$(find new/out/2024-01 -type f ! -name manifest.json | wc -l)"

# What is run in the folder work/, and what is there before: the database of both pages with the outputs of one (brief),
# with no outputs (first), or the database of one page with a second to come (import).
run_brief() { "$@" "$BIN" --month 2024-01 --db work/t.db --output work/out; }
run_first() { run_brief "$@"; }
run_import() { "$@" "$BIN" import --db work/t.db pages/b.txt; }
set_brief() { cp -r old/out work/ && cp new/t.db work/; }
set_first() { cp new/t.db work/; }
set_import() { cp old/t.db work/; }
prepare() { rm -rf work && mkdir work && "set_$1"; }

# calls CASE SYSCALL: which of a thread's calls of this kind to hit; of openat only those that create.
calls() {
    awk -v CALL="$2(" -v MOST="$3" 'index($2, CALL) == 1 { n[$1]++; if (CALL != "openat(" || /O_CREAT/) hit[++m] = n[$1] }
        END { if (m <= MOST) for (i = 1; i <= m; i++) print hit[i]
              else for (i = 0; i < MOST; i++) print hit[1 + int(i * (m - 1) / (MOST - 1))] }' "$1.log"
}

# After an error: nothing new, or (when only the last message could not be printed) everything.
settled() { # CASE STATUS CALL
    if [ "$2" -ge 64 ] && [ "$(grep -c '^briefgen: error: ' err)" -ne 1 ]; then echo "not one error line"; fi
    local wanted=old
    if [ "$2" -eq 0 ] || grep -q 'error: standard output' err; then wanted=new; fi
    if [ "$1" = import ]; then
        rows work > rows.now
        # SQLite reports the directory that it cannot sync after the commit: all in, which is allowed
        [ "$3" = fdatasync ] && cmp -s rows.now new.rows && wanted=new
        cmp -s rows.now $wanted.rows || echo "exit $2, and the articles are not the $wanted ones"
    else
        [ "$1" = first ] && [ $wanted = old ] && wanted=no
        outputs work > outputs.now
        cmp -s outputs.now $wanted.outputs || echo "exit $2, and the outputs are not the $wanted ones"
    fi
    [ -z "$(left_over work)" ] || echo "left: $(left_over work | head -n 2)"
}
: > no.outputs

# After a kill: each file is an old or a new one.
whole() { # CASE
    if [ "$1" = import ]; then
        rows work > rows.now
        cmp -s rows.now old.rows || cmp -s rows.now new.rows || echo "neither the old nor the new articles"
    else
        outputs work | grep -vxF -f either.outputs
    fi
}

rerun() { # CASE
    "run_$1" > out 2> err || echo "the next run fails: $(head -c 300 err)"
    if [ "$1" = import ]; then rows work | cmp -s - new.rows; else outputs work | cmp -s - new.outputs; fi ||
        echo "the next run does not give the clean result"
    [ -z "$(left_over work)" ] || echo "left after the next run: $(left_over work | head -n 2)"
}

# inject CASE SYSCALL FAULT STATUSES [MOST]
inject() {
    local n status problem said='' hits=0
    for n in $(calls "$1" "$2" "${5:-$MOST}"); do
        prepare "$1"
        { run_$1 strace -f -o trace.log -e trace="$2" -e inject="$2:$3:when=$n" > out 2> err; } 2> /dev/null
        status=$?
        hits=$((hits + 1))
        problem=
        case " $4 " in *" $status "*) ;; *) problem="exit $status, wanted one of $4; " ;; esac
        if [ "$3" != signal=KILL ]; then problem+=$(settled "$1" $status "$2"); else problem+=$(whole "$1"; rerun "$1"); fi
        [ -z "$problem" ] || said+="call $n: $problem"$'\n'
    done
    if [ $hits -eq 0 ]; then not_ok "$1: $3 at $2" "there is no such call"
    elif [ -n "$said" ]; then not_ok "$1: $3 at $hits calls of $2" "$(head -c 1500 <<< "$said")"
    else ok "$1: $3 at $hits calls of $2"; fi
}

# ---- no memory, and calls that do a part: for a brief with its tables inside the PDF, and without ----
# What is written when memory ends is written aside: the outputs are those of before, or all of the new ones.
for profile in access archive; do
    run_short() { timeout 60 env LD_PRELOAD="$BUILD/faulty-libc.so" "$@" "$BIN" --month 2024-01 --db work/t.db --output work/out --pdf $profile; }
    prepare brief
    run_short SHORT=1000 > out 2> err
    is "$profile: short reads and writes" "$? $(wc -l < err)" "0 0"
    outputs work > whole.outputs
    [ $profile != access ] || is "$profile: … give the same" "$(cmp whole.outputs new.outputs 2>&1)" ""
    prepare brief
    run_short FAIL_THREADS=all FAIL_COUNT=count > out 2> err
    most=$(cat count) said=
    for i in $(seq $MOST) end; do
        [ $i = end ] && n=$most || n=$((most * i / (MOST + 1)))
        prepare brief
        run_short FAIL_THREADS=all FAIL_MALLOC=$n > out 2> err
        status=$?
        outputs work > outputs.now
        { cmp -s outputs.now old.outputs || cmp -s outputs.now whole.outputs; } && [ "$status $(cat err)" = "71 briefgen: error: out of memory" ] ||
            said+="allocation $n: exit $status: $(head -c 300 err)"$'\n'
        run_short > out 2> err
        outputs work | cmp -s - whole.outputs && [ -z "$(left_over work)" ] || said+="allocation $n: the next run does not give the clean result"$'\n'
    done
    is "row 42: $profile: no memory at $((MOST + 1)) allocations of $most" "$said" ""
done

run_set() { timeout 60 env LD_PRELOAD="$BUILD/faulty-libc.so" "$@" "$BIN" --month 2024-01 --db new/t.db --output set --region 경기 --all-regions city --jobs 2; }
run_set FAIL_THREADS=all FAIL_COUNT=count > out 2> err
is "row 42: a set, whole" "$? $(find set -name '*.pdf' | wc -l)" "0 31"
rm -rf set
run_set FAIL_THREADS=all FAIL_MALLOC=$(($(cat count) + 5000)) > out 2> err
is "row 42: a set: exit" "$?" 71
is "row 42: … each brief is whole or says what it lacks" "$(($(grep -c 'out of memory' err) + $(find set -name '*.pdf' | wc -l)))" 31
is "row 42: … nothing else is there" "$(($(find set -type f | wc -l) - 8 * $(find set -name '*.pdf' | wc -l)))" 0

for c in brief first import; do
    prepare $c
    run_$c strace -f -s 0 -o $c.log > out 2> err || not_ok "$c under strace" "$(head -c 300 err)"
done
for fault in error=ENOSPC error=EIO; do
    for call in write fsync; do inject brief $call $fault 74; done
    for call in pwrite64 unlink; do inject import $call $fault 74; done
    inject import fdatasync $fault "0 74" # SQLite passes over a directory of the journal that cannot be synced
done
for call in link rename; do inject brief $call error=EIO 74; done
for call in openat mkdir; do inject brief $call error=ENOSPC "73 74"; done
for call in fsync rename; do inject first $call error=EIO 74; done
inject first mkdir error=ENOSPC 73
inject brief write error=EINTR 0
inject import pwrite64 error=EINTR 0
inject import write error=ENOSPC 74
inject import openat error=ENOSPC "73 74"
for call in write fsync link rename unlink openat mkdir; do inject brief $call signal=KILL 137; done
inject first rename signal=KILL 137
for call in write pwrite64 fdatasync unlink openat; do inject import $call signal=KILL 137; done
finish
