#!/usr/bin/env bash
# torchmetrics: the AUROC of a network's logits depends on the size of the batches.
#
# Good guess:  The area under the ROC curve depends on the order of the scores alone, so that logits and their sigmoid give the same, in
#              batches of any size. The documentation says that scores outside of [0, 1] are taken for logits and their sigmoid used.
# Seen:        It is decided anew at each update whether a sigmoid is due. With a batch size of 1 a logit of 2 becomes 0.88, and one of 0.9 lies in
#              [0, 1] and stays: the order is turned, AUROC and average precision are lower, and the accuracy at a threshold of one half loses
#              the logits between 0 and one half. The last batch of an epoch, which is often small, does it too.
# It matters:  Detectors of defects and medical networks are validated picture by picture, by just these metrics. A larger batch on the
#              next machine makes the same network better.
# Versions:    torchmetrics 1.9.0, torch 2.15.0 and scikit-learn 1.9.1 (PyPI). Source: normalize_logits_if_needed in
#              torchmetrics/utilities/compute.py. Lightning-AI/torchmetrics issue 2195, open since 2023. The download has several GB.
# Way round:   hand over logits.sigmoid() (or softmax(1): MulticlassAUROC does the same), in float64 where logits are large.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work/packages" \
    torch==2.15.0 torchmetrics==1.9.0 scikit-learn==1.9.1 "numpy>=2,<3"

cat >"$work/batches.py" <<'PYTHON'
import sys
import warnings

import sklearn
import torch
import torchmetrics
from sklearn.metrics import accuracy_score, average_precision_score, roc_auc_score
from torchmetrics.classification import BinaryAccuracy, BinaryAUROC, BinaryAveragePrecision

warnings.simplefilter("error")
torch.manual_seed(3)
logits = 2 * torch.randn(2000)
labels = (torch.rand(2000) < logits.sigmoid()).int()
print("torchmetrics", torchmetrics.__version__, " torch", torch.__version__, " scikit-learn", sklearn.__version__)
expected = [roc_auc_score(labels, logits), average_precision_score(labels, logits), accuracy_score(labels, logits > 0)]
print("scikit-learn, of the logits: AUROC {:.4f}, average precision {:.4f}, accuracy {:.4f}".format(*expected))


def of(scores, size):
    metrics = [BinaryAUROC(), BinaryAveragePrecision(), BinaryAccuracy()]
    for start in range(0, len(scores), size):
        for metric in metrics:
            metric.update(scores[start:start + size], labels[start:start + size])
    return [metric.compute().item() for metric in metrics]


as_described = True
for name, scores, size, right in (("logits", logits, 2000, True), ("logits", logits, 100, True), ("logits", logits, 2, False),
                                  ("logits", logits, 1, False), ("sigmoids", logits.sigmoid(), 1, True)):
    seen = of(scores, size)
    print("{}, {} at a time: AUROC {:.4f}, average precision {:.4f}, accuracy {:.4f}".format(name, size, *seen))
    as_described &= all(abs(s - e) < 1e-3 for s, e in zip(seen, expected)) if right else all(s < e - 1e-3 for s, e in zip(seen, expected))
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
PYTHONPATH="$work/packages" "$python" "$work/batches.py"
