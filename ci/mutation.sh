#!/usr/bin/env bash
# Whether the tests see small changes of the code: PIT makes them one by one in the pure Java hearts of the product (a comparison turned round, a
# sum made a difference, a call left out), and runs the tests of the package that reach the place. Prints, per package, how many changes there
# were and how many a test failed at; names the others in reports/survivors.txt. Exits 1 where less than 85 of 100 are seen.
#
#   ci/mutation.sh [HEART...]     unpickler, resampler, passes, metrics, quantizer, batcher (default: all)
#
# REPORTS=DIR keeps PIT's pages (default: target/mutation). Takes an hour on two cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
least=85
reports=${REPORTS:-$PWD/target/mutation}
[ $# -gt 0 ] || set -- unpickler resampler passes metrics quantizer batcher
mkdir -p "$reports"

# mutate HEART MODULE CLASSES TESTS
mutate() {
    local heart=$1 module=$2 classes=$3 tests=$4
    echo "mutation: $heart" >&2
    mvn --batch-mode --no-transfer-progress -Dquick -Pmutation -pl "$module" -am \
        test-compile org.pitest:pitest-maven:mutationCoverage -DtargetClasses="$classes" -DtargetTests="$tests" \
        -DreportsDirectory="$reports/$heart" >"$reports/$heart.log" 2>&1 || {
        tail -n 30 "$reports/$heart.log"
        exit 1
    }
}

for heart in "$@"; do
    runtime=org.elasticvision.runtime convert=org.elasticvision.convert
    case $heart in
    unpickler) mutate unpickler convert "$convert.checkpoint.pickle.*" "$convert.checkpoint.*" ;;
    resampler) mutate resampler runtime "$runtime.image.resample.*" "$runtime.image.resample.*,$runtime.image.PreprocessorTest,$runtime.image.form.*" ;;
    passes) mutate passes convert "$convert.onnx.pass.*" "$convert.onnx.pass.*,$convert.quantize.*" ;;
    metrics) mutate metrics runtime "$runtime.metrics.*" "$runtime.metrics.*" ;;
    quantizer) mutate quantizer convert "$convert.quantize.qdq.*,$convert.quantize.calibration.*" "$convert.quantize.*" ;;
    batcher) mutate batcher runtime "$runtime.batching.*" "$runtime.batching.*" ;;
    *)
        echo "mutation: there is no '$heart'; there are unpickler, resampler, passes, metrics, quantizer and batcher" >&2
        exit 2
        ;;
    esac
done

# One line per change in mutations.xml.
field() {
    sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" <<<"$line"
}
for heart in "$@"; do
    grep "<mutation detected='false'" "$reports/$heart/mutations.xml" | while read -r line; do
        echo "$(field mutatedClass)#$(field mutatedMethod):$(field lineNumber) $(field description)"
    done
done | sort >"$reports/survivors.txt"
for heart in "$@"; do
    cat "$reports/$heart/mutations.xml"
done | awk -v least="$least" '
    /<mutation / {
        class = $0
        sub(/.*<mutatedClass>/, "", class)
        sub(/<.*/, "", class)
        sub(/\.[^.]*$/, "", class)
        sub(/^org\.elasticvision\./, "", class)
        all[class]++
        if ($0 ~ /detected=.true./) seen[class]++
    }
    END {
        printf "| package | changes | seen by a test | share |\n|---|---|---|---|\n"
        for (class in all) {
            share = 100 * seen[class] / all[class]
            printf "| `%s` | %d | %d | %.0f %% |\n", class, all[class], seen[class], share | "sort"
            if (share < least) low = 1
        }
        close("sort")
        exit low
    }' || {
    echo "mutation: less than $least of 100 are seen; the others are in $reports/survivors.txt" >&2
    exit 1
}
