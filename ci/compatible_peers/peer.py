#!/usr/bin/env python3
"""Runs one ONNX model in one program and writes its answer to the input as a NumPy file; the reason goes to stderr where it does not.

    peer.py onnxruntime|openvino|onnx2torch|ncnn MODEL.onnx INPUT.npy OUTPUT.npy
    peer.py versions
    peer.py input SIZE INPUT.npy
    peer.py compare FOLDER PROGRAM...   a line for each: the largest difference from onnxruntime.npy, or in words what is wrong
"""
import importlib.metadata
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

ALLOWED = 1e-4

# ncnn has no LogSoftmax: pnnx writes Softmax and Log, which is NaN where a probability is too small for float32
LOGARITHMS_TOLD = -80


def onnxruntime(model, image):
    import onnxruntime as ort

    session = ort.InferenceSession(model, providers=['CPUExecutionProvider'])
    return session.run(None, {session.get_inputs()[0].name: image})[0]


def openvino(model, image):
    import openvino as ov

    core = ov.Core()
    compiled = core.compile_model(core.read_model(model), 'CPU', {'INFERENCE_PRECISION_HINT': 'f32'})
    return compiled([image])[0]


def onnx2torch(model, image):
    import torch
    from onnx2torch import convert

    network = convert(model).eval()
    with torch.no_grad():
        return network(torch.from_numpy(image)).numpy()


def ncnn(model, image):
    import ncnn as library

    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, 'model.onnx')
        copy.symlink_to(pathlib.Path(model).resolve())
        shape = '[' + ','.join(map(str, image.shape)) + ']'
        program = pathlib.Path(sys.executable).with_name('pnnx')
        said = subprocess.run([program, 'model.onnx', 'inputshape=' + shape, 'fp16=0', 'optlevel=2'], cwd=folder, capture_output=True, text=True)
        param, weights = pathlib.Path(folder, 'model.ncnn.param'), pathlib.Path(folder, 'model.ncnn.bin')
        if said.returncode or not param.exists():
            raise RuntimeError('pnnx: ' + ' '.join((said.stdout + said.stderr).split()[-30:]))
        net = library.Net()
        net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = net.opt.use_bf16_storage = False
        if net.load_param(str(param)) or net.load_model(str(weights)):
            raise RuntimeError('ncnn cannot load what pnnx wrote')
        extractor = net.create_extractor()
        extractor.input(net.input_names()[0], library.Mat(np.ascontiguousarray(image[0])))
        code, answer = extractor.extract(net.output_names()[0])
        if code:
            raise RuntimeError(f'ncnn cannot run it (extract returns {code})')
        return np.array(answer)[None]


def versions():
    names = ['onnxruntime', 'openvino', 'onnx2torch', 'torch', 'pnnx', 'ncnn', 'onnx', 'numpy']
    print(', '.join(name + ' ' + importlib.metadata.version(name) for name in names) + ', Python ' + sys.version.split()[0])


def made_up(size, file):
    """Waves and noise, normalised like photographs."""
    random = np.random.default_rng(1)
    y, x = np.mgrid[0:size, 0:size] / size
    waves = [np.sin(6 * (a * x + b * y + c)) for a, b, c in random.uniform(-3, 3, (3, 3))]
    np.save(file, (np.stack(waves)[None] + 0.3 * random.standard_normal((1, 3, size, size))).astype(np.float32))


def compare(folder, programs):
    expected = np.load(pathlib.Path(folder, 'onnxruntime.npy'))
    for program in programs:
        file = pathlib.Path(folder, program + '.npy')
        if not file.exists():
            print('does not load')
            continue
        actual = np.load(file)
        if actual.shape != expected.shape:
            print('answers in another shape')
            continue
        told = expected > LOGARITHMS_TOLD if program == 'ncnn' and expected.ndim == 4 else np.isfinite(expected)
        error = np.abs(actual - expected)[told].max() / np.abs(expected).max()
        print('%.1e' % error if error <= ALLOWED else '%.1e differs' % error)


if __name__ == '__main__':
    if sys.argv[1] == 'versions':
        versions()
    elif sys.argv[1] == 'compare':
        compare(sys.argv[2], sys.argv[3:])
    elif sys.argv[1] == 'input':
        made_up(int(sys.argv[2]), sys.argv[3])
    else:
        try:
            answer = globals()[sys.argv[1]](sys.argv[2], np.load(sys.argv[3]))
        except Exception as e:
            sys.exit(f'{type(e).__name__}: {e}'.replace('\n', ' ')[:400])
        np.save(sys.argv[4], np.asarray(answer, np.float32))
