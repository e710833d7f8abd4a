#!/usr/bin/env bash
# The server as the programs of others meet it, on this machine alone: Triton's client (PyPI's tritonclient) asks it by the Open Inference
# Protocol in every form that it has; openapi-spec-validator reads its OpenAPI document, and schemathesis sends what that document allows, and
# what it does not, for a minute.
#
#   ci/serve-clients.sh
#
# PYTHON names the python3 that makes the environment in target/serve-clients (100 MB from PyPI, once). Takes one to two minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/..
environment=$root/target/serve-clients
work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

packages='tritonclient[http]==2.73.0 pillow==13.0.0 openapi-spec-validator==0.9.0 schemathesis==4.32.5'
if [ "$(cat "$environment/packages" 2>/dev/null)" != "$packages" ]; then
    rm -rf "$environment"
    "${PYTHON:-python3}" -m venv "$environment"
    # shellcheck disable=SC2086
    "$environment/bin/pip" install --quiet --disable-pip-version-check $packages
    echo "$packages" >"$environment/packages"
fi
python=$environment/bin/python

"$root/elastic" --version >/dev/null # builds
classpath=$root/train/target/classes:$(cat "$root/train/target/classpath.txt")
java -Djava.awt.headless=true -cp "$classpath" "$here/common/UntrainedModel.java" resnext_tiny_elastic 32 "$work"
mv "$work/model.onnx" "$work/tiny.onnx"

"$root/elastic" serve --port 0 "$work/tiny.onnx" >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 300); do
    grep -q Serving "$work/out" && break
    kill -0 "$server" 2>/dev/null || { cat "$work/err"; exit 1; }
    sleep 0.1
done
address=$(sed -n 's|^Serving at http://\(.*\)/ until.*|\1|p' "$work/out")

"$python" "$here/serve_clients/triton.py" "$address" tiny "$work/photo.jpg"

curl -fsS "http://$address/openapi.json" >"$work/openapi.json"
"$environment/bin/openapi-spec-validator" "$work/openapi.json"
# That what the schema allows is taken is not checked: no schema says which bytes are an image, or that an input's data fits its shape.
(cd "$work" && "$environment/bin/schemathesis" run "http://$address/openapi.json" --exclude-checks positive_data_acceptance \
    --max-examples 30 --max-time 60 --seed 1)
