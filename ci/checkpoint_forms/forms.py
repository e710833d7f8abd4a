"""Writes one form of a checkpoint, or lists the forms that this Python can write.

    forms.py --list            a line for each: name, what is expected, and what 'convert' is to be given besides
    forms.py NAME FILE         writes it

Expected is 'same' (the answers of the plain state dict, bit for bit) or words of the refusal.
"""
import argparse
import collections
import copy
import dataclasses
import datetime
import decimal
import enum
import functools
import importlib.util
import os
import pathlib
import random
import shutil
import subprocess
import sys
import zipfile

import numpy
import torch

from network import Net, network, tensors

NEW = tuple(int(part) for part in torch.__version__.split('+')[0].split('.')[:2]) >= (2, 6)
FORMS = {}


def form(expected='same', arguments='', needs=()):
    def add(write):
        installed = all(importlib.util.find_spec(package) for package in ([needs] if isinstance(needs, str) else needs))
        if installed:
            FORMS[write.__name__] = (write, expected, arguments)
        return write
    return add


def beside(**values):
    return {**values, 'state_dict': tensors()}


class Colour(enum.Enum):
    RED = 1


@dataclasses.dataclass
class Settings:
    lr: float = 0.1
    names: list = dataclasses.field(default_factory=lambda: ['a'])


class Config(dict):
    pass


class Marked(torch.Tensor):
    pass


class Trainer:
    def __init__(self):
        self.me = self
        self.hook = self.step

    def step(self):
        pass


# --- the forms of torch.save ---

@form()
def plain(file):
    torch.save(tensors(), file)


@form()
def in_an_entry(file):
    torch.save(beside(epoch=3, arch='dla60x_elastic'), file)


@form()
def legacy(file):
    torch.save(tensors(), file, _use_new_zipfile_serialization=False)


for number in (1, 3, 4, 5):
    def protocol(file, number=number):
        torch.save(beside(args=argparse.Namespace(lr=0.1), path=pathlib.Path('/data')), file, pickle_protocol=number)
    protocol.__name__ = f'protocol_{number}'
    form()(protocol)

    def legacy_protocol(file, number=number):
        torch.save(beside(args=argparse.Namespace(lr=0.1)), file, pickle_protocol=number,
                   _use_new_zipfile_serialization=False)
    legacy_protocol.__name__ = f'legacy_protocol_{number}'
    form()(legacy_protocol)


# --- objects beside the weights ---

@form()
def namespace(file):
    torch.save(beside(args=argparse.Namespace(data=pathlib.Path('/data'), lr=0.1, gpus=[0, 1])), file)


@form()
def plain_objects(file):
    torch.save(beside(
        path=pathlib.Path('/data'), now=datetime.datetime.now(), zone=datetime.timezone.utc, took=datetime.timedelta(1),
        colour=Colour.RED, settings=Settings(), complex=1 + 2j, bytes=b'\x00\xff' * 10, array=bytearray(b'abc'),
        decimal=decimal.Decimal('1.5'), slice=slice(1, 2), range=range(9), type=dict, function=os.path.join,
        partial=functools.partial(int, base=2), error=ValueError('x'), deque=collections.deque([1, 2], maxlen=5),
        chain=collections.ChainMap({'a': 1}), config=Config(a=1), frozen=frozenset([(1, 2)]), keys={(1, 2): 3, Colour.RED: 4},
        named=collections.namedtuple('stat', 'a b') and os.stat('/'), simple=__import__('types').SimpleNamespace(a=1)), file)


@form()
def torch_objects(file):
    torch.save(beside(
        dtype=torch.bfloat16, layout=torch.strided, device=torch.device('cuda', 1),
        size=torch.Size([1, 2]), sparse=torch.eye(3).to_sparse(), csr=torch.eye(3).to_sparse_csr(),
        quantized=torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8), complex=torch.ones(2, dtype=torch.complex64),
        conjugate=torch.ones(2, dtype=torch.complex64).conj(), meta=torch.empty(3, device='meta'),
        storage=torch.ones(3).storage(), expanded=torch.ones(1).expand(5_000_000), function=torch.nn.functional.relu,
        generator=torch.get_rng_state(), finfo=torch.float32), file)


