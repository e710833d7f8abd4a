#!/usr/bin/env bash
# JMH benchmarks of what happens before and after the network: decoding, resize + crop + normalisation, classes from outputs.
# Prints JMH's table; about 3 minutes for all.
#
#   ci/jmh.sh                          all
#   ci/jmh.sh Preprocess               those whose names match this regular expression
#   ci/jmh.sh Decode -p size=500x375   with JMH's own options; -h lists them, -l the benchmarks
#
# One process for each benchmark, 3 warm-up iterations of 0.5 s and 5 measured ones of 1 s, unless options say otherwise.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$home/target"
(cd "$home" && mvn -B -Dquick -Dmaven.test.skip=true -Pjmh -pl ci/jmh -am package) >"$home/target/jmh.log" 2>&1 ||
    { echo "the build failed; $home/target/jmh.log says why" >&2; exit 1; }

exec java -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
    -cp "$home/ci/jmh/target/classes:$(cat "$home/ci/jmh/target/classpath.txt")" org.openjdk.jmh.Main "$@"
