# Shared by the benchmarks: a table of medians of whole processes. Sourced in the repository's root.
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
BIN=$BUILD/briefgen MEASURE=$BUILD/bench/measure
DIR=$(mktemp -d)
trap 'rm -rf "$DIR"' EXIT

row() { printf '%-44s %10s %10s %10s  %s\n' "$@"; }
note() { printf '     %s\n' "$*"; }
heads() { row "" "wall ms" "CPU ms" "peak MiB" ""; }

# median COMMAND…: runs it RUNS times (5) and sets last_wall, last_cpu (ms) and last_peak (MiB). False where it fails.
median() {
    local kib
    read -r last_wall last_cpu kib < <("$MEASURE" -n "${RUNS:-5}" "$@") || return 1
    last_peak=$(awk -v k="$kib" 'BEGIN { printf "%.1f", k / 1024 }')
}
measured() { # LABEL EXTRA COMMAND…
    local label=$1 extra=$2
    shift 2
    if median "$@"; then row "$label" "$last_wall" "$last_cpu" "$last_peak" "$extra"; else row "$label" failed "" "" ""; fi
}
pages_of() { pdfinfo "$1" 2> /dev/null | sed -n 's/Pages: *//p'; }

# The peers' workload in three sizes, as Markdown in $DIR. PEERS_DATA: a folder where gen.py has already been.
PEERS=$PWD/../shared/peers
peers_data() {
    local size
    export PEERS_DATA=${PEERS_DATA:-$DIR/peers}
    if [ ! -e "$PEERS_DATA/L.tsv" ]; then
        [ -e "$PEERS/gen.py" ] || { note "no ../shared/peers: its workload and its programs are left out"; return 1; }
        command -v python3 > /dev/null || { note "no python3 to make the peers' workload: left out"; return 1; }
        python3 "$PEERS/gen.py" > /dev/null || return 1
    fi
    for size in S M L; do LC_ALL=C awk -f tests/bench/peers.awk "$PEERS_DATA/$size.tsv" > "$DIR/$size.md"; done
}

# One document k times over, every paragraph with another number, as Markdown
repeated() { # TIMES
    LC_ALL=C awk -F '\t' -v k="$1" '
        { line[NR] = $0; kind[NR] = $1 }
        END { for (i = 1; i <= k; i++) for (n = 1; n <= NR; n++) if (kind[n] != "T" || i == 1) {
            if (kind[n] == "P" && line[n] !~ /^P\t[-+#|0-9]/) sub(/\t/, "\t" i "차 ", line[n])
            print line[n]
            if (kind[n] == "P") sub(/\t[0-9]+차 /, "\t", line[n])
        } }' tests/cli/text.tsv | LC_ALL=C awk -f tests/bench/peers.awk
}