@form()
def random_states(file):
    torch.save(beside(python=random.getstate(), numpy=numpy.random.get_state(), torch=torch.get_rng_state(),
                      generator=numpy.random.default_rng(1).bit_generator.state), file)


@form()
def numpy_values(file):
    torch.save(beside(
        scalar=numpy.float32(1.5), array=numpy.arange(6).reshape(2, 3), objects=numpy.array([{}, None], dtype=object),
        texts=numpy.array(['a', 'bc']), empty=numpy.zeros((0, 3)), record=numpy.zeros(2, dtype=[('a', 'i4')]),
        date=numpy.datetime64('2019-06-16'), large=numpy.zeros(3_000_000)), file)


@form()
def trainer_objects(file):
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
    model(torch.ones(2)).sum().backward()
    optimizer.step()
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10)
    torch.save(beside(
        optimizer=optimizer.state_dict(), whole_optimizer=optimizer, scheduler=scheduler.state_dict(), whole_scheduler=scheduler,
        scaler=torch.cuda.amp.GradScaler(enabled=False), loss=torch.nn.CrossEntropyLoss(), trainer=Trainer(),
        model=None), file)


@form()
def long_histories(file):
    torch.save(beside(indices=list(range(1_300_000)), losses=[i / 7 for i in range(300_000)],
                      samples=[(f'/data/{i}.jpg', i % 10) for i in range(100_000)]), file)


@form()
def long_histories_legacy(file):
    torch.save(beside(indices=list(range(1_300_000))), file, _use_new_zipfile_serialization=False)


@form(needs='omegaconf')
def omegaconf(file):
    from omegaconf import OmegaConf
    torch.save(beside(cfg=OmegaConf.create({'lr': 0.1, 'model': {'name': 'x', 'sizes': [1, 2]}})), file)


# --- whole networks ---

@form()
def whole_network(file):
    torch.save(network(), file)


@form()
def whole_network_legacy(file):
    torch.save(network(), file, _use_new_zipfile_serialization=False)


@form()
def whole_network_parallel(file):
    torch.save(torch.nn.DataParallel(network()), file)


@form()
def whole_network_in_an_entry(file):
    torch.save({'state_dict': network(), 'epoch': 1}, file)


@form()
def whole_network_half(file):
    torch.save(network().half(), file)


@form()
def whole_network_with_hooks(file):
    model = network()
    model.extra = {'parent': [model]}
    model.register_buffer('temporary', torch.ones(3), persistent=False)
    torch.save(model, file)


# --- kinds of tensors ---

@form()
def parameters(file):
    torch.save(collections.OrderedDict(network().named_parameters(), **dict(network().named_buffers())), file)


@form()
def parameters_with_attributes(file):
    model = network()
    for parameter in model.parameters():
        parameter.tag = 'decay'
    torch.save(model.state_dict(keep_vars=True), file)


@form()
def tensors_of_a_class(file):
    torch.save({name: tensor.as_subclass(Marked) for name, tensor in tensors().items()}, file)


@form()
def doubles(file):
    torch.save({name: tensor.double() if tensor.is_floating_point() else tensor for name, tensor in tensors().items()}, file)


@form()
def halves(file):
    torch.save({name: tensor.half() if tensor.is_floating_point() else tensor for name, tensor in tensors().items()}, file)


@form()
def bfloats(file):
    torch.save({name: tensor.bfloat16() if tensor.is_floating_point() else tensor for name, tensor in tensors().items()}, file)


@form()
def channels_last(file):
    torch.save(network().to(memory_format=torch.channels_last).state_dict(), file)


@form()
def one_storage(file):
    state = tensors()
    flat = torch.cat([tensor.flatten() for tensor in state.values() if tensor.is_floating_point()])
    at = 0
    for name, tensor in state.items():
        if tensor.is_floating_point():
            state[name] = flat[at:at + tensor.numel()].view(tensor.shape)
            at += tensor.numel()
    torch.save(state, file)


