#!/usr/bin/env python3
"""The checkpoints legacy*.pth*, zip*.pth.tar and bad_*: as the real torch.save writes them, and damaged or made to do harm.

    make_files.py            compares what it would write with the files beside it
    make_files.py FOLDER     writes the files there

Needs PyTorch 1.13 (Debian 12: apt install python3-torch). The values are those of legacy.pth.tar, which were random numbers once;
expected.json says what they are. Good files are compared by what torch.load makes of them, since the bytes of a zip file
depend on PyTorch's version; damaged ones, which are parts of good ones, by their bytes or by what is in them.
"""
import gzip
import io
import os
import pathlib
import struct
import sys
import zipfile

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent


def saved(value, **options):
    out = io.BytesIO()
    torch.save(value, out, **options)
    return out.getvalue()


def legacy(value, **options):
    return saved(value, _use_new_zipfile_serialization=False, **options)


def on_cuda(value, writer):
    """As of a machine with a GPU: the storages say that they were on cuda:0."""
    location = torch.serialization.location_tag
    torch.serialization.location_tag = lambda storage: 'cuda:0'
    try:
        return writer(value)
    finally:
        torch.serialization.location_tag = location


class Harm:
    def __init__(self, function, argument):
        self.call = function, (argument,)

    def __reduce__(self):
        return self.call


def without(content, suffix):
    """A zip file without the entry of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, 'w') as target:
        for name in source.namelist():
            if not name.endswith(suffix):
                target.writestr(name, source.read(name))
    return out.getvalue()


def huge(content):
    """The first storage says that it has 2^40 elements, where its 108 float32 are."""
    at = content.rindex(struct.pack('<q', 108))
    return content[:at] + struct.pack('<q', 1 << 40) + content[at + 8:]


def files():
    value = torch.load(HERE / 'legacy.pth.tar', map_location='cpu')
    old = (HERE / 'legacy.pth.tar').read_bytes()
    new = (HERE / 'zip.pth.tar').read_bytes()
    network = {'state_dict': value['state_dict']}
    made = {
        'legacy.pth.tar': legacy(value),
        'legacy_bare_state_dict.pth': legacy(value['state_dict']),
        'legacy_cuda.pth.tar': on_cuda(value, legacy),
        'legacy_numpy_scalar.pth.tar': legacy({**value, 'epoch': np.int64(7), 'best_err1': np.float64(22.5)}),
        'legacy_protocol4.pth.tar': legacy(value, pickle_protocol=4),
        'zip.pth.tar': saved(value),
        'zip_cuda.pth.tar': on_cuda(value, saved),
        'zip_tensor_best.pth.tar': saved({**value, 'best_err1': torch.tensor(21.0)}),
        'bad_gzip.pth.tar': gzip.compress(old),
        'bad_text.pth.tar': b'<html>404 Not Found</html>',
        'bad_legacy_code.pth.tar': legacy({**network, 'payload': Harm(os.system, 'echo harm')}),
        'bad_zip_code.pth.tar': saved({**network, 'payload': Harm(eval, '1 + 1')}),
        'bad_legacy_huge_storage.pth.tar': huge(old),
        'bad_zip_missing_storage.pth.tar': without(new, '/data/0'),
    }
    for length in (0, 1, 10, 100, 2003, 4006):
        made[f'bad_legacy_cut_{length}.pth.tar'] = old[:length]
    for length in (10, 3414, 6827):
        made[f'bad_zip_cut_{length}.pth.tar'] = new[:length]
    return made


def same(a, b):
    if torch.is_tensor(a):
        return torch.is_tensor(b) and a.dtype == b.dtype and a.stride() == b.stride() and torch.equal(a, b)
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


def agrees(name, content):
    kept = (HERE / name).read_bytes()
    if name.startswith('bad_'):
        if name == 'bad_gzip.pth.tar':
            return gzip.decompress(kept) == gzip.decompress(content)
        if 'missing_storage' in name:
            return {n.split('/', 1)[1] for n in zipfile.ZipFile(io.BytesIO(kept)).namelist()} == {
                n.split('/', 1)[1] for n in zipfile.ZipFile(io.BytesIO(content)).namelist()}
        if 'code' in name:  # never loaded here: only that both name the function
            function = b'eval' if 'zip' in name else b'system'
            return function in kept and function in content
        return kept == content
    return same(torch.load(HERE / name, map_location='cpu'), torch.load(io.BytesIO(content), map_location='cpu'))


def main():
    made = files()
    if len(sys.argv) > 1:
        for name, content in made.items():
            (pathlib.Path(sys.argv[1]) / name).write_bytes(content)
        return 0
    good = True
    for name, content in made.items():
        equal = agrees(name, content)
        good = good and equal
        print(name, 'agrees' if equal else 'DIFFERS')
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
