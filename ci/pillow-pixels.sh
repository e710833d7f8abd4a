#!/usr/bin/env bash
# Decodes the pictures that come with Pillow's own source distribution, some thousand of all kinds, good and bad, with
# Pillow and with ElasticVision, as stored and turned upright, and prints by kind how many are equal, how far the others are
# apart, and which are refused by whom and why. docs/images.md lists the differences that are meant. The pictures are Pillow's
# and stay in a temporary folder.
#
#   ci/pillow-pixels.sh [--verbose]     (--verbose: what is refused by both as well)
#
# Needs a python3 with pip and venv, and PyPI. PILLOW names another version. Takes three minutes. Exits with 1 if a picture
# ends the process.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
pillow=${PILLOW:-12.3.0}
"$here/../elastic" --version >/dev/null # builds
classpath=$here/../train/target/classes:$(cat "$here/../train/target/classpath.txt")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check numpy "pillow==$pillow"
"$work/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary pillow "pillow==$pillow" -d "$work"
tar xzf "$work/pillow-$pillow.tar.gz" -C "$work" "pillow-$pillow/Tests/images"
mkdir "$work/decoded"
"$work/venv/bin/python" "$here/pillow_pixels/pillow_pixels.py" "$work/pillow-$pillow/Tests/images" "$work/decoded" "$@" -- \
    java -Xmx4g -cp "$classpath" "$here/pillow_pixels/PillowPixels.java" "$work/decoded" 2>"$work/python-stderr"
