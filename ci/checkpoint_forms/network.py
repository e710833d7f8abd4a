"""The network whose weights the forms hold: modules without code, with the names and shapes of TensorList.java.

Every value is a multiple of 1/256 below 1, so that float64, float16 and bfloat16 hold it as exactly as float32 does.
"""
import collections
import os

import torch


class Net(torch.nn.Module):
    def forward(self, image):
        return image


def tensors():
    generator = torch.Generator().manual_seed(1)
    result = collections.OrderedDict()
    for line in open(os.environ['TENSORS']):
        name, role, *shape = line.split()
        shape = [int(size) for size in shape[0].split(',')] if shape else []
        if role == 'NUM_BATCHES_TRACKED':
            result[name] = torch.tensor(1000)
        else:
            low = 1 if name.endswith('running_var') else -255
            result[name] = torch.randint(low, 256, shape, generator=generator).float() / 256
    return result


def network():
    """The same as modules."""
    root = Net()
    for name, tensor in tensors().items():
        *path, leaf = name.split('.')
        module = root
        for part in path:
            if part not in module._modules:
                module.add_module(part, Net())
            module = module._modules[part]
        if leaf.startswith('running_') or leaf == 'num_batches_tracked':
            module.register_buffer(leaf, tensor)
        else:
            module.register_parameter(leaf, torch.nn.Parameter(tensor))
    return root
