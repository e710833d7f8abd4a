#!/usr/bin/env python3
"""What the published networks answer, for the tests of the zoo: index.json, keys/ and golden/ beside this file.

Runs the published implementation unchanged, so it needs its folder (github.com/allenai/elastic, commit 57345c6), and
PyTorch 1.13 (Debian 12: apt install python3-torch):

    make_golden.py ELASTIC            compares all networks with the files, writes nothing
    make_golden.py ELASTIC NAME...    only these, as index.json calls them
    make_golden.py ELASTIC --write    writes keys/ and golden/ anew, and the figures in index.json

The weights are synthetic: repeatable numbers that follow from a tensor's name and shape, so no file of 100 MB is
needed; SyntheticWeights.java computes the same. The inputs (golden/input_*) are kept as they are: they are not made here.
"""
import argparse
import gzip
import io
import json
import pathlib
import sys
import types

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent
MASK = (1 << 64) - 1


def fnv1a(text):
    hash = 0xcbf29ce484222325
    for byte in text.encode():
        hash = ((hash ^ byte) * 0x100000001b3) & MASK
    return hash


def uniform(key, count):
    """Numbers in [0, 1), multiples of 2^-24, that depend on the key and the index alone (splitmix64's finaliser)."""
    with np.errstate(over='ignore'):
        z = np.uint64(fnv1a(key)) + (np.arange(count, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) * 2.0 ** -24


def values(key, shape, norm, norm_weight_low):
    """A tensor's synthetic values: key without 'module.', rounded once to float32."""
    leaf = key.rsplit('.', 1)[1]
    if leaf == 'num_batches_tracked':
        return np.array(1000, dtype=np.int64)
    u = uniform(key, int(np.prod(shape, dtype=np.int64)))
    if norm and leaf == 'weight':
        u = norm_weight_low + 0.4 * u
    elif norm and leaf == 'running_var':
        u = 0.5 + u
    elif len(shape) >= 2:
        u = (2 * u - 1) * np.sqrt(3.0 / np.prod(shape[1:])) * 1.5
    else:
        u = (u - 0.5) * 0.05
    return u.reshape(shape).astype(np.float32)


def network(elastic, entry):
    """The published network, with synthetic weights, in evaluation mode."""
    sys.path.insert(0, str(elastic))
    import models
    arch, task = entry['arch'], entry['task']
    cardinality = models.dla.BottleneckX.cardinality
    if task != 'segmentation':
        built = models.__dict__[arch](num_classes=entry['classes'])
    elif 'resnext' in arch:
        built = models.__dict__[arch](seg=True, num_classes=entry['classes'])
    else:
        built = models.__dict__[arch + '_seg'](classes=entry['classes'])
    models.dla.BottleneckX.cardinality = cardinality  # dla102x_elastic sets another one for the whole class
    state = {name: torch.from_numpy(np.array(values(name, list(tensor.shape), is_norm(built, name), entry['norm_weight_low'])))
             for name, tensor in built.state_dict().items()}
    built.load_state_dict(state)
    return built.eval()


def owner(built, name):
    module = built
    for part in name.split('.')[:-1]:
        module = getattr(module, part)
    return module


def is_norm(built, name):
    return 'BatchNorm' in type(owner(built, name)).__name__


def keys(built):
    trained = dict(built.named_parameters())
    lines = []
    for name, tensor in built.state_dict().items():
        kind = 'norm' if is_norm(built, name) else type(owner(built, name)).__name__
        lines.append('\t'.join(['module.' + name, str(tensor.dtype)[len('torch.'):], ','.join(map(str, tensor.shape)),
                                'param' if name in trained else 'buffer', kind]))
    return '\n'.join(lines) + '\n'


def figures(built, entry):
    """Parameters and FLOPs as the published code counts them, the latter for classifiers of 224x224 only."""
    count = sum(p.numel() for name, p in built.named_parameters() if '.ups.' not in name)
    if entry['task'] == 'segmentation':
        return {'parameters': entry['parameters'], 'flops_as_counted_by_paper_code': None}
    for name in ('torchvision', 'torchvision.transforms'):  # which the counting does not use
        sys.modules.setdefault(name, types.ModuleType(name))
    from utils import add_flops_counting_methods
    counted = add_flops_counting_methods(built)
    counted.start_flops_count()
    with torch.no_grad():
        counted(torch.zeros(*entry['input']))
    counted.stop_flops_count()
    return {'parameters': count, 'flops_as_counted_by_paper_code': float(counted.compute_average_flops_cost())}


def read(name):
    return np.load(io.BytesIO(gzip.decompress((HERE / 'golden' / (name + '.npy.gz')).read_bytes())))


def image(size):
    if size == 224:
        return read('input_224')
    return np.stack([read(f'input_{size}.channel{c}') for c in range(3)])


def answers(built, entry):
    """File name to array: the logits in float64, of segmentations the classes and every sixteenth pixel's logits."""
    x = torch.from_numpy(image(entry['input'][2]))[None]
    with torch.no_grad():
        if entry['task'] == 'segmentation':
            logits = built(x)[0].numpy()
            return {'.argmax': logits.argmax(0).astype(np.uint8), '.logits_every16': logits[:, ::16, ::16].copy()}
        return {'.logits64': built.double()(x.double())[0].numpy()}


def zipped(array):
    out = io.BytesIO()
    np.save(out, array)
    return gzip.compress(out.getvalue(), mtime=0)


def difference(name, made, kept):
    if made.dtype == np.uint8:
        return f'{name}: {(made != kept).sum()} of {kept.size} pixels differ', (made != kept).mean() < 1e-4
    apart = np.abs(made - kept).max() / np.abs(kept).max()
    return f'{name}: {apart:.1e} of the largest logit', apart < (1e-12 if made.dtype == np.float64 else 1e-5)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('elastic', type=pathlib.Path)
    parser.add_argument('names', nargs='*')
    parser.add_argument('--write', action='store_true')
    args = parser.parse_args()
    index = json.loads((HERE / 'index.json').read_text())
    good = True
    for entry in index:
        if args.names and entry['name'] not in args.names:
            continue
        counted = figures(network(args.elastic.resolve(), entry), entry)  # before any other call, which it would count too
        built = network(args.elastic.resolve(), entry)
        text = keys(built)
        arrays = answers(built, entry)
        if args.write:
            (HERE / 'keys' / (entry['name'] + '.tsv.gz')).write_bytes(gzip.compress(text.encode(), mtime=0))
            for end, array in arrays.items():
                (HERE / 'golden' / (entry['name'] + end + '.npy.gz')).write_bytes(zipped(array))
            entry.update(counted)
            print(entry['name'], 'written', flush=True)
            continue
        same = gzip.decompress((HERE / 'keys' / (entry['name'] + '.tsv.gz')).read_bytes()).decode() == text
        different = {key: (value, entry[key]) for key, value in counted.items() if entry[key] != value}
        print(f"{entry['name']}: keys {'equal' if same else 'DIFFER'}, figures {'DIFFER ' + str(different) if different else 'equal'}", flush=True)
        good = good and same and not different
        for end, array in arrays.items():
            line, near = difference(entry['name'] + end, array, read(entry['name'] + end))
            print(line, '' if near else 'DIFFERS', flush=True)
            good = good and near
    if args.write:
        (HERE / 'index.json').write_text(json.dumps(index, indent=1) + '\n')
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
