#!/usr/bin/env bash
# Coverage-guided fuzzing of everything that reads files, with Jazzer: for each target the seeds, the inputs in the tests' resources and
# what earlier runs have found are changed in every way that reaches new code. A fault is any exception but the documented one, a message
# of more than one line, a file or thread left behind, memory that is not given back, an input that takes 2 s, the end of the JVM.
# The heap has 256 MB. Ends with a table, and with exit code 1 if there was a fault.
#
#   ci/fuzz.sh MINUTES [TARGET…]       MINUTES for each target, or 1,000,000 inputs if those are done before; all targets by default
#   ci/fuzz.sh list                    the targets, and the modules that they are of
#
#   CORPUS=DIR    where inputs that reach new code are kept for the next run (default: target/fuzz/corpus)
#   SEED=N        of the random choices (default: 1)
#   INPUTS=N      instead of 1,000,000
#   KEEP=1        afterwards choose from the corpus what the tests replay: at most 24 files and 40 kB a target
#
# Faults are in target/fuzz/faults/TARGET, each as the input and the log's exception; needs Linux on x86-64.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ $# -gt 0 ] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 2; }
out=$home/target/fuzz
corpus=${CORPUS:-$out/corpus}
seed=${SEED:-1}
mkdir -p "$out"
(cd "$home" && mvn -B -Dquick -DskipTests -Pfuzz -pl ci/fuzz -am package) >"$out/build.log" 2>&1 ||
    { echo "the build failed; $out/build.log says why" >&2; exit 1; }

classpath=$home/ci/fuzz/target/classes
for module in runtime convert train samples/serve; do
    classpath+=:$home/$module/target/test-classes:$home/$module/target/classes
done
classpath+=:$(cat "$home/ci/fuzz/target/classpath.txt")
work=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1 ORT_DISABLE_TELEMETRY=1 MALLOC_ARENA_MAX=1 LC_ALL=C.UTF-8
java=(java -Xms256m -Xmx256m -XX:+UseSerialGC -XX:+AlwaysPreTouch -XX:-OmitStackTraceInFastThrow
    -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Djava.awt.headless=true -Djava.io.tmpdir="$work" -cp "$classpath")

if [ "$1" = list ]; then
    "${java[@]}" org.elasticvision.fuzz.Targets
    exit
fi
minutes=$1
shift
modules=$("${java[@]}" org.elasticvision.fuzz.Targets)
read -r -a targets <<<"${*:-$(awk '{printf "%s ", $1}' <<<"$modules")}"
"${java[@]}" org.elasticvision.fuzz.Targets "$work/seeds" "${targets[@]}"

jazzer() { # TARGET, then options of libFuzzer
    local target=$1
    shift
    mkdir -p "$work/$target"
    case $target in
    # These have a server of ours to connect to, which Jazzer takes for a fault.
    http*) set -- --disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery "$@" ;;
    esac
    "${java[@]}" com.code_intelligence.jazzer.Jazzer --target_class=org.elasticvision.fuzz.FuzzDriver \
        --target_args="$target $work/$target" --instrumentation_includes='org.elasticvision.**' \
        --instrumentation_excludes='org.elasticvision.fuzz.**:org.elasticvision.runtime.fuzz.**' \
        --custom_hook_includes='org.elasticvision.**' --reproducer_path="$work" --keep_going=1000 \
        -timeout=2 -rss_limit_mb=2048 -max_len=65536 -seed="$seed" "$@"
}

keep() { # TARGET FOLDER
    local target=$1 kept=$2 bytes=0 count=0
    rm -rf "$work/merged"
    mkdir -p "$work/merged" "$kept"
    # libFuzzer merges in processes of its own, which it starts by the name of Jazzer's launcher.
    printf '#!/usr/bin/env bash\nexec %s com.code_intelligence.jazzer.Jazzer "$@"\n' "$(printf '%q ' "${java[@]}")" >"$work/jazzer"
    chmod +x "$work/jazzer"
    PATH=$work:$PATH jazzer "$target" -set_cover_merge=1 "$work/merged" "$corpus/$target" >"$out/$target.merge.log" 2>&1 || true
    if [ -z "$(ls "$work/merged")" ]; then
        echo "$target: nothing could be merged; $out/$target.merge.log says why" >&2
        return
    fi
    find "$kept" -type f ! -name 'fault-*' -delete
    # Not what Jazzer writes into inputs to see whether a path of theirs is opened.
    while read -r size file && [ $count -lt 24 ] && [ $((bytes += size)) -le 40000 ]; do
        if grep -qa jazzer "$file"; then continue; fi
        cp "$file" "$kept/$(basename "$file" | cut -c1-12)"
        count=$((count + 1))
    done < <(find "$work/merged" -type f -printf '%s %p\n' | sort -n)
}

echo "seed $seed, $minutes minutes or ${INPUTS:-1000000} inputs a target"
failed=0
table=$(printf '%-20s %10s %10s %8s %8s' target inputs inputs/s edges faults)
for target in "${targets[@]}"; do
    log=$out/$target.log faults=$out/faults/$target
    resources=$(ls -d "$home"/{runtime,convert,train,samples/serve}/src/test/resources/fuzz/"$target" 2>/dev/null || true)
    rm -rf "$faults"
    mkdir -p "$corpus/$target" "$faults"
    # shellcheck disable=SC2086 # none or one
    jazzer "$target" -max_total_time=$((minutes * 60)) -runs="${INPUTS:-1000000}" -print_final_stats=1 \
        -artifact_prefix="$faults/" "$corpus/$target" "$work/seeds/$target" $resources >"$log" 2>&1 || true
    found=$(find "$faults" -type f | wc -l)
    # Without these the JVM ended before its time.
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -1)
    rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log" | tail -1)
    edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -1)
    [ -n "$inputs" ] && [ "$found" = 0 ] || failed=1
    table+=$'\n'$(printf '%-20s %10s %10s %8s %8s' "$target" "${inputs:-crashed}" "${rate:-?}" "${edges:-?}" "$found")
    if [ -n "${KEEP:-}" ]; then
        keep "$target" "$home/$(awk -v name="$target" '$1 == name {print $2}' <<<"$modules")/src/test/resources/fuzz/$target"
    fi
done
echo "$table"
exit $failed