@form()
def strided(file):
    def spread(tensor):
        return torch.stack([tensor, torch.zeros_like(tensor)], -1)[..., 0]
    torch.save({name: spread(tensor) for name, tensor in tensors().items()}, file)


# --- packed again ---

def packed_again(file, compression, prefix=''):
    plain(str(file) + '.0')
    with zipfile.ZipFile(str(file) + '.0') as old, zipfile.ZipFile(file, 'w', compression) as new:
        for entry in old.namelist():
            new.writestr(prefix + entry, old.read(entry))
    os.remove(str(file) + '.0')


@form()
def deflated(file):
    packed_again(file, zipfile.ZIP_DEFLATED)


@form()
def stored_again(file):
    packed_again(file, zipfile.ZIP_STORED)


@form()
def in_another_folder(file):
    packed_again(file, zipfile.ZIP_DEFLATED, 'my weights/')


@form('is compressed in a way that is not read (method 14)')
def packed_with_lzma(file):
    torch.save({'a': torch.ones(3)}, str(file) + '.0')
    with zipfile.ZipFile(str(file) + '.0') as old, zipfile.ZipFile(file, 'w', zipfile.ZIP_LZMA) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    os.remove(str(file) + '.0')


# --- what the newest PyTorch can do ---

if NEW:
    # PyTorch 1.13 loses the bit when it saves.
    @form()
    def negative_bit(file):
        def imaginary(w):
            return torch.view_as_complex(torch.stack([w, -w], -1)).conj().imag
        state = {name: imaginary(tensor) if tensor.is_floating_point() else tensor for name, tensor in tensors().items()}
        assert any(tensor.is_neg() for tensor in state.values())
        torch.save(state, file)

    @form()
    def without_checksums(file):
        torch.serialization.set_crc32_options(False)
        plain(file)

    @form('skip_data()')
    def without_data(file):
        with torch.serialization.skip_data():
            plain(file)

    @form()
    def aligned(file):
        from torch.utils.serialization import config
        config.save.storage_alignment = 4096
        plain(file)

    @form()
    def compiled(file):
        torch.save(torch.compile(network()).state_dict(), file)

    @form()
    def new_types_beside(file):
        torch.save(beside(eight=torch.ones(3).to(torch.float8_e4m3fn), unsigned=torch.ones(3).to(torch.uint16),
                          nested=torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]),
                          jagged=torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.jagged),
                          type=torch.float8_e5m2), file)

    def distributed():
        import torch.distributed
        if not torch.distributed.is_initialized():
            torch.distributed.init_process_group(
                'gloo', store=torch.distributed.HashStore(), rank=0, world_size=1)
        return torch.distributed.device_mesh.init_device_mesh('cpu', (1,))

    @form()
    def distributed_tensors_beside(file):
        from torch.distributed.tensor import distribute_tensor
        mesh = distributed()
        torch.save(beside(ema={'w': distribute_tensor(torch.ones(3), mesh)}), file)

    @form('.full_tensor()')
    def distributed_tensors(file):
        from torch.distributed.tensor import distribute_tensor
        mesh = distributed()
        torch.save({'state_dict': {name: distribute_tensor(tensor, mesh) for name, tensor in tensors().items()}}, file)

    @form('dcp_to_torch_save')
    def distributed_folder(file):
        import torch.distributed.checkpoint
        torch.distributed.checkpoint.save(tensors(), checkpoint_id=file)


# --- writers of other libraries ---

@form(needs='lightning')
def lightning(file):
    import lightning
    class Module(lightning.LightningModule):
        def __init__(self, lr=0.1):
            super().__init__()
            self.save_hyperparameters()
            self.model = network()
        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), 0.1)
    trainer = lightning.Trainer(max_epochs=0, logger=False, enable_checkpointing=False, accelerator='cpu')
    module = Module()
    trainer.strategy.connect(module)
    trainer.save_checkpoint(file)


