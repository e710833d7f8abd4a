#!/usr/bin/env python3
"""What three training steps of the published networks leave: NAME.json's losses and NAME.fp64.after.tsv.gz.

Runs the published implementation unchanged, in float64, so it needs its folder (github.com/allenai/elastic, commit
57345c6), and PyTorch 1.13 (Debian 12: apt install python3-torch):

    make_steps.py ELASTIC            compares all cases with the files, writes nothing
    make_steps.py ELASTIC NAME...    only these
    make_steps.py ELASTIC --write    writes losses and tensors anew

A case says network, task and recipe in NAME.json; its images (NAME.x*.npy.gz) and truth (NAME.y.npy.gz) are kept as they
are. A line of the TSV is a tensor: name, sum, Euclidean norm, first element.
"""
import argparse
import gzip
import io
import json
import pathlib
import sys

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent
ZOO = HERE.parents[8] / 'convert/src/test/resources/org/elasticvision/convert/zoo'
sys.path.insert(0, str(ZOO))
import make_golden  # noqa: E402


def read(name):
    return np.load(io.BytesIO(gzip.decompress((HERE / (name + '.npy.gz')).read_bytes())))


def images(name):
    if (HERE / (name + '.x.npy.gz')).exists():
        return read(name + '.x')
    return np.concatenate([read(name + '.x0'), read(name + '.x1')])


def loss_of(task, outputs, truth):
    if task == 'multilabel':
        return torch.nn.functional.binary_cross_entropy_with_logits(outputs, truth.double()) * 80
    return torch.nn.functional.cross_entropy(outputs, truth.long(), ignore_index=255)


def steps(elastic, case):
    figures = {entry['name']: entry for entry in json.loads((ZOO / 'index.json').read_text())}
    name = f"deeplab_{case['arch']}_pascal_v3_original_epoch50" if case['task'] == 'segmentation' else case['arch']
    entry = dict(figures[name], task=case['task'], classes=case['classes'])
    network = make_golden.network(elastic, entry).double().train()
    trained = [p for key, p in network.named_parameters() if p.requires_grad and '.ups.' not in key]
    optimizer = torch.optim.SGD(trained, lr=case['lr'], momentum=case['momentum'], weight_decay=case['weight_decay'])
    x = torch.from_numpy(images(case['name'])).double().requires_grad_()  # as torch.utils.checkpoint wants it
    y = torch.from_numpy(read(case['name'] + '.y'))
    losses = []
    for _ in range(case['steps']):
        optimizer.zero_grad()
        loss = loss_of(case['task'], network(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    rows = [(key, tensor.double().sum().item(), tensor.double().norm().item(), tensor.flatten()[0].item())
            for key, tensor in network.state_dict().items()]
    return losses, rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('elastic', type=pathlib.Path)
    parser.add_argument('names', nargs='*')
    parser.add_argument('--write', action='store_true')
    args = parser.parse_args()
    good = True
    for file in sorted(HERE.glob('*.json')):
        case = json.loads(file.read_text())
        if args.names and case['name'] not in args.names:
            continue
        losses, rows = steps(args.elastic.resolve(), case)
        table = HERE / (case['name'] + '.fp64.after.tsv.gz')
        if args.write:
            case['losses_fp64'] = losses
            file.write_text(json.dumps(case, indent=1))
            table.write_bytes(gzip.compress(''.join('\t'.join(map(str, row)) + '\n' for row in rows).encode(), mtime=0))
            print(case['name'], 'written', flush=True)
            continue
        kept = [line.split('\t') for line in gzip.decompress(table.read_bytes()).decode().splitlines()]
        mine = {row[0]: row for row in rows}
        loss = max(abs(a / b - 1) for a, b in zip(losses, case['losses_fp64']))
        norm = max(abs(mine[line[0]][2] - float(line[2])) / max(float(line[2]), 1e-6) for line in kept)
        near = loss < 1e-6 and norm < 1e-4
        print(f"{case['name']}: losses {loss:.1e}, norms of {len(kept)} tensors {norm:.1e} apart", '' if near else 'DIFFERS', flush=True)
        good = good and near
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
