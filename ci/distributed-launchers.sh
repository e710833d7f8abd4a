#!/usr/bin/env bash
# The test of each launcher that is here, 'torchrun' and 'mpirun', with the command as a user types it: './elastic train', where the tests of a
# build start Java by themselves. All must give the metrics of './elastic train --nproc 2'.
#
#   ci/distributed-launchers.sh          (TORCHRUN names a torchrun, of PyTorch 2 or newer; else the one on the PATH)
#
# Launchers that are missing or do not work by themselves are skipped, with the reason. Debian's torchrun (PyTorch 1.13) fails in its own code on
# Python 3.11. Takes a minute or two.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../elastic" --version >/dev/null # builds
cd "$here/.."
mvn -B -q -Dquick -pl train -am test -Dtest=LaunchersTest -Dsurefire.failIfNoSpecifiedTests=false -Delasticvision.command="$PWD/elastic"
sed -n -e 's/.*<testcase name="\(mpirun\|torchrun\).*\/>/launchers: \1: ok/p' \
    -e 's/.*Assumption failed: /launchers: skipped: /p' \
    train/target/surefire-reports/TEST-*.LaunchersTest.xml
