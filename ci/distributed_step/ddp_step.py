#!/usr/bin/env python3
"""The same as RankStep.java with PyTorch's DistributedDataParallel over Gloo, channels last: ddp_step.py BATCH SIZE THREADS"""
import sys
import time

import numpy
import torch
from torch import distributed
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel

sys.path.insert(0, sys.path[0] + '/../train_step')
from train_step import ResNeXt50Elastic


def main():
    batch, size, threads = (int(word) for word in sys.argv[1:4])
    torch.set_num_threads(threads)
    distributed.init_process_group('gloo')
    torch.manual_seed(1)
    model = ResNeXt50Elastic().to(memory_format=torch.channels_last)
    model.train()
    # As published: every rank has its own statistics.
    model = DistributedDataParallel(model, broadcast_buffers=False, gradient_as_bucket_view=True)
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9, weight_decay=1e-4)
    index = numpy.arange(batch * 3 * size * size, dtype=numpy.uint64)
    values = (index * numpy.uint64(2654435761) % numpy.uint64(1 << 32)) / 2147483648.0 - 1
    images = torch.from_numpy(values.astype(numpy.float32)).reshape(batch, 3, size, size)
    images = images.contiguous(memory_format=torch.channels_last)
    labels = torch.tensor([37 * i % 1000 for i in range(batch)])
    print('ready', flush=True)
    for line in sys.stdin:
        if line.strip() == 'end':
            break
        begun = time.perf_counter()
        loss = functional.cross_entropy(model(images), labels)
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
        print(loss.item(), time.perf_counter() - begun, 0.0, flush=True)
    distributed.destroy_process_group()


main()
