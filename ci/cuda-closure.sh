#!/usr/bin/env bash
# A rehearsal of GPU machines without a GPU: with NVIDIA's libraries from PyPI in folders, everything up to the driver (libcuda.so.1)
# loads, and what is missing is named. Says first whether the tables in runtime/src/main/resources/…/gpu hold (readelf, and the
# headers of CUDA's fat binaries), then what doctor, predict --provider cuda and train print on a machine without CUDA, with CUDA
# 13, and with both CUDA 12 and 13, then hides one library after the other: the one that is hidden must be named.
#
#   ci/cuda-closure.sh
#
# Downloads 5 GB the first time, into ELASTIC_CUDA_CACHE (default ~/.cache/elasticvision-cuda, 8 GB in the end), and Maven's GPU jars
# (1.6 GB). Needs python3 with pip, unzip, readelf and ldd. Takes about five minutes when all is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cache=${ELASTIC_CUDA_CACHE:-$HOME/.cache/elasticvision-cuda}
tables=runtime/src/main/resources/org/elasticvision/runtime/gpu
failures=0
for tool in python3 unzip readelf ldd java; do
    command -v $tool >/dev/null || { echo "cuda-closure: no $tool on the PATH" >&2; exit 1; }
done
[ ! -e /dev/nvidia0 ] || echo "cuda-closure: this machine has a GPU; ci/gpu-test.sh is the test for it" >&2

say() { printf '\n== %s\n' "$*"; }
verdict() { # NAME CONDITION...
    local name=$1
    shift
    if "$@"; then echo "ok      $name"; else echo "FAILED  $name"; failures=$((failures + 1)); fi
}

# docs/gpu.md has the same
cuda_13=(onnxruntime-gpu==1.29.0
    "cuda-toolkit[cublas,cudart,cufft,cufile,cupti,curand,cusolver,cusparse,nvjitlink,nvrtc]==13.1.*"
    "nvidia-cudnn-cu13==9.*" "nvidia-nccl-cu13==2.*")
mapfile -t cuda_12 < <(awk -F'\t' '$4 ~ /-cu12==/ { print $4 }' $tables/libraries.tsv | sort -u)
fill() { # FOLDER REQUIREMENT...
    local folder=$1
    shift
    [ ! -f "$folder.whole" ] || return 0
    echo "filling $folder: $*"
    rm -rf "$folder"
    python3 -m pip install --quiet --disable-pip-version-check --no-cache-dir --target "$folder" "$@"
    touch "$folder.whole"
}
say "NVIDIA's libraries from PyPI"
mkdir -p "$cache"
fill "$cache/cuda-13" "${cuda_13[@]}"
fill "$cache/cuda-12" --no-deps "${cuda_12[@]}"
du -sh "$cache"/cuda-1?
for requirement in "${cuda_13[@]}"; do
    verdict "docs/gpu.md installs $requirement" grep -qF -- "$requirement" docs/gpu.md
done
while IFS=$'\t' read -r soname _ _ wheel _; do
    case $wheel in
    tensorrt-*) echo "-       $soname: $wheel is not on PyPI itself, only what fetches it from NVIDIA" ;;
    *-cu12==*) verdict "$soname is in $wheel" test -n "$(find "$cache/cuda-12" -name "$soname")" ;;
    *) verdict "$soname is in $wheel" test -n "$(find "$cache/cuda-13" -name "$soname")" ;;
    esac
done < <(grep -v '^#' $tables/libraries.tsv)

say "the build with -Pcuda,tensorrt"
ELASTIC_MAVEN=-Pcuda,tensorrt ./elastic --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jar() { tr ':' '\n' <train/target/classpath.txt | grep -m1 "/$1"; }
mkdir -p "$work/torch" "$work/bridges"
unzip -qoj "$(jar 'pytorch-.*-linux-x86_64-gpu.jar')" '*/libtorch_cpu.so' '*/libtorch_cuda.so' '*/libc10_cuda.so' -d "$work/torch"
unzip -qoj "$(jar 'cuda-.*-linux-x86_64.jar')" '*/libjnicudart.so' '*/libjnicublas.so' '*/libjnicudnn.so' '*/libjninvrtc.so' -d "$work/bridges"
unzip -qoj "$(jar 'tensorrt-.*-linux-x86_64.jar')" '*/libjninvinfer.so' -d "$work/bridges"

