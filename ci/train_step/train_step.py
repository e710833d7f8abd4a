#!/usr/bin/env python3
"""Times the training step of resnext50_elastic: this project's, and PyTorch's from Python, by turns, both channels last.

    train_step.py BATCH SIZE THREADS STEPS float32|bfloat16 CHECKPOINT -- COMMAND OF THE JAVA WORKER

Both start from the same weights (the Java worker writes them, load_state_dict(strict=True) reads them) and see the same batch,
so that their losses must be the same: if they are not, this fails. Prints the median seconds of both and their ratio.
"""
import statistics
import subprocess
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional


BLOCKS = [6, 8, 5, 3]


class Block(nn.Module):
    """A residual block with two branches of 16 groups; in an elastic block one of them sees half the resolution."""

    def __init__(self, inputs, planes, stride, elastic, project):
        super().__init__()
        self.elastic = elastic
        outputs = 4 * planes
        for suffix in ('_d', ''):
            self.add_module('conv1' + suffix, nn.Conv2d(inputs, planes, 1, bias=False))
            self.add_module('bn1' + suffix, nn.BatchNorm2d(planes))
            self.add_module('conv2' + suffix, nn.Conv2d(planes, planes, 3, stride, 1, groups=16, bias=False))
            self.add_module('bn2' + suffix, nn.BatchNorm2d(planes))
            self.add_module('conv3' + suffix, nn.Conv2d(planes, outputs, 1, bias=False))
        self.bn3 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.down = nn.AvgPool2d(2, stride=2)
        self.up = nn.Upsample(scale_factor=2, mode='bilinear', align_corners=False)
        self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False),
                                        nn.BatchNorm2d(outputs)) if project else None

    def branch(self, x, suffix):
        module = self._modules
        x = self.relu(module['bn1' + suffix](module['conv1' + suffix](x)))
        x = self.relu(module['bn2' + suffix](module['conv2' + suffix](x)))
        return module['conv3' + suffix](x)

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        if self.elastic:
            height, width = x.shape[2:]
            # Edges of odd sizes are repeated, and cut off again.
            even = functional.pad(x, (0, width % 2, 0, height % 2), mode='replicate') if height % 2 or width % 2 else x
            low = self.up(self.branch(self.down(even), '_d'))[:, :, :height, :width]
        else:
            low = self.branch(x, '_d')
        return self.relu(self.bn3(self.branch(x, '') + low) + shortcut)


class ResNeXt50Elastic(nn.Module):
    def __init__(self, classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inputs = 64
        for stage, blocks in enumerate(BLOCKS):
            planes = 64 << stage
            layers = []
            for i in range(blocks):
                stride = 2 if i == 0 and stage > 0 else 1
                layers.append(Block(inputs, planes, stride, stride == 1 and stage < 3, i == 0))
                inputs = 4 * planes
            self.add_module('layer%d' % (stage + 1), nn.Sequential(*layers))
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)), inplace=True)
        x = functional.max_pool2d(x, 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(functional.adaptive_avg_pool2d(x, 1).flatten(1))


def main():
    batch, size, threads, steps = (int(n) for n in sys.argv[1:5])
    half, checkpoint = sys.argv[5] == 'bfloat16', sys.argv[6]
    worker = subprocess.Popen(sys.argv[8:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if worker.stdout.readline().strip() != 'ready':
        sys.exit('the Java worker does not start')

    torch.set_num_threads(threads)
    model = ResNeXt50Elastic()
    model.load_state_dict(torch.load(checkpoint)['state_dict'], strict=True)
    model.to(memory_format=torch.channels_last).train()
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9, weight_decay=1e-4)
    index = numpy.arange(batch * 3 * size * size, dtype=numpy.uint64)
    values = (index * numpy.uint64(2654435761) % numpy.uint64(1 << 32)) / 2147483648.0 - 1
    images = torch.from_numpy(values.astype(numpy.float32)).reshape(batch, 3, size, size)
    images = images.contiguous(memory_format=torch.channels_last)
    labels = torch.tensor([37 * i % 1000 for i in range(batch)])

    def python_step():
        begun = time.perf_counter()
        with torch.autocast('cpu', torch.bfloat16, enabled=half):
            logits = model(images)
        loss = functional.cross_entropy(logits.float(), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item(), time.perf_counter() - begun

    def java_step():
        worker.stdin.write('step\n')
        worker.stdin.flush()
        return tuple(float(word) for word in worker.stdout.readline().split())

    python_loss, java_loss = python_step()[0], java_step()[0]
    print('first loss: PyTorch %.6f, ElasticVision %.6f' % (python_loss, java_loss), flush=True)
    if abs(python_loss - java_loss) > (1e-2 if half else 1e-4) * abs(python_loss):
        sys.exit('the losses differ: these are not the same networks')
    python_step(), java_step()
    python, java = [], []
    for step in range(steps):
        # Who goes first changes, in case the machine gets slower or faster meanwhile.
        for which in ((python, java) if step % 2 else (java, python)):
            which.append((python_step if which is python else java_step)()[1])
    worker.communicate('end\n')
    median = statistics.median
    ratio = median(p / j for p, j in zip(python, java))
    print('PyTorch %s from Python  %.3f s a step (%.3f to %.3f)' % (torch.__version__, median(python), min(python), max(python)))
    print('ElasticVision            %.3f s a step (%.3f to %.3f)' % (median(java), min(java), max(java)))
    print('ElasticVision is %.2f times as fast (median of %d pairs)' % (ratio, steps))


if __name__ == '__main__':
    main()
