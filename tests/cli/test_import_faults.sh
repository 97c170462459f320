# Faults of the system in the middle of an import of many files by several threads: a full or broken disk at every call
# that writes, a read that fails, short and interrupted calls, no memory, no threads, kill -9. The database is the old one
# or the new one, the next run gives what a clean run gives, and nothing hangs. MOST=100000 tries every call.
. "$(dirname "$0")/lib.sh"
. "$ROOT/tests/cli/mixed.sh"
cd "$SCRATCH" || exit 1
MOST=${MOST:-5} # calls of one kind to try; of more, an even sample

case $BUILD in
*-san) skip "faults in an import" "strace and the leak check both want to be the tracer"; finish; exit ;;
esac
for tool in strace sqlite3 zip; do
    command -v $tool > /dev/null || { skip "faults in an import" "$tool is not installed"; finish; exit; }
done
strace -f -o /dev/null true 2> /dev/null || { skip "faults in an import" "strace may not trace"; finish; exit; }

# Before: two of the inputs. An import of all the rest, with rejects, is what the faults hit: files (a folder), piped (a ZIP
# on standard input, large enough to be kept in a temporary file; most of it is a hidden file, which is passed over).
mixed 45
mv in/plain.csv in/pages .
(cd in && zip -qr ../all.zip .)
head -c 20000000 /dev/zero > .pad && zip -q0 all.zip .pad && rm .pad
"$BIN" import --quiet --jobs 2 --db old.db plain.csv pages > out 2> err
is "what is there before" "$?" 0
run_files() { timeout 60 "$@" "$BIN" import --jobs 3 --db work/t.db in; }
run_piped() { timeout 60 "$@" "$BIN" import --jobs 3 --db work/t.db - < all.zip; }
prepare() { rm -rf work trace.log && mkdir work && cp old.db work/t.db; }
said old.db > old.said
for c in files piped; do
    prepare
    run_$c > out 2> err
    is "$c: a clean run" "$? $(grep -c rejected err)" "1 10"
    said work/t.db > $c.said
    is "$c: it is another database" "$(cmp -s old.said $c.said; echo $?)" 1
    prepare
    run_$c strace -f -s 0 -o $c.log > out 2> err
    is "$c: strace changes nothing" "$? $(said work/t.db | cmp - $c.said 2>&1)" "1 "
done