say "the tables"
needed() { # LIBRARY...: what of NVIDIA's it is linked to; cuDNN's parts come with cuDNN
    readelf -d "$@" | sed -n 's/.*NEEDED.*\[\(lib\(cu\|nv\|nccl\)[^]]*\)\]/\1/p' | sed 's/^libcudnn_.*/libcudnn.so.9/' |
        grep -v '^libcuda\.so' | sort -u | tr '\n' ' '
}
listed() { # PART
    awk -F'\t' -v part="$1" '!/^#/ { n = split($3, parts, " "); for (i = 1; i <= n; i++) if (parts[i] == part) print $1 }' \
        $tables/libraries.tsv | sort -u | tr '\n' ' '
}
native=runtime/target/native
pypi=$cache/cuda-13/onnxruntime/capi
same() { [ "$1" = "$2" ] || { printf '  found:  %s\n  table:  %s\n' "$1" "$2"; return 1; }; }
verdict "onnxruntime-12 is linked to what the table says" same "$(needed $native/libonnxruntime_providers_cuda.so)" "$(listed onnxruntime-12)"
verdict "onnxruntime-13 is linked to what the table says" same "$(needed "$pypi/libonnxruntime_providers_cuda.so")" "$(listed onnxruntime-13)"
verdict "libtorch is linked to what the table says" same "$(needed "$work"/torch/*)" "$(listed libtorch)"
verdict "tensorrt's bridges are linked to what the table says" same "$(needed "$work"/bridges/*)" "$(listed tensorrt)"
verdict "onnxruntime-tensorrt is linked to what the table says" same \
    "$(needed $native/libonnxruntime_providers_tensorrt.so | tr ' ' '\n' | grep nv | tr '\n' ' ')" "$(listed onnxruntime-tensorrt)"
code() { awk -F'\t' -v part="$1" '$1 == part { print $2 }' $tables/kernels.tsv; }
fatbin() { python3 ci/cuda_closure/fatbin.py "$@"; }
verdict "onnxruntime-12 has code for $(code onnxruntime-12)" same "$(fatbin $native/libonnxruntime_providers_cuda.so)" "$(code onnxruntime-12)"
verdict "onnxruntime-13 has code for $(code onnxruntime-13)" same "$(fatbin "$pypi/libonnxruntime_providers_cuda.so")" "$(code onnxruntime-13)"
verdict "libtorch has code for $(code libtorch)" same "$(fatbin "$work/torch/libtorch_cuda.so" 100)" "$(code libtorch)"

libraries() { find "$1" -name '*.so*' -path '*/nvidia/*' -printf '%h\n' | sort -u | tr '\n' ':'; }
lacks() { LD_LIBRARY_PATH=$1 ldd "$2" | awk '/not found/ { print $1 }' | sort -u; }
verdict "ONNX Runtime's CUDA 12 provider lacks nothing but the driver" same \
    "$(lacks "$(libraries "$cache/cuda-12")" $native/libonnxruntime_providers_cuda.so)" libcuda.so.1
verdict "ONNX Runtime's CUDA 13 provider lacks nothing but the driver" same \
    "$(lacks "$(libraries "$cache/cuda-13")" "$pypi/libonnxruntime_providers_cuda.so")" libcuda.so.1
verdict "Java's bridge to CUDA lacks nothing but the driver" same \
    "$(lacks "$(libraries "$cache/cuda-13")" "$work/bridges/libjnicudart.so")" libcuda.so.1