@form(needs='timm')
def timm_saver(file):
    from timm.utils import CheckpointSaver, ModelEmaV2
    model = network()
    folder = str(file) + '.d'
    os.makedirs(folder)
    saver = CheckpointSaver(model, torch.optim.SGD(model.parameters(), 0.1), args=argparse.Namespace(model='dla60x', lr=0.1),
                            model_ema=ModelEmaV2(model), checkpoint_dir=folder, recovery_dir=folder)
    saver.save_checkpoint(0, metric=1.0)
    shutil.move(os.path.join(folder, 'last.pth.tar'), file)
    shutil.rmtree(folder)


@form(needs='safetensors')
def safetensors_file(file):
    from safetensors.torch import save_file
    save_file(dict(tensors()), file)


@form(needs=('accelerate', 'safetensors'))
def accelerate_safetensors(file):
    import accelerate
    folder = str(file) + '.d'
    accelerate.Accelerator(cpu=True).save_model(network(), folder)
    shutil.move(os.path.join(folder, 'model.safetensors'), file)
    shutil.rmtree(folder)


@form(needs='accelerate')
def accelerate_pickle(file):
    import accelerate
    folder = str(file) + '.d'
    accelerate.Accelerator(cpu=True).save_model(network(), folder, safe_serialization=False)
    shutil.move(os.path.join(folder, 'pytorch_model.bin'), file)
    shutil.rmtree(folder)


# --- weights that are not read, by their name ---

def with_one(make):
    state = tensors()
    name = next(name for name, tensor in state.items() if tensor.dim() > 1)
    state[name] = make(state[name])
    return {'state_dict': state}


@form('a sparse tensor')
def sparse_weight(file):
    torch.save(with_one(lambda w: w.to_sparse()), file)


@form('a quantized tensor')
def quantized_weight(file):
    torch.save(with_one(lambda w: torch.quantize_per_tensor(w, 1 / 256, 0, torch.qint8)), file)


@form("the device 'meta'")
def meta_weight(file):
    torch.save(with_one(lambda w: w.to('meta')), file)


@form('a numpy array')
def numpy_weight(file):
    torch.save(with_one(lambda w: w.numpy()), file)


@form('TorchScript')
def torchscript(file):
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), file)


@form('protocol 0')
def protocol_0(file):
    torch.save(tensors(), file, pickle_protocol=0, _use_new_zipfile_serialization=False)


@form('protocol 0')
def protocol_0_zip(file):
    torch.save(tensors(), file, pickle_protocol=0)


@form('a Python pickle, but not one that torch.save wrote')
def plain_pickle(file):
    import pickle
    with open(file, 'wb') as out:
        pickle.dump(tensors(), out)


# --- made to do harm; what they would run only makes an empty file, which must not be there afterwards ---

class Runs:
    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call[0], self.call[1:]


def sentinel():
    return os.environ['SENTINEL']


@form("refers to 'posix.system'")
def hostile_system(file):
    torch.save(beside(x=Runs(os.system, 'touch ' + sentinel())), file)


@form("eval'")
def hostile_eval(file):
    torch.save(beside(x=Runs(eval, f'open({sentinel()!r}, "w")')), file, _use_new_zipfile_serialization=False)


@form("exec'")
def hostile_deflated(file):
    torch.save(beside(x=Runs(exec, f'open({sentinel()!r}, "w")')), str(file) + '.0')
    with zipfile.ZipFile(str(file) + '.0') as old, zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry))
    os.remove(str(file) + '.0')


@form("refers to 'commands.call'")  # so protocol 2 names subprocess
def hostile_weight(file):
    state = tensors()
    state[next(iter(state))] = Runs(subprocess.call, ['touch', sentinel()])
    torch.save(state, file)


@form('larger than any network needs')
def hostile_bomb(file):
    with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as new:
        new.writestr('x/data.pkl', b'\x80\x02' + b']' * 100_000_000)


if __name__ == '__main__':
    if sys.argv[1] == '--list':
        for name, (_, expected, arguments) in FORMS.items():
            print(name, expected, arguments, sep='\t')
    else:
        # Classes are pickled under the name of their module, and this one is the main program.
        FORMS[sys.argv[1]][0](sys.argv[2])
