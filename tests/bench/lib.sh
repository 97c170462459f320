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
