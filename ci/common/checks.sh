# Sourced, with a word in topic, which begins every line, and a file in said, which gets what a command prints.
# shellcheck shell=bash disable=SC2154

failed() {
    echo "$topic: FAILED: $*"
    exit 1
}

# check NAME PATTERN COMMAND…: exit code 0, and a pattern in what it printed; an empty one asks for the exit code alone
check() {
    local name=$1 pattern=$2
    shift 2
    if ! "$@" >"$said" 2>&1 || { [ -n "$pattern" ] && ! grep -qE -- "$pattern" "$said"; }; then
        tail -n 40 "$said"
        failed "$name: no '$pattern'"
    fi
    echo "$topic: $name: ok"
}