say "what is printed"
classpath=train/target/classes:$(cat train/target/classpath.txt)
java -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
    -cp "$(sed 's/pytorch-[^:]*-gpu\.jar//' <<<"$classpath")" ci/common/UntrainedModel.java resnext50_elastic 64 "$work"
for folder in train/a train/b val/a val/b; do
    mkdir -p "$work/data/$folder"
    cp "$work/photo.jpg" "$work/data/$folder/1.jpg"
done
doctor() { ./elastic doctor 2>&1 | grep -A1 -E '^(LibTorch|NVIDIA|CUDA|cuDNN|ONNX Runtime [CT]|TensorRT)' |
        grep -v -E '^(--|GPU|OpenCV|JavaCPP)' || true; }
predict() { ./elastic predict --provider cuda "$work/model.onnx" "$work/photo.jpg" 2>&1 || true; }
train() { # DEVICE
    rm -rf "$work/run"
    ./elastic train "$work/data" --arch resnext_tiny_elastic --epochs 1 --batch 2 --input-size 64x64 --device "$1" -o "$work/run" 2>&1 |
        tail -n 1 || true
}
export ELASTIC_ARCHIVE=off
case_of() { # NAME, what predict names, what train names
    local doctor predict train
    say "$1"
    doctor=$(doctor)
    predict=$(predict)
    train=$(train cuda)
    printf '%s\n' "$doctor" "predict: $predict" "train --device cuda: $train"
    verdict "predict names $2" grep -q "$2" <<<"$predict"
    verdict "train --device cuda names $3" grep -q "$3" <<<"$train"
    verdict "doctor names $2" grep -q "$2" <<<"$doctor"
    verdict "doctor has the true reason of LibTorch" grep -q "${4:-LibTorch  *ok}" <<<"$doctor"
}
case_of "none of NVIDIA's libraries" 'libcudart.so.13 is not found' 'libcudart.so.13 is not found' 'LibTorch  *! .*libcudart.so.13 is not found'
LD_LIBRARY_PATH=$(libraries "$cache/cuda-13") case_of "CUDA 13 alone, ONNX Runtime from Maven (CUDA 12)" \
    'libcudart.so.12 is not found' 'no NVIDIA driver (libcuda.so.1 is not found)'
LD_LIBRARY_PATH=$(libraries "$cache/cuda-12")$(libraries "$cache/cuda-13") \
    case_of "CUDA 12 and 13, ONNX Runtime from Maven (CUDA 12)" 'libcuda.so.1' 'no NVIDIA driver (libcuda.so.1 is not found)'
ELASTIC_GPU=$cache/cuda-13 case_of "CUDA 13 alone, ONNX Runtime from PyPI (CUDA 13): ELASTIC_GPU" \
    'libcuda.so.1' 'no NVIDIA driver (libcuda.so.1 is not found)'
say "training on the CPU with the CUDA build"
train=$(ELASTIC_GPU=$cache/cuda-13 train cpu)
echo "train --device cpu: $train"
verdict "it trains" grep -q -v '^elastic: ' <<<"$train"

say "one library hidden after the other"
hide() { # LIBRARY: all others of CUDA 13 in one folder
    rm -rf "$work/hidden"
    mkdir "$work/hidden"
    find "$cache/cuda-13/nvidia" -name '*.so*' -exec ln -sf -t "$work/hidden" {} +
    rm -f "$work/hidden/$1"
}
for soname in $(listed libtorch); do
    hide "$soname"
    verdict "without $soname training on the CPU names it" \
        grep -q "$soname is not found" <<<"$(LD_LIBRARY_PATH=$work/hidden train cpu)"
done
for soname in $(listed onnxruntime-13); do
    hide "$soname"
    verdict "without $soname predict names it" grep -q "$soname is not found" \
        <<<"$(LD_LIBRARY_PATH=$work/hidden JAVA_OPTS=-Donnxruntime.native.path=$cache/cuda-13/elastic predict)"
done

if [ $failures -eq 0 ]; then
    say 'all well: up to the missing driver everything loads'
else
    say "$failures FAILED"
    exit 1
fi
