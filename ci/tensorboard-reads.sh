#!/usr/bin/env bash
# TensorBoard's own reader reads what `train --tensorboard` writes: a run on drawn pictures is resumed, loses what came after its
# checkpoint, and is resumed again; EventAccumulator must give every figure of metrics.jsonl at its step, one
# loss for each update without gap or repetition, and the settings as texts.
#
#   ci/tensorboard-reads.sh
#
# PYTHON names the python3 whose venv gets TensorBoard from PyPI (10 MB with what it needs); where that cannot be had it is skipped with
# the reason. Prints the versions and a line for each check, and exits 1 if one fails. Takes one to two minutes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
elastic=$here/../elastic
python=${PYTHON:-python3}
package=tensorboard==2.21.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! { "$python" -m venv "$work/venv" && "$work/venv/bin/pip" install -q --no-input --disable-pip-version-check "$package"; } >"$work/pip.log" 2>&1; then
    echo "skipped: $package could not be installed from PyPI: $(tail -n 1 "$work/pip.log")"
    exit 0
fi
"$elastic" --version # builds, and says which
"$elastic" demo "$work/demo" --quick >"$work/demo.log" 2>&1 || { cat "$work/demo.log" >&2; exit 1; }
run=$work/run
"$elastic" train "$work/demo/data" --arch resnext_tiny_elastic --input-size 48 --batch 16 --epochs 1 --tensorboard -o "$run" >"$work/train.log"
cp "$run"/*.tar "$work"
"$elastic" train --resume "$run" --epochs 2 >>"$work/train.log"
cp "$work"/*.tar "$run" # as if that had been killed before it saved: its updates are made once more
"$elastic" train --resume "$run" --epochs 3 >>"$work/train.log"

"$work/venv/bin/python" - "$run" <<'PYTHON'
import json
import pathlib
import sys

import google.protobuf
import tensorboard
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

run = pathlib.Path(sys.argv[1])
print(f'TensorBoard {tensorboard.__version__}, protobuf {google.protobuf.__version__}, Python {sys.version.split()[0]}')
events = EventAccumulator(str(run / 'tensorboard'), size_guidance={'scalars': 0, 'tensors': 0})
events.Reload()
records = [json.loads(line) for line in (run / 'metrics.jsonl').read_text().splitlines()]
failed = 0


def check(what, holds):
    global failed
    failed += not holds
    print('ok     ' if holds else 'FAILED ', what)


tags = set(events.Tags()['scalars'])
names = [name for name in records[0] if name not in ('step', 'epoch')]
check(f'tags of scalars: {len(tags)}', tags == {'epoch/' + name for name in names}
      | {'train/loss', 'train/learning_rate', 'train/images_per_second'})
for name in names:
    read = [(scalar.step, scalar.value) for scalar in events.Scalars('epoch/' + name)]
    expected = [(record['step'], record[name]) for record in records]
    check(f'epoch/{name}: {len(read)} values', len(read) == len(expected) and all(
        a[0] == b[0] and abs(a[1] - b[1]) <= 1e-6 * abs(b[1]) for a, b in zip(read, expected)))
for name in ('loss', 'learning_rate', 'images_per_second'):
    steps = [scalar.step for scalar in events.Scalars('train/' + name)]
    check(f'train/{name}: updates {steps[0]} to {steps[-1]}', steps == list(range(1, records[-1]['step'] + 1)))
texts = [tag for tag in events.Tags()['tensors'] if tag.endswith('/text_summary')]
check(f'texts: {", ".join(sorted(texts))}', sorted(texts) == ['data/text_summary', 'network/text_summary', 'recipe/text_summary'])
check('the recipe names the batch', b'| batch | 16 |' in events.Tensors('recipe/text_summary')[-1].tensor_proto.string_val[0])
sys.exit(failed > 0)
PYTHON
