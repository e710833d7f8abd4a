"""OpenVINO on one model: peer.py MODEL THREADS bf16|fp32|int8. Prints a line when ready, then runs as many images as each line of its
input says and prints the median in milliseconds. int8 quantizes with NNCF's defaults, on noise: the speed does not depend on it.
"""
import logging
import statistics
import sys
import time

import numpy as np
import openvino as ov

model_file, threads, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3]
core = ov.Core()
model = core.read_model(model_file)
shape = [1] + [int(str(n)) for n in model.input().partial_shape[1:]]
model.reshape(shape)
random = np.random.default_rng(1)
image = random.standard_normal(shape, dtype=np.float32)
if kind == 'int8':
    logging.disable(logging.WARNING)
    import nncf
    pictures = [random.standard_normal(shape, dtype=np.float32) for _ in range(2)]
    model = nncf.quantize(model, nncf.Dataset(pictures), subset_size=len(pictures))
settings = {'PERFORMANCE_HINT': 'LATENCY', 'INFERENCE_NUM_THREADS': threads}
if kind == 'fp32':
    settings['INFERENCE_PRECISION_HINT'] = 'f32'
request = core.compile_model(model, 'CPU', settings).create_infer_request()
request.infer({0: image})
print('ready', flush=True)
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        start = time.perf_counter()
        request.infer({0: image})
        times.append((time.perf_counter() - start) * 1e3)
    print(statistics.median(times), flush=True)
