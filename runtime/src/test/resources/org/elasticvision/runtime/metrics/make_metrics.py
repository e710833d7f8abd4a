#!/usr/bin/env python3
"""What the published evaluation answers for metric_*.npy: metrics.json.

Runs accuracy, inter_and_union and validate_multi of the published implementation unchanged, so it needs its folder
(github.com/allenai/elastic, commit 57345c6), and PyTorch 1.13 (Debian 12: apt install python3-torch):

    make_metrics.py ELASTIC            compares with metrics.json
    make_metrics.py ELASTIC --write    writes it anew

The inputs are random logits, targets and masks, kept as they are.
"""
import json
import pathlib
import sys
import types

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent


def array(name):
    return np.load(HERE / f'metric_{name}.npy')


def classification(utils):
    logits, target = torch.from_numpy(array('cls_logits')), torch.from_numpy(array('cls_target'))
    view = torch.Tensor.view
    torch.Tensor.view = torch.Tensor.reshape  # PyTorch before 1.5 allowed view where accuracy() calls it
    prec1, prec5 = utils.accuracy(logits, target, topk=(1, 5))
    torch.Tensor.view = view
    return {'err1': 100 - float(prec1), 'err5': 100 - float(prec5),
            'cross_entropy': float(torch.nn.CrossEntropyLoss()(logits, target))}


def multilabel():
    """validate_multi only prints its results, rounded: they are read from its variables when it returns."""
    import multilabel_classify
    multilabel_classify.args = types.SimpleNamespace(print_freq=10 ** 9)
    torch.Tensor.cuda = lambda tensor, **ignored: tensor
    logits, target = torch.from_numpy(array('ml_logits')), torch.from_numpy(array('ml_target_sml'))
    last = {}

    def watch(frame, event, result):
        if event == 'return' and frame.f_code.co_name == 'validate_multi':
            last.update(frame.f_locals)

    sys.setprofile(watch)
    multilabel_classify.validate_multi([(logits, target)], torch.nn.Identity(), torch.nn.BCEWithLogitsLoss())
    sys.setprofile(None)
    names = {'P_C': 'mean_p_c', 'R_C': 'mean_r_c', 'F_C': 'mean_f_c', 'P_O': 'p_o', 'R_O': 'r_o', 'F_O': 'f_o'}
    return {**{name: float(last[variable]) for name, variable in names.items()},
            'tp_by_size': last['tp_size'].sum(1).tolist(), 'fn_by_size': last['fn_size'].sum(1).tolist(),
            'bce_with_logits_mean': float(last['loss'])}


def segmentation(utils):
    inter, union = zip(*[utils.inter_and_union(pred, mask, 21) for pred, mask in zip(array('seg_pred'), array('seg_mask'))])
    inter, union = sum(inter).astype(float), sum(union).astype(float)
    iou = inter / (union + 1e-10)
    return {'intersection': inter.tolist(), 'union': union.tolist(), 'iou': iou.tolist(), 'mean_iou': float(iou.mean())}


def flat(value, path=''):
    if isinstance(value, dict):
        return {k: v for key, inner in value.items() for k, v in flat(inner, f'{path}.{key}').items()}
    if isinstance(value, list):
        return {f'{path}[{i}]': v for i, v in enumerate(value)}
    return {path: value}


def main():
    sys.path.insert(0, sys.argv[1])
    for name in ('torchvision', 'torchvision.transforms', 'torchvision.datasets'):  # imported, not used here
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules['torchvision'].datasets = sys.modules['torchvision.datasets']
    sys.modules['torchvision.datasets'].coco = types.SimpleNamespace(CocoDetection=object)
    import utils
    made = {'classification': classification(utils), 'multilabel': multilabel(), 'segmentation': segmentation(utils)}
    file = HERE / 'metrics.json'
    if '--write' in sys.argv:
        file.write_text(json.dumps(made, indent=1) + '\n')
        return 0
    kept = flat(json.loads(file.read_text()))
    apart = max(abs(value - kept[key]) / max(abs(kept[key]), 1e-9) for key, value in flat(made).items())
    print(f'{len(kept)} figures, {apart:.1e} apart')
    return 0 if apart < 1e-6 and len(kept) == len(flat(made)) else 1


if __name__ == '__main__':
    sys.exit(main())
