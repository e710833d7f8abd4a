#!/usr/bin/env python3
"""Writes kinds_*.pth with the real PyTorch (1.13): every element type, views, and the plain values around tensors."""
import collections
import torch

inf, nan = float('inf'), float('nan')
base = torch.arange(24, dtype=torch.float32)
shared = torch.tensor([1.0, 2.0])
value = {
    'tensors': collections.OrderedDict(
        float64=torch.tensor([1e300, -0.1], dtype=torch.float64),
        float16=torch.tensor([65504, -2 ** -24, 2 ** -14, 1.5, -0.0, inf, nan], dtype=torch.float16),
        bfloat16=torch.tensor([3.0, -2 ** -133, inf], dtype=torch.bfloat16),
        int8=torch.tensor([-128, 127], dtype=torch.int8),
        int16=torch.tensor([-32768, 32767], dtype=torch.int16),
        int32=torch.tensor([-2 ** 31, 2 ** 31 - 1], dtype=torch.int32),
        int64=torch.tensor([-2 ** 63, 2 ** 63 - 1], dtype=torch.int64),
        uint8=torch.tensor([0, 255], dtype=torch.uint8),
        bool=torch.tensor([True, False]),
        complex64=torch.tensor([1 + 2j]),
        permuted=base.view(2, 3, 4).permute(2, 0, 1),
        offset=base[5:9],
        stepped=base.view(4, 6)[::2, 1::3],
        diagonal=base.view(4, 6).diagonal(),
        shared_a=shared,
        shared_b=shared,
        zero_dimensions=torch.tensor(7.5),
        empty=torch.zeros(3, 0, 2),
        parameter=torch.nn.Parameter(torch.tensor([4.0])),
    ),
    'size': torch.Size([2, 3]),
    'device': torch.device('cuda', 1),
    'dtype': torch.float16,
    'set': {3},
    'frozenset': frozenset(['a']),
    'tuple': (1, 2.5, 'drei', None, True),
    'large': 2 ** 70,
    'bytes': b'\x00\xff',
    'no_bytes': b'',
    'counter': collections.Counter('aab'),
    'defaultdict': collections.defaultdict(list, {'x': [1]}),
    'milestones': {30: -1, 60: -2 ** 40},
    'text': 'größer',
}

if __name__ == '__main__':
    for protocol in range(1, 6):
        torch.save(value, f'kinds_zip_{protocol}.pth', pickle_protocol=protocol)
        torch.save(value, f'kinds_legacy_{protocol}.pth', pickle_protocol=protocol, _use_new_zipfile_serialization=False)
    torch.save(value['tensors']['float64'], 'kinds_bare_tensor.pth')
    torch.save({'state_dict': {'a': base.expand(3, 24)}}, 'kinds_expanded.pth')
    torch.save(torch.nn.Linear(1, 1), 'kinds_module.pth')
    torch.jit.save(torch.jit.script(torch.nn.Linear(1, 1)), 'kinds_torchscript.pth')
