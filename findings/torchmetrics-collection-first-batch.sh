#!/usr/bin/env bash
# torchmetrics: metrics of a MetricCollection that agree on the first batch are counted as one from then on.
#
# Good guess:  A MetricCollection updates each of its metrics with each batch. Its "compute groups", on by default, share the counting among
#              those whose counts are the same by what they are (precision and recall), as the documentation says.
# Seen:        Which metrics belong together is decided by comparing their counts after the first batch; thresholds, top_k, ignore_index are not
#              looked at. If the first batch is easy, small or of one kind, the counts agree, and from then on, past reset() too, only the
#              one whose name comes first in the alphabet counts: the accuracy at a threshold of 0.5 is that at 0.9, the top-5 accuracy that of
#              the top 1 (16 % instead of 62 %). With another batch in front the same data give the right numbers. Nothing is printed.
# It matters:  With a validation that starts with a batch of background, or a network that gets the first eight pictures right, two curves lie
#              on each other, one of them wrong, and in the next run they may not. A check of the metrics on a handful of pictures passes.
# Versions:    torchmetrics 1.9.0, torch 2.15.0 (PyPI). Source: _merge_compute_groups and _equal_metric_states in torchmetrics/collections.py.
#              Lightning-AI/torchmetrics issue 2596 has it for a metric of one's own. The download has several GB.
# Way round:   MetricCollection(..., compute_groups=False), or the groups by hand. Calls of the collection itself, metrics(preds, target), make
#              no groups; those of update() do.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work/packages" \
    torch==2.15.0 torchmetrics==1.9.0 "numpy>=2,<3"

cat >"$work/groups.py" <<'PYTHON'
import sys
import warnings

import torch
import torchmetrics
from torchmetrics import MetricCollection
from torchmetrics.classification import BinaryAccuracy, MulticlassAccuracy, MulticlassJaccardIndex

warnings.simplefilter("error")
torch.manual_seed(3)
probabilities = torch.rand(5000)
binary = probabilities, (torch.rand(5000) < probabilities).int()
scores = torch.randn(5000, 10)
multiclass = scores.softmax(1), torch.multinomial((scores / 3).softmax(1), 1)[:, 0]
mask = torch.randint(3, (8, 32, 32))
segmentation = torch.where(torch.rand(8, 32, 32) < 0.7, mask, torch.randint(3, (8, 32, 32))), mask

cases = {
    "BinaryAccuracy": (
        {"at one half": lambda: BinaryAccuracy(threshold=0.5), "at nine tenths": lambda: BinaryAccuracy(threshold=0.9)},
        [(torch.tensor([0.97, 0.99, 0.02, 0.93]), torch.tensor([1, 1, 0, 1])), binary]),
    "MulticlassAccuracy": (
        {"top 1": lambda: MulticlassAccuracy(10, top_k=1), "top 5": lambda: MulticlassAccuracy(10, top_k=5)},
        [(torch.eye(10)[:8] * 0.9 + 0.01, torch.arange(8)), multiclass]),
    "MulticlassJaccardIndex": (
        {"all classes": lambda: MulticlassJaccardIndex(3), "without class 0": lambda: MulticlassJaccardIndex(3, ignore_index=0)},
        [(torch.ones(1, 32, 32, dtype=torch.long), torch.ones(1, 32, 32, dtype=torch.long)), segmentation]),
}


def collected(metrics, batches, groups=True, epochs=1):
    collection = MetricCollection({name: make() for name, make in metrics.items()}, compute_groups=groups)
    for epoch in range(epochs):
        collection.reset()
        for batch in batches[epoch:]:
            collection.update(*batch)
    return {name: round(value.item(), 4) for name, value in collection.compute().items()}


print("torchmetrics", torchmetrics.__version__, " torch", torch.__version__)
as_described = True
for kind, (metrics, batches) in cases.items():
    alone = {}
    for name, make in metrics.items():
        metric = make()
        for batch in batches:
            metric.update(*batch)
        alone[name] = round(metric.compute().item(), 4)
    together, later = collected(metrics, batches), collected(metrics, batches, epochs=2)
    turned, apart = collected(metrics, batches[::-1]), collected(metrics, batches, groups=False)
    print(kind)
    for what, numbers in (("each by itself", alone), ("in a collection", together), ("then reset(), without the first batch", later),
                          ("with the batches in the other order", turned), ("with compute_groups=False", apart)):
        print(f"  {what}: {', '.join(f'{name} {numbers[name]}' for name in metrics)}{'' if numbers == alone else '  <-- wrong'}")
    as_described &= turned == alone and apart == alone
    as_described &= all(max(abs(wrong[name] - alone[name]) for name in metrics) > 0.02 for wrong in (together, later))
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work/packages" "$python" "$work/groups.py"