# calls CASE SYSCALL: which of a thread's calls of this kind to hit
calls() {
    awk -v CALL="$2(" -v MOST="$MOST" 'index($2, CALL) == 1 { if (++n[$1] > m) m = n[$1] }
        END { if (m <= MOST) for (i = 1; i <= m; i++) print i
              else for (i = 0; i < MOST; i++) print 1 + int(i * (m - 1) / (MOST - 1)) }' "$1.log"
}
# After CASE has ended with STATUS (one of STATUSES): old after an error, new without one, and the next run completes it.
# MAY: "late", the call may fail when all is in, and the state is then either; "stuck", the journal cannot be removed; "less",
# an input that cannot be looked at is set aside by name, and is read the next time.
judge() { # CASE STATUS STATUSES MAY
    local state=neither
    case " $3 " in *" $2 "*) ;; *) echo "exit $2, wanted one of $3; " ;; esac
    if [ "$2" -ge 64 ] && [ "$2" -lt 124 ] && ! grep -qs '(2, .*INJECTED' trace.log && [ "$(grep -c '^briefgen: error: ' err)" -ne 1 ]; then echo "not one error line; "; fi
    # A process that was killed, or had no memory to clean up with, leaves the journal with which the next one undoes its work.
    if [ "$2" -ne 137 ] && [ "$2" -ne 71 ] && [ "$4" != stuck ] && [ "$(ls work)" != t.db ]; then echo "left: $(ls work); "; fi
    mkdir -p copy && rm -f copy/* && cp work/t.db* copy/
    said copy/t.db > now.said
    cmp -s now.said "$1.said" && state=new
    cmp -s now.said old.said && state=old
    case "$2:$state" in
    137:new | 137:old) ;;
    [01]:new) ;;
    1:*) { [ "$4" = less ] && grep -q '\[unreadable\]' err; } || echo "exit 1, and the database is $state; " ;;
    *:old) ;;
    *:new) [ "$4" = late ] || echo "exit $2, but the database has changed; " ;;
    *) echo "the database is $state; " ;;
    esac
    run_$1 > out 2> err
    status=$?
    [ $status -le 1 ] || echo "the next run: exit $status: $(head -c 300 err); "
    said work/t.db | if [ "$4" = less ]; then grep -v unreadable; else cat; fi | cmp -s - "$1.said" || echo "the next run does not give the clean result; "
}
# inject CASE SYSCALL FAULT STATUSES [MAY]
inject() {
    local n problem said='' hits=0
    for n in $(calls "$1" "$2"); do
        prepare
        { run_$1 strace -f -o trace.log -e trace="$2" -e inject="$2:$3:when=$n" > out 2> err; } 2> /dev/null
        problem=$(judge "$1" $? "$4" "${5-}")
        hits=$((hits + 1))
        [ -z "$problem" ] || said+="call $n: $problem"$'\n'
    done
    if [ $hits -eq 0 ]; then not_ok "row $ROW: $1: $3 at $2" "there is no such call"
    elif [ -n "$said" ]; then not_ok "row $ROW: $1: $3 at $hits calls of $2" "$(head -c 3000 <<< "$said")"
    else ok "row $ROW: $1: $3 at $hits calls of $2"; fi
}

# ---- the disk; rows are those of tests/hostile/README.md ----

for ROW in 27 28; do
    if [ $ROW -eq 27 ]; then fault=error=ENOSPC; else fault=error=EIO; fi
    inject files pwrite64 $fault 74
    inject files fdatasync $fault "1 74" late # the directory of the journal may fail to be synced
    inject files unlink $fault 74 stuck
    inject files write $fault "1 74" late # the summary and the messages, when all is in
done
ROW=27
inject piped write error=ENOSPC "1 74" late
ROW=28
inject files read error=EIO "1 74 127" # 127: the loader could not read a library; 1: there is other randomness
inject files pread64 error=EIO "74 127"
for call in newfstatat openat; do inject files $call error=EIO "1 66 73 74 78 127" less; done
inject files getdents64 error=EIO "1 74" less
inject piped read error=EIO "1 74 127"

# ---- short and interrupted calls ----

ROW=29
for c in files piped; do
    for n in 7 1000; do # bytes at a time
        prepare
        run_$c env LD_PRELOAD="$BUILD/faulty-libc.so" SHORT=$n > out 2> err
        is "row 29: $c: $n bytes at a time" "$(judge $c $? 1 '')" ""
    done
done
for call in pwrite64 write; do inject files $call error=EINTR 1; done
inject files read error=EINTR "1 127"
inject piped read error=EINTR "1 127"
inject piped write error=EINTR 1
inject piped poll error=EINTR 1
inject files fdatasync error=EINTR "1 74" late

# ---- no memory, no threads ----

ROW=34
inject files clone3 error=EAGAIN "1 71"
: > count
prepare
run_files env LD_PRELOAD="$BUILD/faulty-libc.so" FAIL_COUNT=count > out 2> err
most=$(cat count)
is "allocations of the other threads are counted" "$((most > 1000))" 1
said_of= hits=0 step=$((MOST < most ? most / MOST : 1))
for n in $(seq 1 $step "$most"); do
    prepare
    run_files env LD_PRELOAD="$BUILD/faulty-libc.so" FAIL_MALLOC="$n" > out 2> err
    problem=$(judge files $? "71 1" '')
    hits=$((hits + 1))
    [ -z "$problem" ] || said_of+="allocation $n: $problem"$'\n'
done
is "row 34: files: no memory at $hits allocations of $most" "$(head -c 3000 <<< "$said_of")" ""

# ---- kill -9 ----

ROW=32
for call in pwrite64 fdatasync read unlink write mmap futex close; do inject files $call signal=KILL "137 1"; done # 1: it came to fewer calls
inject piped write signal=KILL 137
finish
