"""Prints for which GPUs a library has code, such as "75 80 90a": from the headers of its CUDA fat binaries.

python3 fatbin.py LIBRARY [LEAST]      LEAST: leave out what fewer than so many kernels are for (default 1)

A fat binary begins with 0xBA55ED50, a version (16 bits), the length of this header (16 bits) and of what follows (64 bits). Each
entry in it begins with its kind (16 bits: 1 is PTX, 2 is code), 16 bits, the lengths of its header (32 bits) and of its contents (64
bits); at 28 stands the number of the GPU (32 bits), at 40 are flags (64 bits), of which 0x100000 is the "a": for that GPU alone.
"""
import mmap
import struct
import sys
from collections import Counter

PTX, CODE = 1, 2
FOR_ONE_GPU_ALONE = 0x100000
HEADER = 16
ENTRY = 64


def kernels(data):
    found = Counter()
    at = data.find(b"\x50\xed\x55\xba")
    while at >= 0:
        if at + HEADER <= len(data):
            _, version, header, size = struct.unpack_from("<IHHQ", data, at)
            if version == 1 and header == HEADER and at + header + size <= len(data):
                entry, end = at + header, at + header + size
                while entry + ENTRY <= end:
                    kind, _, entry_header, length = struct.unpack_from("<HHIQ", data, entry)
                    if kind not in (PTX, CODE) or entry_header < ENTRY:
                        break
                    (gpu,) = struct.unpack_from("<I", data, entry + 28)
                    (flags,) = struct.unpack_from("<Q", data, entry + 40)
                    name = f"{gpu}{'a' if flags & FOR_ONE_GPU_ALONE else ''}"
                    found[(gpu, name if kind == CODE else "ptx" + name)] += 1
                    entry += entry_header + length
        at = data.find(b"\x50\xed\x55\xba", at + 4)
    return found


def main():
    least = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with open(sys.argv[1], "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = kernels(data)
    print(" ".join(name for (_, name), count in sorted(found.items()) if count >= least))


main()
