#!/usr/bin/env bash
# Keras counts every class that is level with the k-th as one of the best k: the top-5 accuracy of an 8-bit softmax comes to 100 %.
#
# Good guess:  SparseTopKCategoricalAccuracy(k) asks whether the right class is among the k best, k of them and no more, as timm, torchmetrics
#              and scikit-learn do; with k=1 it is SparseCategoricalAccuracy.
# Seen:        A class that has the same score as the k-th best is counted as a hit, however many such classes there are. A network that
#              answers nothing but zeros has a top-5 accuracy of 100 % over 1000 classes, and one of 100 % with k=1, where the accuracy is 0.1 %.
#              Scores rounded to 256 steps, as an 8-bit softmax has (LiteRT's int8: steps of 1/256), leave 0 for all but a few classes: 0 is
#              then the fifth best, and every class is among the five: 100 % instead of 81 %.
# It matters:  Ties are rare in float32 and the rule in 8 bits, so that quantizing seems to improve the network, and a broken export
#              looks perfect. Who looks at the top-5 accuracy alone picks just that one.
# Versions:    keras 3.15.1 on jax 0.10.2 (PyPI); with torch 2.15.0 the same. Keras' documentation of the metric says nothing of ties, that of
#              TensorFlow's tf.math.in_top_k, from which it comes, does (tensorflow/tensorflow issue 13005).
# Way round:   numpy.argsort(-scores, kind="stable")[:, :k], or scores before the softmax and the quantizing.
set -euo pipefail

python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target "$work" keras==3.15.1 jax==0.10.2 numpy==2.4.6

cat >"$work/ties.py" <<'PYTHON'
import sys

import jax
import keras
import numpy

CLASSES, PICTURES = 1000, 2000
numbers = numpy.random.RandomState(3)
labels = numpy.arange(PICTURES) % CLASSES
guessed = numpy.where(numbers.rand(PICTURES) < 0.8, labels, numbers.randint(0, CLASSES, PICTURES))  # right in four of five
logits = numbers.randn(PICTURES, CLASSES).astype("float32")
logits[numpy.arange(PICTURES), labels] += 1
logits[numpy.arange(PICTURES), guessed] += 15
exponents = numpy.exp(logits - logits.max(1, keepdims=True))
softmax = exponents / exponents.sum(1, keepdims=True)


def five_best(scores):
    return float((numpy.argsort(-scores, axis=1, kind="stable")[:, :5] == labels[:, None]).any(1).mean())


print("keras", keras.__version__, "on", keras.backend.backend(), jax.__version__)
as_described = True
for name, scores, wrong in (("softmax in float32", softmax, False),
                            ("softmax in steps of 1/256", numpy.clip(numpy.round(softmax * 256), 0, 255).astype("float32") / 256, True),
                            ("nothing but zeros", numpy.zeros_like(softmax), True)):
    top1 = float(keras.metrics.SparseCategoricalAccuracy()(labels, scores))
    first, fifth = (float(keras.metrics.SparseTopKCategoricalAccuracy(k)(labels, scores)) for k in (1, 5))
    print(f"{name}: accuracy {top1:.1%}; Keras' top 1 {first:.1%}, top 5 {fifth:.1%}; by sorting, top 5 {five_best(scores):.1%}")
    as_described &= (fifth == 1 and five_best(scores) < 0.9) if wrong else abs(fifth - five_best(scores)) < 1e-3
    as_described &= abs(first - top1) < 1e-3 if scores.any() else first == 1 and top1 < 0.01
print("As described." if as_described else "Not as this script says.")
sys.exit(0 if as_described else 1)
PYTHON
KERAS_BACKEND=jax KERAS_HOME="$work" PYTHONPATH="$work" "$python" "$work/ties.py"
