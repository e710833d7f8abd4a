#!/usr/bin/env python3
"""Writes torchvision.json: what torchvision's ResNets of 10 classes answer, in float64, for ../../golden/input_224.npy.gz.

Their weights are those of SyntheticWeights.java: a number for each element, from the hash of its tensor's name and its index.
'keys' is the SHA-256 of the state dict's names and shapes. Written with torch 2.15 and torchvision 0.29; any version that has
these networks gives the same but for the last digits.

    python make_torchvision.py
"""
import gzip
import hashlib
import json
import math
import pathlib

import numpy as np
import torch
import torchvision

HERE = pathlib.Path(__file__).parent
NETWORKS = ('resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152')
CLASSES = 10
MASK = 2**64 - 1


def fnv1a(text):
    value = 0xcbf29ce484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001b3) & MASK
    return value


def uniform(name, count):
    """Multiples of 2^-24 in [0, 1): the finaliser of SplitMix64."""
    with np.errstate(over='ignore'):
        z = np.uint64(fnv1a(name)) + (np.arange(count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) * 2.0**-24


def values(name, tensor, norms):
    if name.endswith('.num_batches_tracked'):
        return torch.tensor(1000)
    u = uniform(name, tensor.numel())
    norm = name.rsplit('.', 1)[0] in norms
    if norm and name.endswith('.weight'):
        low, width = 0.8, 0.4
    elif norm and name.endswith('.running_var'):
        low, width = 0.5, 1
    elif tensor.dim() >= 2:
        bound = math.sqrt(3 / math.prod(tensor.shape[1:])) * 1.5
        low, width = -bound, 2 * bound
    else:
        low, width = -0.025, 0.05
    return torch.from_numpy((low + width * u).astype(np.float32)).reshape(tensor.shape)


def figures(name):
    model = getattr(torchvision.models, name)(weights=None, num_classes=CLASSES)
    norms = {key for key, module in model.named_modules() if isinstance(module, torch.nn.BatchNorm2d)}
    state = {key: values(key, tensor, norms) for key, tensor in model.state_dict().items()}
    model.load_state_dict(state)
    with gzip.open(HERE / '../../golden/input_224.npy.gz') as file:
        image = torch.from_numpy(np.load(file)).double().reshape(1, 3, 224, 224)
    with torch.no_grad():
        logits = model.double().eval()(image)[0]
    keys = ''.join('%s %s\n' % (key, 'x'.join(map(str, tensor.shape))) for key, tensor in state.items())
    return {
        'name': name,
        'keys': hashlib.sha256(keys.encode()).hexdigest(),
        'tensors': len(state),
        'parameters': sum(parameter.numel() for parameter in model.parameters()),
        'logits': logits.tolist(),
    }


if __name__ == '__main__':
    rows = ',\n'.join(json.dumps(figures(name)) for name in NETWORKS)
    (HERE / 'torchvision.json').write_text('[\n' + rows + '\n]\n')
