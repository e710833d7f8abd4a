#!/usr/bin/env python3
"""The learning rates of the published scripts: learning_rates.json.

    make_learning_rates.py ELASTIC [--write]

Calls adjust_learning_rate of classify.py for 120 epochs and coco_adjust_learning_rate of multilabel_classify.py for 36
(github.com/allenai/elastic, commit 57345c6; PyTorch 1.13). segment.py has its rule inside main(): the line with
(1 - float(cur_iter) / max_iter) ** 0.9 is taken from its source and evaluated for 100 updates.
"""
import json
import pathlib
import re
import sys
import types

import torch

HERE = pathlib.Path(__file__).resolve().parent


def rates(adjust, lr, epochs):
    adjust.__globals__['args'] = types.SimpleNamespace(lr=lr)
    group = {}
    made = []
    for epoch in range(epochs):
        adjust(types.SimpleNamespace(param_groups=[group]), epoch)
        made.append(group['lr'])
    return made


def polynomial(source, base, updates):
    rule = re.search(r'lr = (args\.base_lr \* .*)', source).group(1)
    names = {'args': types.SimpleNamespace(base_lr=base), 'max_iter': updates}
    return [eval(rule, dict(names, cur_iter=i)) for i in range(updates)]


def main():
    elastic = pathlib.Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(elastic))
    for name in ('torchvision', 'torchvision.transforms', 'torchvision.datasets'):  # imported, not used here
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules['torchvision'].datasets = sys.modules['torchvision.datasets']
    sys.modules['torchvision.datasets'].coco = types.SimpleNamespace(CocoDetection=object)
    import classify
    import multilabel_classify
    made = {'classification': rates(classify.adjust_learning_rate, 0.1, 120),
            'multilabel': rates(multilabel_classify.coco_adjust_learning_rate, 0.001, 36),
            'segmentation': polynomial((elastic / 'segment.py').read_text(), 0.007, 100)}
    file = HERE / 'learning_rates.json'
    if '--write' in sys.argv:
        lines = ',\n'.join(f'"{key}": {json.dumps(value)}' for key, value in made.items())
        file.write_text('{\n' + lines + '\n}\n')
        return 0
    same = json.loads(file.read_text()) == made
    print('equal' if same else 'DIFFERS')
    return 0 if same else 1


if __name__ == '__main__':
    sys.exit(main())
