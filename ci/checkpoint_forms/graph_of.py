"""Prints the SHA-256 of an ONNX file without its metadata: of the graph with all its weights, byte for byte."""
import hashlib
import sys

METADATA = 14


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


data = memoryview(open(sys.argv[1], 'rb').read())
digest = hashlib.sha256()
at = 0
while at < len(data):
    start = at
    tag, at = varint(data, at)
    if tag & 7 == 0:
        _, at = varint(data, at)
    elif tag & 7 == 2:
        length, at = varint(data, at)
        at += length
    else:
        sys.exit('not a model')
    if tag >> 3 != METADATA:
        digest.update(data[start:at])
print(digest.hexdigest())
