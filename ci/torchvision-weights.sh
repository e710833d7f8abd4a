#!/usr/bin/env bash
# Proves that the weights of torchvision's and timm's ResNets, ordinary ResNeXts, SE-ResNeXts and DenseNet-201 convert to
# models that answer as their own code does: each network is built by torchvision or timm with random weights and statistics,
# saved as people save it, converted, and run on one input of 224x224; its raw output is that of PyTorch in float64 within 1e-5
# of the largest logit. 'verify' then finds the model, in which the halves of the groups are one again, to agree with the
# network written literally.
#
#   ci/torchvision-weights.sh
#
# Needs a python3 with torch 1.13 or newer (Debian: python3-torch) and pip; PYTHON names another one. If torchvision, timm and
# safetensors are not there, they are installed into a folder of their own, without what they depend on but Python. TMPDIR
# needs 2 GB. Prints a row for each network and exits 1 if anything fails.
set -euo pipefail

elastic=$(dirname "$(realpath "$0")")/../elastic
python=${PYTHON:-python3}
"$python" -c 'import torch' || { echo "$python lacks torch; set PYTHON to one that has it" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! "$python" -W ignore -c 'import safetensors, timm, torchvision' 2>/dev/null; then
    "$python" -m venv --system-site-packages "$work/venv"
    # The versions that go with any PyTorch from 1.13 on: their compiled parts are not used.
    "$work/venv/bin/pip" install -q --no-input --no-deps torchvision==0.15.2 timm==1.0.31 safetensors==0.4.5 huggingface_hub==0.36.0
    "$work/venv/bin/pip" install -q --no-input pyyaml tqdm requests filelock fsspec packaging typing_extensions
    python=$work/venv/bin/python
fi
"$elastic" --version >/dev/null # builds

cat >"$work/network.py" <<'PYTHON'
import sys
import numpy as np
import torch

library, name, path = sys.argv[1:4]
torch.manual_seed(7)
if library == 'torchvision':
    import torchvision
    model = getattr(torchvision.models, name)(weights=None)
else:
    import timm
    model = timm.create_model(name, pretrained=False)
for module in model.modules():
    if isinstance(module, torch.nn.BatchNorm2d):
        torch.nn.init.uniform_(module.weight, 0.8, 1.2)
        torch.nn.init.uniform_(module.bias, -0.1, 0.1)
        module.running_mean.normal_(0, 0.1)
        module.running_var.uniform_(0.5, 1.5)
        module.num_batches_tracked.fill_(1000)
if path.endswith('.safetensors'):
    from safetensors.torch import save_file
    save_file(model.state_dict(), path)
else:
    torch.save(model.state_dict(), path)
image = torch.randn(1, 3, 224, 224)
np.save(path + '.input.npy', image.numpy())
with torch.no_grad():
    np.save(path + '.expected.npy', model.double().eval()(image.double()).numpy())
PYTHON

cat >"$work/compare.py" <<'PYTHON'
import sys
import numpy as np

expected, actual = np.load(sys.argv[1]), np.load(sys.argv[2])
assert expected.shape == actual.shape, (expected.shape, actual.shape)
error = np.abs(expected - actual).max() / np.abs(expected).max()
print('%.1e' % error, 'ok' if error <= 1e-5 else 'FAILED')
PYTHON

# Prints the row of one network; what went wrong stays in $work/log.
check() {
    local library=$1 name=$2 architecture=$3 ending=$4
    local file=$work/weights$ending model=$work/model.onnx
    "$python" -W ignore "$work/network.py" "$library" "$name" "$file" >"$work/log" 2>&1 || return 1
    "$elastic" convert "$file" -o "$model" >"$work/log" 2>&1 || return 1
    grep -q ": $architecture, " "$work/log" || return 1
    "$elastic" predict --tensor "$file.input.npy" --logits "$work/output.npy" "$model" >>"$work/log" 2>&1 || return 1
    "$python" "$work/compare.py" "$file.expected.npy" "$work/output.npy" >"$work/compared" 2>>"$work/log" || return 1
    read -r error verdict <"$work/compared"
    printf '%9s  ' "$error"
    [ "$verdict" = ok ] || return 1
    "$elastic" verify "$model" "$file" --pictures 1 >>"$work/log" 2>&1
}

"$python" -W ignore -c '
import safetensors, timm, torch, torchvision
print("torch", torch.__version__, "torchvision", torchvision.__version__, "timm", timm.__version__,
      "safetensors", safetensors.__version__)'
printf '%-12s %-26s %-14s %9s\n' library network becomes error
failures=0
while read -r library name architecture ending; do
    printf '%-12s %-26s %-14s ' "$library" "$name" "$architecture"
    if check "$library" "$name" "$architecture" "$ending"; then
        echo ok
    else
        echo "  FAILED: $(tail -n 1 "$work/log")"
        failures=$((failures + 1))
    fi
    rm -f "$work"/weights* "$work"/*.onnx "$work"/*.npy
done <<'NETWORKS'
torchvision resnext50_32x4d resnext50 .pth
timm resnext50_32x4d resnext50 .safetensors
timm resnext101_32x4d resnext101 .pth
timm seresnext50_32x4d se_resnext50 .safetensors
timm legacy_seresnext50_32x4d se_resnext50 .pth
torchvision densenet201 densenet201 .pth
torchvision resnet18 resnet18 .pth
torchvision resnet50 resnet50 .pth
timm resnet50 resnet50 .safetensors
timm resnet152 resnet152 .pth
NETWORKS
[ $failures -eq 0 ]
